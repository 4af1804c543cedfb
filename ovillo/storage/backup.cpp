#include "ovillo/storage/backup.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/storage/internal/workspace_impl.hpp"

namespace ovillo::storage {

namespace fs = std::filesystem;

namespace {

constexpr const char* kTablesOfTheLog[] = {"audit_entry", "audit_node"};

Locus at(const fs::path& path) {
  return Locus{.file = path.string(), .member = {}, .row = {}, .column = {}, .byte = {}};
}

/// A path or text as SQL writes it.
std::string sql_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c;
    if (c == '\'') out += c;
  }
  return out + "'";
}

/// An empty file for its owner alone, which SQLite then fills.
Result<void> make_private_file(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return Error(ErrorCode::base_cannot_write, std::generic_category().message(errno), at(path));
  ::close(fd);
  return {};
}

/// What is committed in a database now, as a file of its own.
Result<void> snapshot(const fs::path& from, const fs::path& to) {
  OVILLO_CHECK(make_private_file(to));
  OVILLO_TRY(auto database, Database::open(from, Database::Mode::read));
  return database.execute("VACUUM INTO " + sql_text(to.string()));
}

/// On disk, under its name.
Result<void> settle_as(const fs::path& unfinished, const fs::path& name) {
  const int fd = ::open(unfinished.c_str(), O_RDONLY | O_CLOEXEC);
  const bool kept = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  std::error_code failed(errno, std::generic_category());
  if (kept) fs::rename(unfinished, name, failed);
  if (failed) return Error(ErrorCode::base_cannot_write, failed.message(), at(name));
  const fs::path folder = name.has_parent_path() ? name.parent_path() : ".";
  const int parent = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (parent >= 0) {
    ::fsync(parent);
    ::close(parent);
  }
  return {};
}

Result<std::vector<std::string>> texts(Database& database, const std::string& sql) {
  std::vector<std::string> out;
  OVILLO_TRY(auto rows, database.prepare(sql));
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) return out;
    out.emplace_back(rows.bytes(0));
  }
}

Result<void> add_table(Sha256& hash, Database& database, const std::string& table) {
  OVILLO_TRY(const auto columns,
             texts(database, "SELECT name FROM pragma_table_info(" + sql_text(table) + ")"));
  const auto add = [&hash](std::string_view part) {
    hash.update(fmt::format("{} ", part.size()));
    hash.update(part);
  };
  add(table);
  for (const std::string& column : columns) add(column);
  OVILLO_TRY(auto rows, database.prepare("SELECT * FROM " + sql_text(table) + " ORDER BY rowid"));
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) return {};
    for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
      if (rows.is_null(c)) {
        hash.update("null ");
      } else {
        add(rows.bytes(c));
      }
    }
  }
}

/// SHA-256 over every table of a backup but the one that says what is in it.
Result<std::string> contents_of(Database& database) {
  OVILLO_TRY(const auto tables,
             texts(database,
                   "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'backup' "
                   "ORDER BY name"));
  Sha256 hash;
  for (const std::string& table : tables) OVILLO_CHECK(add_table(hash, database, table));
  return hash.hex();
}

Result<void> add_log(Database& backup, const fs::path& log) {
  OVILLO_CHECK(backup.execute("ATTACH " + sql_text(log.string()) + " AS log"));
  OVILLO_CHECK(backup.begin_to_write());
  for (const char* table : kTablesOfTheLog)
    OVILLO_CHECK(backup.execute(fmt::format("CREATE TABLE {0} AS SELECT * FROM log.{0}", table)));
  OVILLO_CHECK(backup.execute("CREATE TABLE backup (statement TEXT NOT NULL)"));
  OVILLO_CHECK(backup.commit());
  return backup.execute("DETACH log");
}

Result<void> fill(const fs::path& folder, const Store& store, const fs::path& unfinished,
                  const BackupStatement& statement) {
  OVILLO_CHECK(snapshot(store.file, unfinished));
  OVILLO_TRY(auto backup, Database::open(unfinished, Database::Mode::write));
  OVILLO_CHECK(backup.execute("PRAGMA journal_mode = DELETE"));
  OVILLO_CHECK(add_log(backup, folder / "audit.db"));
  OVILLO_TRY(const auto contents, contents_of(backup));
  OVILLO_TRY(const auto text, statement(contents));
  OVILLO_TRY(auto insert, backup.prepare("INSERT INTO backup (statement) VALUES (?)"));
  return insert.bind_text(text).run();
}

/// Writes zeros over a file that has lost its name.
void overwrite(int fd) {
  const off_t size = ::lseek(fd, 0, SEEK_END);
  const std::string zeros(1 << 16, '\0');
  for (off_t done = 0; done < size;) {
    const auto n =
        static_cast<std::size_t>(std::min<off_t>(size - done, static_cast<off_t>(zeros.size())));
    const ssize_t written = ::pwrite(fd, zeros.data(), n, done);
    if (written <= 0) break;
    done += written;
  }
  ::fsync(fd);
}

Result<void> copy_private(const fs::path& from, const fs::path& to) {
  OVILLO_TRY(const auto bytes, read_file(from));
  OVILLO_CHECK(make_private_file(to));
  OVILLO_CHECK(write_file(to, bytes));
  std::error_code failed;
  fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, failed);
  if (failed) return Error(ErrorCode::base_cannot_write, failed.message(), at(to));
  return {};
}

Result<std::int64_t> number(Database& database, const char* sql) {
  OVILLO_TRY(auto row, database.prepare(sql));
  OVILLO_TRY(const bool found, row.step());
  return found ? row.integer(0) : 0;
}

/// The log goes back into a file of its own, out of that of the rows.
Result<void> take_log_out(Database& tables, const fs::path& log) {
  {
    OVILLO_TRY(auto made, Database::open(log, Database::Mode::create));
    OVILLO_CHECK(migrate(made, kAuditSchema));
  }
  OVILLO_CHECK(tables.execute("ATTACH " + sql_text(log.string()) + " AS log"));
  OVILLO_CHECK(tables.begin_to_write());
  for (const char* table : kTablesOfTheLog) {
    OVILLO_CHECK(tables.execute(fmt::format("INSERT INTO log.{0} SELECT * FROM main.{0}", table)));
    OVILLO_CHECK(tables.execute(fmt::format("DROP TABLE main.{}", table)));
  }
  OVILLO_CHECK(tables.execute("DROP TABLE main.backup"));
  OVILLO_CHECK(tables.commit());
  return tables.execute("DETACH log");
}

/// Which sources were shredded between the backup and the copy of the keys.
Result<std::vector<SourceId>> without_key(Database& tables, const fs::path& keys) {
  OVILLO_CHECK(tables.execute("ATTACH " + sql_text(keys.string()) + " AS keys"));
  {
    OVILLO_TRY(const auto unknown,
               number(tables,
                      "SELECT count(*) FROM (SELECT key_id FROM block UNION SELECT key_id FROM "
                      "event UNION SELECT key_id FROM derived_value) "
                      "WHERE key_id NOT IN (SELECT id FROM keys.wrapped_key)"));
    if (unknown > 0)
      return Error(ErrorCode::storage_wrong_key,
                   fmt::format("the copy of the keys is older than the backup, or of another "
                               "workspace: {} keys are missing",
                               unknown));
  }
  std::vector<SourceId> out;
  {
    OVILLO_TRY(auto rows,
               tables.prepare("SELECT DISTINCT source FROM block WHERE source <> 0 AND key_id IN "
                              "(SELECT id FROM keys.wrapped_key WHERE length(wrapped) = 0) "
                              "ORDER BY source"));
    while (true) {
      OVILLO_TRY(const bool more, rows.step());
      if (!more) break;
      out.push_back(static_cast<SourceId>(rows.integer(0)));
    }
  }
  return out;
}

Result<UnpackedBackup> unpack(const RestoreOrder& order) {
  const fs::path unfinished = order.workspace / "ovillo.db.new";
  OVILLO_TRY(const auto lock, FolderLock::take(order.workspace));
  OVILLO_CHECK(copy_private(order.keys, order.workspace / "keys.db"));
  OVILLO_CHECK(copy_private(order.master_key, order.workspace / "master.key"));
  OVILLO_CHECK(snapshot(order.backup, unfinished));
  UnpackedBackup out;
  {
    OVILLO_TRY(auto tables, Database::open(unfinished, Database::Mode::write));
    OVILLO_TRY(out.contents, contents_of(tables));
    OVILLO_TRY(const auto statements, texts(tables, "SELECT statement FROM backup"));
    if (statements.size() != 1)
      return Error(ErrorCode::storage_not_a_workspace, "not a backup", at(order.backup));
    out.statement = statements.front();
    OVILLO_CHECK(take_log_out(tables, order.workspace / "audit.db"));
    OVILLO_TRY(out.shredded_since, without_key(tables, order.workspace / "keys.db"));
  }
  OVILLO_CHECK(settle_as(unfinished, order.workspace / "ovillo.db"));
  return out;
}

/// Whether the file has the table that only a backup has.
Result<void> check_is_backup(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored))
    return Error(ErrorCode::base_cannot_read, "no such file", at(path));
  const Error no_backup(ErrorCode::storage_not_a_workspace, "not a backup", at(path));
  auto database = Database::open(path, Database::Mode::read);
  if (!database) return no_backup;
  const auto found = number(*database,
                            "SELECT count(*) FROM sqlite_master WHERE name IN ('backup', 'block', "
                            "'audit_entry', 'audit_node')");
  if (!found || *found != 4) return no_backup;
  return {};
}

}  // namespace

Result<std::uint64_t> write_backup(const fs::path& folder, const fs::path& out,
                                   const BackupStatement& statement) {
  OVILLO_TRY(const auto store, Store::of(folder));
  if (store.server)
    return Error(ErrorCode::base_bad_argument,
                 "the tables of this workspace lie on a PostgreSQL server: back up the schema " +
                     store.server->schema +
                     " with the server's own tools (pg_dump), and with it keys.db, audit.db and "
                     "master.key of " +
                     folder.string());
  std::error_code failed;
  if (fs::exists(out, failed))
    return Error(ErrorCode::base_cannot_write, "there is a file of this name already", at(out));
  fs::path unfinished = out;
  unfinished += ".unfinished";
  fs::remove(unfinished, failed);
  auto done = fill(folder, store, unfinished, statement);
  if (done) done = settle_as(unfinished, out);
  if (!done) {
    fs::remove(unfinished, failed);
    return Error(done.error());
  }
  return static_cast<std::uint64_t>(fs::file_size(out, failed));
}

Result<void> write_key_copy(const fs::path& folder, const fs::path& out) {
  fs::path unfinished = out;
  unfinished += ".unfinished";
  std::error_code ignored;
  fs::remove(unfinished, ignored);
  const int old = ::open(out.c_str(), O_RDWR | O_CLOEXEC);
  auto done = snapshot(folder / "keys.db", unfinished);
  if (done) done = settle_as(unfinished, out);
  if (done && old >= 0) overwrite(old);
  if (old >= 0) ::close(old);
  if (!done) fs::remove(unfinished, ignored);
  return done;
}

Result<UnpackedBackup> unpack_backup(const RestoreOrder& order) {
  OVILLO_CHECK(check_is_backup(order.backup));
  std::error_code failed;
  if (fs::exists(order.workspace, failed))
    return Error(ErrorCode::storage_exists, order.workspace.string());
  fs::create_directories(order.workspace, failed);
  if (!failed) fs::permissions(order.workspace, fs::perms::owner_all, failed);
  if (failed) return Error(ErrorCode::base_cannot_write, failed.message(), at(order.workspace));
  auto unpacked = unpack(order);
  if (!unpacked) fs::remove_all(order.workspace, failed);
  return unpacked;
}

}  // namespace ovillo::storage
