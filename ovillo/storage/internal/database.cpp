#include "ovillo/storage/internal/database.hpp"

#include <utility>

namespace ovillo::storage {

Result<Database> Database::open(const std::filesystem::path& file, Mode mode) {
  OVILLO_TRY(auto connection, open_sqlite(file, mode));
  return Database(std::move(connection));
}

Result<Database> Database::open(const PostgresPlace& place, Mode mode) {
  OVILLO_TRY(auto connection, open_postgres(place, mode));
  return Database(std::move(connection));
}

Result<Statement> Database::prepare(std::string_view sql) {
  auto known = prepared_.find(sql);
  if (known == prepared_.end()) {
    std::string text(sql);
    OVILLO_TRY(auto prepared, connection_->prepare(text));
    known = prepared_.emplace(std::move(text), std::move(prepared)).first;
  }
  return Statement(known->second.get());
}

Result<void> migrate(Database& database, Migrations migrations) {
  OVILLO_CHECK(database.begin_to_write());
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
      OVILLO_CHECK(database.migrate(migrations[i]));
      OVILLO_TRY(auto note, database.prepare("INSERT INTO schema_version (version) VALUES (?)"));
      OVILLO_CHECK(note.bind(static_cast<std::int64_t>(i + 1)).run());
    }
    return database.commit();
  };
  auto done = bring();
  if (!done) (void)database.rollback();
  return done;
}

}  // namespace ovillo::storage
