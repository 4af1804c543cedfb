// SQLite behind Results: a connection, a statement, nothing else.
//
// A Database may be used by several threads, one at a time. Statements are prepared once per
// connection and found again by their text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ovillo/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace ovillo::storage {

/// A prepared statement, ready to bind from parameter 1. Reset when it goes out of scope.
class Statement {
 public:
  Statement(sqlite3* database, sqlite3_stmt* statement)
      : database_(database), statement_(statement) {}
  Statement(Statement&& other) noexcept
      : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(std::int64_t value);
  Statement& bind_text(std::string_view value);
  Statement& bind_blob(std::string_view value);
  Statement& bind_null();
  /// One step: true when there is a row. @error storage.database, disk_full, damaged_database.
  Result<bool> step();
  /// Runs a statement that gives no rows.
  Result<void> run();

  [[nodiscard]] std::int64_t integer(int column) const;
  /// Bytes of a text or blob, valid until the next step.
  [[nodiscard]] std::string_view bytes(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  sqlite3* database_;
  sqlite3_stmt* statement_;
  int next_ = 1;
};

class Database {
 public:
  enum class Mode : std::uint8_t { create, write, read };
  static Result<Database> open(const std::filesystem::path& path, Mode mode);
  Database(Database&&) noexcept = default;
  Database& operator=(Database&&) noexcept = default;

  /// Statements without parameters, one or many.
  Result<void> execute(const std::string& sql);
  Result<Statement> prepare(const char* sql);
  [[nodiscard]] std::int64_t changes() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Database(sqlite3* database) : database_(database) {}
  std::unique_ptr<sqlite3, Close> database_;
  std::unordered_map<std::string_view, std::unique_ptr<sqlite3_stmt, Finalize>> prepared_;
};

/// The schema of one database file, as the steps that lead to it; step i leads to version i + 1.
using Migrations = std::span<const char* const>;

/// Brings a database to the newest version in one transaction. @error storage.newer_schema.
Result<void> migrate(Database& database, Migrations migrations);

extern const Migrations kWorkspaceSchema;
extern const Migrations kKeySchema;
extern const Migrations kAuditSchema;

}  // namespace ovillo::storage
