#include "ovillo/storage/internal/key_store.hpp"

#include <algorithm>
#include <chrono>

#include <sys/stat.h>

#include "ovillo/base/file.hpp"
#include "ovillo/storage/internal/bytes.hpp"

namespace ovillo::storage {

namespace {

constexpr const char* kNames[] = {"id", "rows", "audit", "checkpoint"};

std::string place_of(std::int64_t id, CompartmentId compartment, std::int64_t bucket,
                     SourceId source) {
  Writer out;
  out.raw("ovillo key 1");
  out.u64(static_cast<std::uint64_t>(id));
  out.u64(compartment);
  out.u64(static_cast<std::uint64_t>(bucket));
  if (source != 0) out.u64(source);  // keys of earlier versions belong to no source
  return std::move(out).take();
}

std::string place_of(std::string_view name) { return "ovillo named key 1" + std::string(name); }

// A rollback journal, not WAL: a destroyed key must not survive in a log beside the file.
Result<Database> open_database(const std::filesystem::path& path, Database::Mode mode) {
  OVILLO_TRY(auto database, Database::open(path, mode));
  OVILLO_CHECK(database.execute(
      "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON"));
  OVILLO_CHECK(migrate(database, kKeySchema));
  return database;
}

Result<Key> unwrap(const Key& master, std::string_view place, std::string_view wrapped) {
  auto bytes = open_sealed(master, place, wrapped);
  if (!bytes) return Error(ErrorCode::storage_wrong_key);
  return Key::from_bytes(*bytes);
}

}  // namespace

std::int64_t retention_bucket(std::int64_t review_at_utc_s) {
  namespace chrono = std::chrono;
  const chrono::sys_seconds at{chrono::seconds{review_at_utc_s}};
  const chrono::year_month_day date{chrono::floor<chrono::days>(at)};
  return static_cast<std::int64_t>(static_cast<int>(date.year())) * 12 +
         static_cast<std::int64_t>(static_cast<unsigned>(date.month())) - 1;
}

Result<std::unique_ptr<KeyStore>> KeyStore::create(const std::filesystem::path& folder,
                                                   const std::optional<IdKey>& id_key) {
  const Key master = Key::random();
  // The umask keeps others out of the file from its first moment.
  const mode_t before = ::umask(0077);
  const auto written = write_file(folder / "master.key", master.view());
  ::umask(before);
  if (!written) return Error(written.error());
  OVILLO_TRY(auto database, open_database(folder / "keys.db", Database::Mode::create));
  OVILLO_CHECK(database.begin_to_write());
  for (const char* name : kNames) {
    Key key = Key::random();
    if (id_key && name == std::string_view("id")) {
      OVILLO_TRY(key, Key::from_bytes({reinterpret_cast<const char*>(id_key->bytes.data()),
                                       id_key->bytes.size()}));
    }
    const std::string wrapped = seal(master, place_of(name), key.view());
    OVILLO_TRY(auto insert,
               database.prepare("INSERT INTO named_key (name, wrapped) VALUES (?, ?)"));
    OVILLO_CHECK(insert.bind_text(name).bind_blob(wrapped).run());
  }
  OVILLO_CHECK(database.commit());
  std::unique_ptr<KeyStore> store(new KeyStore(std::move(database), master));
  OVILLO_CHECK(store->load());
  return store;
}

Result<std::unique_ptr<KeyStore>> KeyStore::open(const std::filesystem::path& folder) {
  const auto path = folder / "master.key";
  struct stat state{};
  if (::stat(path.c_str(), &state) != 0)
    return Error(ErrorCode::storage_wrong_key, "master.key is not there");
  if ((state.st_mode & 0077) != 0) return Error(ErrorCode::storage_key_exposed, path.string());
  OVILLO_TRY(const auto bytes, read_file(path));
  OVILLO_TRY(const auto master, Key::from_bytes(bytes));
  OVILLO_TRY(auto database, open_database(folder / "keys.db", Database::Mode::write));
  std::unique_ptr<KeyStore> store(new KeyStore(std::move(database), master));
  OVILLO_CHECK(store->load());
  return store;
}

Result<void> KeyStore::load() {
  OVILLO_TRY(auto names, database_.prepare("SELECT name, wrapped FROM named_key"));
  while (true) {
    OVILLO_TRY(const bool more, names.step());
    if (!more) break;
    const std::string name(names.bytes(0));
    OVILLO_TRY(const auto key, unwrap(master_, place_of(name), names.bytes(1)));
    named_.insert_or_assign(name, key);
  }
  for (const char* name : kNames)
    if (!named_.contains(name)) return Error(ErrorCode::storage_wrong_key);
  OVILLO_TRY(auto rows,
             database_.prepare(
                 "SELECT id, compartment, bucket, wrapped, source FROM wrapped_key ORDER BY id"));
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) return {};
    const std::int64_t id = rows.integer(0);
    const auto compartment = static_cast<CompartmentId>(rows.integer(1));
    if (rows.bytes(3).empty()) continue;  // destroyed; the row stays so that no number comes twice
    const auto source = static_cast<SourceId>(rows.integer(4));
    OVILLO_TRY(const auto key,
               unwrap(master_, place_of(id, compartment, rows.integer(2), source), rows.bytes(3)));
    by_id_.insert_or_assign(id, key);
    newest_[{compartment, rows.integer(2), source}] = id;
  }
}

Result<BlockKey> KeyStore::key_for(CompartmentId compartment, std::int64_t bucket,
                                   SourceId source) {
  const std::lock_guard lock(mutex_);
  const auto place = std::tuple(compartment, bucket, source);
  if (const auto at = newest_.find(place); at != newest_.end())
    return BlockKey{at->second, by_id_.at(at->second)};
  std::int64_t id = 1;
  {
    OVILLO_TRY(auto last, database_.prepare("SELECT coalesce(max(id), 0) FROM wrapped_key"));
    OVILLO_CHECK(last.step());
    id += last.integer(0);
  }
  const Key key = Key::random();
  const std::string wrapped = seal(master_, place_of(id, compartment, bucket, source), key.view());
  OVILLO_TRY(auto insert,
             database_.prepare("INSERT INTO wrapped_key (id, compartment, bucket, wrapped, source) "
                               "VALUES (?, ?, ?, ?, ?)"));
  OVILLO_CHECK(
      insert.bind(id).bind(compartment).bind(bucket).bind_blob(wrapped).bind(source).run());
  by_id_.insert_or_assign(id, key);
  newest_[place] = id;
  return BlockKey{id, key};
}

void KeyStore::retire(std::span<const std::int64_t> ids) {
  const std::lock_guard lock(mutex_);
  std::erase_if(newest_, [&](const auto& entry) {
    return std::find(ids.begin(), ids.end(), entry.second) != ids.end();
  });
}

Result<void> KeyStore::destroy(std::span<const std::int64_t> ids) {
  retire(ids);
  const std::lock_guard lock(mutex_);
  OVILLO_CHECK(database_.begin_to_write());
  const auto change = [&]() -> Result<void> {
    for (const std::int64_t id : ids) {
      OVILLO_TRY(auto update, database_.prepare("UPDATE wrapped_key SET wrapped = ? WHERE id = ?"));
      OVILLO_CHECK(update.bind_blob("").bind(id).run());
    }
    return database_.commit();
  };
  auto done = change();
  if (!done) {
    (void)database_.rollback();
    return done;
  }
  for (const std::int64_t id : ids) by_id_.erase(id);
  return {};
}

Result<Key> KeyStore::key(std::int64_t id) const {
  const std::lock_guard lock(mutex_);
  const auto at = by_id_.find(id);
  if (at == by_id_.end()) return Error(ErrorCode::storage_key_destroyed);
  return at->second;
}

Result<Key> KeyStore::named(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto at = named_.find(name);
  if (at == named_.end()) return Error(ErrorCode::storage_key_destroyed, name);
  return at->second;
}

}  // namespace ovillo::storage
