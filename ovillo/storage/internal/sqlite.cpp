#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "ovillo/storage/internal/database.hpp"

namespace ovillo::storage {

namespace {

/// SQLite's own words name tables and columns, never values.
Error failed(sqlite3* database, int code) {
  const std::string why = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_FULL:
      return Error(ErrorCode::storage_disk_full, why);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Error(ErrorCode::storage_damaged_database, why);
    default:
      return Error(ErrorCode::storage_database, why);
  }
}

class SqliteStatement : public PreparedStatement {
 public:
  SqliteStatement(sqlite3* database, sqlite3_stmt* statement)
      : database_(database), statement_(statement) {}
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement() override { sqlite3_finalize(statement_); }

  void bind(int at, std::int64_t value) override { sqlite3_bind_int64(statement_, at, value); }
  void bind_text(int at, std::string_view value) override {
    sqlite3_bind_text64(statement_, at, data_of(value), value.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
  }
  void bind_blob(int at, std::string_view value) override {
    sqlite3_bind_blob64(statement_, at, data_of(value), value.size(), SQLITE_STATIC);
  }
  void bind_null(int at) override { sqlite3_bind_null(statement_, at); }

  Result<bool> step() override {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return failed(database_, code);
  }
  [[nodiscard]] std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] std::string_view bytes(int column) const override {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  [[nodiscard]] bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  void reset() override {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

 private:
  static const char* data_of(std::string_view value) {
    return value.data() != nullptr ? value.data() : "";
  }
  sqlite3* database_;
  sqlite3_stmt* statement_;
};

class SqliteConnection : public Connection {
 public:
  explicit SqliteConnection(sqlite3* database) : database_(database) {}
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  ~SqliteConnection() override { sqlite3_close_v2(database_); }

  Result<void> execute(const std::string& sql) override {
    const int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failed(database_, code);
    return {};
  }
  Result<std::unique_ptr<PreparedStatement>> prepare(const std::string& sql) override {
    sqlite3_stmt* raw = nullptr;
    const int code =
        sqlite3_prepare_v3(database_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) return failed(database_, code);
    return std::unique_ptr<PreparedStatement>(std::make_unique<SqliteStatement>(database_, raw));
  }
  [[nodiscard]] std::int64_t changes() const override { return sqlite3_changes64(database_); }
  Result<void> begin_to_write() override { return execute("BEGIN IMMEDIATE"); }
  /// A file has no second fence: its keys are the first.
  Result<void> begin_to_read(std::optional<std::span<const CompartmentId>>) override {
    return execute("BEGIN");
  }
  /// With secure_delete pages are overwritten; the log of writes still holds them.
  Result<void> forget_what_was_deleted() override {
    return execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  Result<void> cut_log_back() override {
    return execute(
        "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 5000");
  }
  Result<void> migrate(const char* step) override { return execute(step); }

 private:
  sqlite3* database_;
};

// A new file is nobody else's from its first moment; SQLite gives its journal the same mode. One
// that is there already is left alone: closing it here would drop the locks held on it.
void make_for_its_owner_alone(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
}

}  // namespace

Result<std::unique_ptr<Connection>> open_sqlite(const std::filesystem::path& file,
                                                Database::Mode mode) {
  using Mode = Database::Mode;
  int flags = SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
  if (mode == Mode::create) make_for_its_owner_alone(file);
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
  auto connection = std::make_unique<SqliteConnection>(raw);
  if (code != SQLITE_OK) return failed(raw, code);
  sqlite3_busy_timeout(raw, 5000);
  return std::unique_ptr<Connection>(std::move(connection));
}

}  // namespace ovillo::storage
