// A database behind Results: a connection, a statement, nothing else. Two engines: a SQLite file
// and a schema of a PostgreSQL server; what is written for one runs on the other.
//
// SQL is what both share: `?` for parameters, BLOB for bytes (bytea there), text ordered by its
// bytes, ON CONFLICT. A Database may be used by several threads, one at a time. Statements are
// prepared once per connection and found again by their text; of one connection, one that gives
// rows is stepped to its end or left before the next begins.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ovillo/base/result.hpp"
#include "ovillo/record/ids.hpp"

namespace ovillo::storage {

/// What an engine does for a Statement.
class PreparedStatement {
 public:
  PreparedStatement() = default;
  PreparedStatement(const PreparedStatement&) = delete;
  PreparedStatement& operator=(const PreparedStatement&) = delete;
  virtual ~PreparedStatement() = default;

  /// @param at  from 1. Bytes are read until the next step only; text is copied.
  virtual void bind(int at, std::int64_t value) = 0;
  virtual void bind_text(int at, std::string_view value) = 0;
  virtual void bind_blob(int at, std::string_view value) = 0;
  virtual void bind_null(int at) = 0;
  virtual Result<bool> step() = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual std::string_view bytes(int column) const = 0;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
  /// Ready to bind anew.
  virtual void reset() = 0;
};

/// What an engine does for a Database.
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  virtual Result<void> execute(const std::string& sql) = 0;
  virtual Result<std::unique_ptr<PreparedStatement>> prepare(const std::string& sql) = 0;
  [[nodiscard]] virtual std::int64_t changes() const = 0;
  virtual Result<void> begin_to_write() = 0;
  virtual Result<void> begin_to_read(std::optional<std::span<const CompartmentId>> only) = 0;
  virtual Result<void> forget_what_was_deleted() = 0;
  virtual Result<void> cut_log_back() = 0;
  /// A step of a schema, in this engine's words.
  virtual Result<void> migrate(const char* step) = 0;
};

/// A prepared statement, ready to bind from parameter 1. Reset when it goes out of scope.
class Statement {
 public:
  explicit Statement(PreparedStatement* statement) : statement_(statement) {}
  Statement(Statement&& other) noexcept
      : statement_(std::exchange(other.statement_, nullptr)), next_(other.next_) {}
  Statement& operator=(Statement&&) = delete;
  ~Statement() {
    if (statement_ != nullptr) statement_->reset();
  }

  Statement& bind(std::int64_t value) {
    statement_->bind(next_++, value);
    return *this;
  }
  Statement& bind_text(std::string_view value) {
    statement_->bind_text(next_++, value);
    return *this;
  }
  /// @param value  outlives the step, so that blocks are not copied once more.
  Statement& bind_blob(std::string_view value) {
    statement_->bind_blob(next_++, value);
    return *this;
  }
  Statement& bind_null() {
    statement_->bind_null(next_++);
    return *this;
  }
  /// One step: true when there is a row. @error storage.database, disk_full, damaged_database.
  Result<bool> step() { return statement_->step(); }
  /// Runs a statement that gives no rows.
  Result<void> run() {
    OVILLO_CHECK(step());
    return {};
  }

  [[nodiscard]] std::int64_t integer(int column) const { return statement_->integer(column); }
  /// Bytes of a text or blob, valid until the next step.
  [[nodiscard]] std::string_view bytes(int column) const { return statement_->bytes(column); }
  [[nodiscard]] bool is_null(int column) const { return statement_->is_null(column); }

 private:
  PreparedStatement* statement_;
  int next_ = 1;
};

/// Where a workspace's tables lie on a PostgreSQL server.
struct PostgresPlace {
  std::string url;     ///< as libpq takes it: "postgresql://127.0.0.1:5432/ovillo"
  std::string schema;  ///< "ovillo_" and hex digits

  bool operator==(const PostgresPlace&) const = default;
};

class Database {
 public:
  enum class Mode : std::uint8_t { create, write, read };
  static Result<Database> open(const std::filesystem::path& file, Mode mode);
  /// `create` makes the schema; `write` takes it for this process alone, as long as it is open.
  /// @error storage.locked; storage.database, with the server's words.
  static Result<Database> open(const PostgresPlace& place, Mode mode);

  /// Statements without parameters, one or many.
  Result<void> execute(const std::string& sql) { return connection_->execute(sql); }
  Result<Statement> prepare(std::string_view sql);
  /// Rows that the last statement changed.
  [[nodiscard]] std::int64_t changes() const { return connection_->changes(); }

  Result<void> begin_to_write() { return connection_->begin_to_write(); }
  /// One consistent look at what is committed, until rollback(). @param only  a second fence where
  /// the engine has one: rows of other compartments are not there. Empty: all are.
  Result<void> begin_to_read(std::optional<std::span<const CompartmentId>> only = std::nullopt) {
    return connection_->begin_to_read(only);
  }
  Result<void> commit() { return execute("COMMIT"); }
  Result<void> rollback() { return execute("ROLLBACK"); }
  /// What was deleted is overwritten, as far as the engine can.
  Result<void> forget_what_was_deleted() { return connection_->forget_what_was_deleted(); }
  /// Gives room back after a large transaction; never waits for anybody.
  Result<void> cut_log_back() { return connection_->cut_log_back(); }
  Result<void> migrate(const char* step) { return connection_->migrate(step); }

 private:
  explicit Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unique_ptr<Connection> connection_;
  std::unordered_map<std::string, std::unique_ptr<PreparedStatement>, Hash, std::equal_to<>>
      prepared_;
};

Result<std::unique_ptr<Connection>> open_sqlite(const std::filesystem::path& file,
                                                Database::Mode mode);
Result<std::unique_ptr<Connection>> open_postgres(const PostgresPlace& place, Database::Mode mode);

/// The schema of one database, as the steps that lead to it; step i leads to version i + 1.
using Migrations = std::span<const char* const>;

/// Brings a database to the newest version in one transaction. @error storage.newer_schema.
Result<void> migrate(Database& database, Migrations migrations);

extern const Migrations kWorkspaceSchema;
extern const Migrations kKeySchema;
extern const Migrations kAuditSchema;

}  // namespace ovillo::storage
