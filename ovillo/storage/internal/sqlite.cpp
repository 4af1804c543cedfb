#include "ovillo/storage/internal/sqlite.hpp"

#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

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

}  // namespace

Statement::~Statement() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Statement& Statement::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_, next_++, value);
  return *this;
}

Statement& Statement::bind_text(std::string_view value) {
  const char* data = value.data() != nullptr ? value.data() : "";
  sqlite3_bind_text64(statement_, next_++, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_blob(std::string_view value) {
  // The caller's bytes outlive the step, so that blocks are not copied once more.
  const char* data = value.data() != nullptr ? value.data() : "";
  sqlite3_bind_blob64(statement_, next_++, data, value.size(), SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind_null() {
  sqlite3_bind_null(statement_, next_++);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return failed(database_, code);
}

Result<void> Statement::run() {
  OVILLO_CHECK(step());
  return {};
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Statement::bytes(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

namespace {

// A new file is nobody else's from its first moment; SQLite gives its journal the same mode. One
// that is there already is left alone: closing it here would drop the locks held on it.
void make_for_its_owner_alone(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
}

}  // namespace

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }
void Database::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<Database> Database::open(const std::filesystem::path& path, Mode mode) {
  int flags = SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
  if (mode == Mode::create) make_for_its_owner_alone(path);
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  Database database(raw);
  if (code != SQLITE_OK) return failed(raw, code);
  sqlite3_busy_timeout(raw, 5000);
  return database;
}

Result<void> Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failed(database_.get(), code);
  return {};
}

Result<Statement> Database::prepare(const char* sql) {
  auto& prepared = prepared_[sql];
  if (!prepared) {
    sqlite3_stmt* raw = nullptr;
    const int code =
        sqlite3_prepare_v3(database_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) return failed(database_.get(), code);
    prepared.reset(raw);
  }
  return Statement(database_.get(), prepared.get());
}

std::int64_t Database::changes() const { return sqlite3_changes64(database_.get()); }

Result<void> migrate(Database& database, Migrations migrations) {
  OVILLO_CHECK(database.execute("BEGIN IMMEDIATE"));
  const auto bring = [&]() -> Result<void> {
    OVILLO_CHECK(
        database.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)"));
    std::int64_t version = 0;
    {
      OVILLO_TRY(auto read, database.prepare("SELECT max(version) FROM schema_version"));
      OVILLO_CHECK(read.step());
      version = read.integer(0);
    }
    if (version > static_cast<std::int64_t>(migrations.size()))
      return Error(ErrorCode::storage_newer_schema);
    for (auto i = static_cast<std::size_t>(version); i < migrations.size(); ++i) {
      OVILLO_CHECK(database.execute(migrations[i]));
      OVILLO_TRY(auto note, database.prepare("INSERT INTO schema_version (version) VALUES (?)"));
      OVILLO_CHECK(note.bind(static_cast<std::int64_t>(i + 1)).run());
    }
    return database.execute("COMMIT");
  };
  auto done = bring();
  if (!done) (void)database.execute("ROLLBACK");
  return done;
}

}  // namespace ovillo::storage
