#include "ovillo/storage/workspace.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sodium.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/storage/internal/bytes.hpp"
#include "ovillo/storage/internal/workspace_impl.hpp"

namespace ovillo::storage {

namespace fs = std::filesystem;

namespace {

constexpr const char* kDatabaseFile = "ovillo.db";
constexpr const char* kUnfinishedFile = "ovillo.db.new";
constexpr const char* kStoreFile = "store";  // names the server's schema, where there is one

// Pages of 16 KiB: a block spans a few pages instead of dozens. The log is cut back after a large
// import instead of keeping its size for ever.
constexpr const char* kWriterPragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
    "PRAGMA cache_size = -32768; PRAGMA journal_size_limit = 67108864";

Error damaged_row(std::string_view table) {
  return Error(ErrorCode::storage_damaged_block, fmt::format("a row of {}", table));
}

std::int64_t flag(bool value) { return value ? 1 : 0; }

bool usable_name(std::string_view name) {
  return !name.empty() && std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

/// A number that says nothing about how many there are: 31 bits of a keyed hash, never 0.
template <class... Parts>
std::uint32_t hashed_number(const IdKey& key, std::string_view what, const Parts&... parts) {
  KeyedHasher hasher(key);
  hasher.add(what);
  (hasher.add(parts), ...);
  const auto number = static_cast<std::uint32_t>(hasher.finish<struct NumberTag>().lo & 0x7fffffff);
  return number <= Workspace::kMainCompartment ? number + 2 : number;
}

void put_optional(Writer& out, const std::optional<std::int64_t>& value) {
  out.u8(value ? 1 : 0);
  out.signed_varint(value.value_or(0));
}

std::optional<std::int64_t> take_optional(Reader& in) {
  const bool there = in.u8() == 1;
  const std::int64_t value = in.signed_varint();
  return there ? std::optional(value) : std::nullopt;
}

std::string encode_row(const Authorisation& row) {
  Writer out;
  out.u8(1);
  for (const auto* text : {&row.kind, &row.authority, &row.reference, &row.document_sha256})
    out.text(*text);
  out.signed_varint(row.valid_from_utc_s);
  put_optional(out, row.valid_to_utc_s);
  put_optional(out, row.scope_from_utc_s);
  put_optional(out, row.scope_to_utc_s);
  out.varint(row.scope.size());
  for (const RecordKind kind : row.scope) out.u8(static_cast<std::uint8_t>(kind));
  return std::move(out).take();
}

Result<Authorisation> decode_authorisation(std::string_view bytes) {
  Reader in(bytes);
  if (in.u8() != 1) return damaged_row("authorisation");
  Authorisation row;
  for (auto* text : {&row.kind, &row.authority, &row.reference, &row.document_sha256})
    *text = in.text();
  row.valid_from_utc_s = in.signed_varint();
  row.valid_to_utc_s = take_optional(in);
  row.scope_from_utc_s = take_optional(in);
  row.scope_to_utc_s = take_optional(in);
  row.scope.resize(in.count());
  for (RecordKind& kind : row.scope) kind = in.enumerator<RecordKind>(names(RecordKind{}).size());
  if (!in.at_end()) return damaged_row("authorisation");
  return row;
}

std::string encode_row(const Source& row) {
  Writer out;
  out.u8(1);
  for (const auto* text : {&row.name, &row.purpose, &row.zone, &row.region, &row.procedure})
    out.text(*text);
  out.u8(static_cast<std::uint8_t>(row.grade.source));
  out.u8(static_cast<std::uint8_t>(row.grade.information));
  out.varint(row.authorisation);
  out.varint(row.compartment);
  out.u8(row.handling);
  out.signed_varint(row.review_at_utc_s);
  out.u8(row.privileged ? 1 : 0);
  return std::move(out).take();
}

Result<Source> decode_source(std::string_view bytes) {
  Reader in(bytes);
  if (in.u8() != 1) return damaged_row("source");
  Source row;
  for (auto* text : {&row.name, &row.purpose, &row.zone, &row.region, &row.procedure})
    *text = in.text();
  row.grade.source = static_cast<char>(in.u8());
  row.grade.information = static_cast<char>(in.u8());
  row.authorisation = in.number<AuthorisationId>();
  row.compartment = in.number<CompartmentId>();
  row.handling = in.u8();
  row.review_at_utc_s = in.signed_varint();
  row.privileged = in.u8() == 1;
  if (!in.at_end()) return damaged_row("source");
  return row;
}

Result<ImportRow> decode_import(std::string_view bytes) {
  Reader in(bytes);
  if (in.u8() != 1) return damaged_row("import");
  ImportRow row;
  for (auto* text : {&row.handover, &row.file_name, &row.file_sha256}) *text = in.text();
  for (auto* number : {&row.group, &row.file_bytes, &row.rows, &row.records, &row.repeats,
                       &row.rejects, &row.quarantined})
    *number = in.varint();
  row.source = in.number<SourceId>();
  row.compartment = in.number<CompartmentId>();
  row.at_utc_s = in.signed_varint();
  // Rows written before anything was held end here, as those of files with nothing held do.
  if (!in.at_end()) row.held = in.varint();
  if (!in.at_end()) return damaged_row("import");
  return row;
}

/// Associated data of an event: all that its row says.
std::string sealed_place(const EventRow& event, std::int64_t bucket) {
  return fmt::format("event {} {} {} {}", event.position, event.compartment, bucket,
                     event.at_utc_s);
}

std::string event_bytes(const EventRow& event) {
  Writer out;
  out.u8(1);
  out.signed_varint(event.review_at_utc_s);
  out.text(event.bytes);
  return std::move(out).take();
}

bool take_event_bytes(std::string_view bytes, EventRow& event) {
  Reader in(bytes);
  if (in.u8() != 1) return false;
  event.review_at_utc_s = in.signed_varint();
  event.bytes = in.text();
  return in.at_end();
}

/// Which blocks a view admits.
class Admission {
 public:
  static Result<Admission> of(const Workspace& workspace, const View& view) {
    Admission out(view);
    OVILLO_TRY(const auto sources, workspace.sources());
    for (const Source& source : sources)
      if (view.admits(source)) out.sources_[source.id] = source.compartment;
    if (view.imported_before_utc_s) {
      OVILLO_TRY(const auto imports, workspace.imports());
      for (const ImportRow& row : imports) out.imported_[row.group] = row.at_utc_s;
    }
    return out;
  }

  [[nodiscard]] bool admits(const BlockPlace& place) const {
    if (place.kind == BlockKind::quarantine) return false;
    if (place.source == 0) {
      if (!std::binary_search(view_->compartments.begin(), view_->compartments.end(),
                              place.compartment))
        return false;
    } else {
      const auto source = sources_.find(place.source);
      if (source == sources_.end() || source->second != place.compartment) return false;
    }
    if (!view_->imported_before_utc_s) return true;
    // What came with no import of its own was made from everything, so it is not "as of then".
    const auto at = imported_.find(place.group);
    return at != imported_.end() && at->second < *view_->imported_before_utc_s;
  }

 private:
  explicit Admission(const View& view) : view_(&view) {}
  const View* view_;
  std::map<SourceId, CompartmentId> sources_;
  std::map<std::uint64_t, std::int64_t> imported_;
};

constexpr const char* kBlockColumns =
    "SELECT kind, grp, part, compartment, source, bucket, n_rows, version, key_id FROM block "
    "WHERE kind = ? ORDER BY grp, part";

StoredBlock block_of(const Statement& row) {
  StoredBlock block;
  block.place.kind = static_cast<BlockKind>(row.integer(0));
  block.place.group = static_cast<std::uint64_t>(row.integer(1));
  block.place.part = static_cast<std::uint32_t>(row.integer(2));
  block.place.compartment = static_cast<CompartmentId>(row.integer(3));
  block.place.source = static_cast<SourceId>(row.integer(4));
  block.bucket = row.integer(5);
  block.place.n_rows = static_cast<std::uint32_t>(row.integer(6));
  block.place.version = static_cast<std::uint32_t>(row.integer(7));
  block.key_id = row.integer(8);
  return block;
}

Result<std::vector<StoredBlock>> admitted_blocks(Database& database, BlockKind kind,
                                                 const Admission& admission) {
  std::vector<StoredBlock> blocks;
  OVILLO_TRY(auto rows, database.prepare(kBlockColumns));
  rows.bind(static_cast<std::int64_t>(kind));
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) return blocks;
    const StoredBlock block = block_of(rows);
    if (admission.admits(block.place)) blocks.push_back(block);
  }
}

/// The sealed bytes of a block. A page that SQLite cannot follow is a damaged block as well.
Result<std::string> payload_of(Database& database, const BlockPlace& place) {
  OVILLO_TRY(auto read,
             database.prepare("SELECT payload FROM block WHERE kind = ? AND grp = ? AND part = ?"));
  read.bind(static_cast<std::int64_t>(place.kind))
      .bind(static_cast<std::int64_t>(place.group))
      .bind(place.part);
  const auto found = read.step();
  if (!found) {
    if (found.error().code() != ErrorCode::storage_damaged_database) return Error(found.error());
    return Error(ErrorCode::storage_damaged_block, describe(place));
  }
  if (!*found) return Error(ErrorCode::storage_no_such_block, describe(place));
  return std::string(read.bytes(0));
}

Result<std::string> open_block(const KeyStore& keys, const StoredBlock& block,
                               std::string_view payload) {
  auto key = keys.key(block.key_id);
  if (!key) return Error(key.error().code(), describe(block.place));
  auto bytes = open_sealed(*key, sealed_place(block), payload);
  if (!bytes) return Error(bytes.error().code(), describe(block.place));
  return bytes;
}

Digest digest_of(std::string_view bytes) {
  Digest digest{};
  std::memcpy(digest.data(), bytes.data(), std::min(bytes.size(), digest.size()));
  return digest;
}

/// What create() left when it was stopped half-way: our own files (and SQLite's journals beside
/// them), and no database yet.
bool is_unfinished(const fs::path& folder) {
  static constexpr std::string_view kOurs[] = {"lock", "master.key", "keys.db", "audit.db",
                                               kUnfinishedFile};
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    const std::string name = entry.path().filename().string();
    if (std::none_of(std::begin(kOurs), std::end(kOurs),
                     [&](std::string_view ours) { return name.starts_with(ours); }))
      return false;
  }
  return !failed;
}

Error cannot_write(const fs::path& path, const std::error_code& why) {
  return Error(ErrorCode::base_cannot_write, why.message(),
               Locus{.file = path.string(), .member = {}, .row = {}, .column = {}, .byte = {}});
}

Result<void> make_tables(Database& database) {
  OVILLO_CHECK(migrate(database, kWorkspaceSchema));
  return database.execute(fmt::format("INSERT INTO compartment (id, name) VALUES ({}, 'main')",
                                      Workspace::kMainCompartment));
}

Result<void> make_database(const fs::path& folder) {
  const fs::path path = folder / kUnfinishedFile;
  {
    OVILLO_TRY(auto database, Database::open(path, Database::Mode::create));
    OVILLO_CHECK(database.execute("PRAGMA page_size = 16384; PRAGMA synchronous = EXTRA"));
    OVILLO_CHECK(make_tables(database));
  }
  std::error_code failed;
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, failed);
  if (failed) return cannot_write(path, failed);
  // The database appears whole or not at all: its name is what makes a folder a workspace.
  fs::rename(path, folder / kDatabaseFile, failed);
  if (failed) return cannot_write(path, failed);
  return {};
}

/// A schema of a new name. Stopped before the file that names it, it stays behind on the server,
/// empty.
Result<void> make_schema(const fs::path& folder, const std::string& url) {
  std::array<unsigned char, 8> random;
  randombytes_buf(random.data(), random.size());
  const PostgresPlace place{url, fmt::format("ovillo_{:02x}", fmt::join(random, ""))};
  {
    OVILLO_TRY(auto database, Database::open(place, Database::Mode::create));
    OVILLO_CHECK(make_tables(database));
  }
  const fs::path path = folder / kStoreFile;
  OVILLO_CHECK(write_file(path, place.schema + "\n" + place.url + "\n"));
  std::error_code failed;
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, failed);
  if (failed) return cannot_write(path, failed);
  return {};
}

constexpr std::string_view kBlockKindNames[] = {"original", "record",     "find", "sketch",
                                                "derived",  "quarantine", "photo"};

}  // namespace

std::string sealed_place(const StoredBlock& block) {
  Writer out;
  out.raw("ovillo block 1");
  out.u8(static_cast<std::uint8_t>(block.place.kind));
  for (const std::uint64_t number :
       {std::uint64_t{block.place.compartment}, std::uint64_t{block.place.source},
        block.place.group, std::uint64_t{block.place.part}, std::uint64_t{block.place.n_rows},
        std::uint64_t{block.place.version}, static_cast<std::uint64_t>(block.bucket),
        static_cast<std::uint64_t>(block.key_id)})
    out.u64(number);
  return std::move(out).take();
}

std::string sealed_place(std::string_view table, std::uint64_t a, std::uint64_t b) {
  Writer out;
  out.raw("ovillo row 1");
  out.text(table);
  out.u64(a);
  out.u64(b);
  return std::move(out).take();
}

std::string describe(const BlockPlace& place) {
  return fmt::format("{} block, import {}, part {}",
                     kBlockKindNames[static_cast<std::size_t>(place.kind)], place.group,
                     place.part);
}

std::string encode_row(const ImportRow& row) {
  Writer out;
  out.u8(1);
  for (const auto* text : {&row.handover, &row.file_name, &row.file_sha256}) out.text(*text);
  for (const std::uint64_t number : {row.group, row.file_bytes, row.rows, row.records, row.repeats,
                                     row.rejects, row.quarantined})
    out.varint(number);
  out.varint(row.source);
  out.varint(row.compartment);
  out.signed_varint(row.at_utc_s);
  if (row.held > 0) out.varint(row.held);
  return std::move(out).take();
}

Result<Store> Store::of(const fs::path& folder) {
  std::error_code ignored;
  if (fs::is_regular_file(folder / kDatabaseFile, ignored))
    return Store{folder / kDatabaseFile, std::nullopt};
  const auto named = read_file(folder / kStoreFile);
  if (!named) return Error(ErrorCode::storage_not_a_workspace, folder.string());
  const std::size_t first = named->find('\n');
  const std::size_t second = first == std::string::npos ? first : named->find('\n', first + 1);
  if (second == std::string::npos) return Error(ErrorCode::storage_damaged_database, kStoreFile);
  return Store{
      {}, PostgresPlace{named->substr(first + 1, second - first - 1), named->substr(0, first)}};
}

Result<Database> Store::open(Database::Mode mode) const {
  return server ? Database::open(*server, mode) : Database::open(file, mode);
}

Result<ReadSession> ReadSession::begin(const Store& store, std::mutex& mutex,
                                       std::vector<Database>& pool,
                                       std::optional<std::span<const CompartmentId>> only) {
  std::optional<Database> database;
  {
    const std::lock_guard lock(mutex);
    if (!pool.empty()) {
      database.emplace(std::move(pool.back()));
      pool.pop_back();
    }
  }
  // A connection of the pool may have gone with its server since: then one is opened anew.
  if (database && !database->begin_to_read(only)) database.reset();
  if (!database) {
    OVILLO_TRY(auto opened, store.open(Database::Mode::read));
    database.emplace(std::move(opened));
    OVILLO_CHECK(database->begin_to_read(only));
  }
  return ReadSession(std::move(*database), mutex, pool);
}

ReadSession::~ReadSession() {
  if (!database_) return;
  if (!database_->rollback()) return;
  const std::lock_guard lock(*mutex_);
  pool_->push_back(std::move(*database_));
}

// Macros, because both the session and the early return belong to the caller.
#define OVILLO_READ(session) \
  OVILLO_TRY(auto session, ReadSession::begin(impl_->store, impl_->readers_mutex, impl_->readers))
#define OVILLO_READ_FOR(session, view)                                                            \
  OVILLO_TRY(auto session, ReadSession::begin(impl_->store, impl_->readers_mutex, impl_->readers, \
                                              std::span((view).compartments)))

Workspace::Workspace(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

Result<Workspace> Workspace::create(const fs::path& folder, const std::optional<IdKey>& id_key,
                                    const std::string& store) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return cannot_write(folder, failed);
  if (!is_unfinished(folder)) return Error(ErrorCode::storage_exists, folder.string());
  fs::permissions(folder, fs::perms::owner_all, failed);
  if (failed) return cannot_write(folder, failed);
  {
    OVILLO_TRY(const auto lock, FolderLock::take(folder));
    // Asked again under the lock: somebody else may have finished in between.
    if (!is_unfinished(folder)) return Error(ErrorCode::storage_exists, folder.string());
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().filename() != "lock") fs::remove(entry.path());
    OVILLO_TRY(const auto keys, KeyStore::create(folder, id_key));
    OVILLO_TRY(const auto audit, AuditStore::open(folder, *keys));
    OVILLO_CHECK(store.empty() ? make_database(folder) : make_schema(folder, store));
  }
  return open(folder);
}

Result<Workspace> Workspace::open(const fs::path& folder) {
  OVILLO_TRY(auto store, Store::of(folder));
  OVILLO_TRY(auto lock, FolderLock::take(folder));
  OVILLO_TRY(auto keys, KeyStore::open(folder));
  OVILLO_TRY(auto writer, store.open(Database::Mode::write));
  if (!store.server) OVILLO_CHECK(writer.execute(kWriterPragmas));
  OVILLO_CHECK(migrate(writer, kWorkspaceSchema));
  OVILLO_TRY(const auto rows_key, keys->named("rows"));
  OVILLO_TRY(const auto id_key, keys->named("id"));
  auto impl = std::make_unique<Impl>(std::move(lock), folder, std::move(store), std::move(keys),
                                     std::move(writer), rows_key);
  std::memcpy(impl->id_key.bytes.data(), id_key.data(), impl->id_key.bytes.size());
  OVILLO_TRY(impl->audit, AuditStore::open(folder, *impl->keys));
  Workspace workspace(std::move(impl));
  OVILLO_CHECK(workspace.destroy_listed_keys());
  return workspace;
}

const IdKey& Workspace::id_key() const { return impl_->id_key; }
const fs::path& Workspace::folder() const { return impl_->folder; }
AuditStore& Workspace::audit() const { return *impl_->audit; }
std::uint64_t Workspace::n_row_changes() const { return impl_->n_row_changes; }

Result<CompartmentId> Workspace::add_compartment(std::string_view name) {
  if (impl_->transaction_open) return Error(ErrorCode::storage_busy);
  if (!usable_name(name)) return Error(ErrorCode::storage_bad_name);
  OVILLO_TRY(const auto existing, compartments());
  const CompartmentId id = hashed_number(impl_->id_key, "compartment", name);
  for (const Compartment& one : existing)
    if (one.name == name || one.id == id)
      return Error(ErrorCode::storage_name_taken, std::string(name));
  OVILLO_TRY(auto insert,
             impl_->writer.prepare("INSERT INTO compartment (id, name) VALUES (?, ?)"));
  OVILLO_CHECK(insert.bind(id).bind_text(name).run());
  ++impl_->n_row_changes;
  return id;
}

Result<std::vector<Compartment>> Workspace::compartments() const {
  OVILLO_READ(session);
  OVILLO_TRY(auto rows, session->prepare("SELECT id, name FROM compartment ORDER BY name"));
  std::vector<Compartment> out;
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) return out;
    out.push_back({static_cast<CompartmentId>(rows.integer(0)), std::string(rows.bytes(1))});
  }
}

Result<void> Workspace::put_user(const User& user) {
  if (impl_->transaction_open) return Error(ErrorCode::storage_busy);
  if (!usable_name(user.name)) return Error(ErrorCode::storage_bad_name);
  OVILLO_TRY(const auto known, compartments());
  for (const Grant& grant : user.grants)
    if (std::none_of(known.begin(), known.end(),
                     [&](const auto& c) { return c.id == grant.compartment; }))
      return Error(ErrorCode::storage_unknown_compartment);
  const std::string sealed =
      seal(impl_->rows_key, sealed_place("users " + user.name, 0), user.account);
  ++impl_->n_row_changes;
  return impl_->in_one_go([&](Database& writer) -> Result<void> {
    OVILLO_TRY(auto upsert,
               writer.prepare("INSERT INTO users (name, is_owner, sealed) VALUES (?, ?, ?) "
                              "ON CONFLICT (name) DO UPDATE SET is_owner = excluded.is_owner, "
                              "sealed = excluded.sealed"));
    OVILLO_CHECK(upsert.bind_text(user.name).bind(flag(user.owner)).bind_blob(sealed).run());
    OVILLO_TRY(auto clear, writer.prepare("DELETE FROM grants WHERE user_name = ?"));
    OVILLO_CHECK(clear.bind_text(user.name).run());
    for (const Grant& grant : user.grants) {
      OVILLO_TRY(auto insert,
                 writer.prepare("INSERT INTO grants (user_name, compartment, until_utc_s) "
                                "VALUES (?, ?, ?) ON CONFLICT DO NOTHING"));
      insert.bind_text(user.name).bind(grant.compartment);
      if (grant.until_utc_s)
        insert.bind(*grant.until_utc_s);
      else
        insert.bind_null();
      OVILLO_CHECK(insert.run());
    }
    return {};
  });
}

Result<std::vector<User>> Workspace::users() const {
  OVILLO_READ(session);
  std::vector<User> out;
  OVILLO_TRY(auto rows, session->prepare("SELECT name, is_owner, sealed FROM users ORDER BY name"));
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) break;
    User& user =
        out.emplace_back(User{std::string(rows.bytes(0)), {}, rows.integer(1) != 0, std::string()});
    if (rows.is_null(2)) continue;  // of a time before accounts
    auto account =
        open_sealed(impl_->rows_key, sealed_place("users " + user.name, 0), rows.bytes(2));
    if (!account) return damaged_row("users");
    user.account = std::move(*account);
  }
  for (User& user : out) {
    OVILLO_TRY(auto grants,
               session->prepare("SELECT compartment, until_utc_s FROM grants WHERE user_name = ? "
                                "ORDER BY compartment"));
    grants.bind_text(user.name);
    while (true) {
      OVILLO_TRY(const bool more, grants.step());
      if (!more) break;
      Grant& grant =
          user.grants.emplace_back(Grant{static_cast<CompartmentId>(grants.integer(0)), {}});
      if (!grants.is_null(1)) grant.until_utc_s = grants.integer(1);
    }
  }
  return out;
}

Result<void> Workspace::append_events(std::vector<EventRow> events) {
  if (impl_->transaction_open) return Error(ErrorCode::storage_busy);
  OVILLO_TRY(const auto known, compartments());
  for (const EventRow& event : events)
    if (std::none_of(known.begin(), known.end(),
                     [&](const auto& c) { return c.id == event.compartment; }))
      return Error(ErrorCode::storage_unknown_compartment);
  return impl_->in_one_go([&](Database& writer) -> Result<void> {
    std::uint64_t next = 0;
    {
      OVILLO_TRY(auto last, writer.prepare("SELECT coalesce(max(position), 0) FROM event"));
      OVILLO_CHECK(last.step());
      next = static_cast<std::uint64_t>(last.integer(0)) + 1;
    }
    for (EventRow& event : events) {
      event.position = next++;
      const std::int64_t bucket = retention_bucket(event.review_at_utc_s);
      OVILLO_TRY(const auto key, impl_->keys->key_for(event.compartment, bucket, 0));
      OVILLO_TRY(auto insert,
                 writer.prepare("INSERT INTO event (position, compartment, bucket, key_id, "
                                "at_utc_s, sealed) VALUES (?, ?, ?, ?, ?, ?)"));
      OVILLO_CHECK(insert.bind(static_cast<std::int64_t>(event.position))
                       .bind(event.compartment)
                       .bind(bucket)
                       .bind(key.id)
                       .bind(event.at_utc_s)
                       .bind_blob(seal(key.key, sealed_place(event, bucket), event_bytes(event)))
                       .run());
    }
    return {};
  });
}

Result<std::vector<EventRow>> Workspace::events(const View& view) const {
  OVILLO_READ_FOR(session, view);
  OVILLO_TRY(auto rows, session->prepare("SELECT position, compartment, bucket, key_id, at_utc_s, "
                                         "sealed FROM event ORDER BY position"));
  std::vector<EventRow> out;
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) return out;
    EventRow event;
    event.position = static_cast<std::uint64_t>(rows.integer(0));
    event.compartment = static_cast<CompartmentId>(rows.integer(1));
    event.at_utc_s = rows.integer(4);
    if (!std::binary_search(view.compartments.begin(), view.compartments.end(),
                            event.compartment) ||
        (view.imported_before_utc_s && event.at_utc_s >= *view.imported_before_utc_s))
      continue;
    OVILLO_TRY(const auto key, impl_->keys->key(rows.integer(3)));
    const auto bytes = open_sealed(key, sealed_place(event, rows.integer(2)), rows.bytes(5));
    if (!bytes || !take_event_bytes(*bytes, event)) return damaged_row("event");
    out.push_back(std::move(event));
  }
}

Result<AuthorisationId> Workspace::add_authorisation(const Authorisation& authorisation) {
  if (impl_->transaction_open) return Error(ErrorCode::storage_busy);
  const std::string bytes = encode_row(authorisation);
  const AuthorisationId id = hashed_number(impl_->id_key, "authorisation", std::string_view(bytes));
  const std::string sealed = seal(impl_->rows_key, sealed_place("authorisation", id), bytes);
  OVILLO_TRY(auto insert,
             impl_->writer.prepare("INSERT INTO authorisation (id, kind, valid_from_utc_s, "
                                   "valid_to_utc_s, sealed) VALUES (?, ?, ?, ?, ?) "
                                   "ON CONFLICT (id) DO NOTHING"));
  insert.bind(id).bind_text(authorisation.kind).bind(authorisation.valid_from_utc_s);
  if (authorisation.valid_to_utc_s)
    insert.bind(*authorisation.valid_to_utc_s);
  else
    insert.bind_null();
  OVILLO_CHECK(insert.bind_blob(sealed).run());
  return id;
}

Result<std::vector<Authorisation>> Workspace::authorisations() const {
  OVILLO_READ(session);
  OVILLO_TRY(auto rows, session->prepare("SELECT id, sealed FROM authorisation ORDER BY id"));
  std::vector<Authorisation> out;
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) return out;
    const auto id = static_cast<AuthorisationId>(rows.integer(0));
    const auto bytes =
        open_sealed(impl_->rows_key, sealed_place("authorisation", id), rows.bytes(1));
    if (!bytes) return damaged_row("authorisation");
    OVILLO_TRY(auto row, decode_authorisation(*bytes));
    row.id = id;
    out.push_back(std::move(row));
  }
}

Result<SourceId> Workspace::add_source(const Source& source) {
  if (impl_->transaction_open) return Error(ErrorCode::storage_busy);
  if (!usable_name(source.name)) return Error(ErrorCode::storage_bad_name);
  OVILLO_TRY(const auto known, compartments());
  if (std::none_of(known.begin(), known.end(),
                   [&](const auto& c) { return c.id == source.compartment; }))
    return Error(ErrorCode::storage_unknown_compartment);
  OVILLO_TRY(const auto allowed, authorisations());
  if (std::none_of(allowed.begin(), allowed.end(),
                   [&](const auto& a) { return a.id == source.authorisation; }))
    return Error(ErrorCode::storage_unknown_authorisation);
  const SourceId id =
      hashed_number(impl_->id_key, "source", std::uint64_t{source.compartment}, source.name);
  OVILLO_TRY(const auto existing, sources());
  for (const Source& one : existing)
    if (one.id == id) return Error(ErrorCode::storage_name_taken, source.name);
  const std::string sealed = seal(impl_->rows_key, sealed_place("source", id), encode_row(source));
  OVILLO_TRY(auto insert,
             impl_->writer.prepare("INSERT INTO source (id, compartment, authorisation, handling, "
                                   "privileged, review_at_utc_s, sealed) "
                                   "VALUES (?, ?, ?, ?, ?, ?, ?)"));
  OVILLO_CHECK(insert.bind(id)
                   .bind(source.compartment)
                   .bind(source.authorisation)
                   .bind(source.handling)
                   .bind(flag(source.privileged))
                   .bind(source.review_at_utc_s)
                   .bind_blob(sealed)
                   .run());
  return id;
}

Result<void> write_review(Database& database, const Key& rows_key, const Source& source) {
  const std::string sealed = seal(rows_key, sealed_place("source", source.id), encode_row(source));
  OVILLO_TRY(auto update, database.prepare("UPDATE source SET review_at_utc_s = ?, sealed = ? "
                                           "WHERE id = ?"));
  return update.bind(source.review_at_utc_s).bind_blob(sealed).bind(source.id).run();
}

Result<std::vector<Source>> Workspace::sources() const {
  OVILLO_READ(session);
  OVILLO_TRY(auto rows, session->prepare("SELECT id, compartment, authorisation, handling, "
                                         "privileged, review_at_utc_s, sealed FROM source"));
  std::vector<Source> out;
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) break;
    const auto id = static_cast<SourceId>(rows.integer(0));
    const auto bytes = open_sealed(impl_->rows_key, sealed_place("source", id), rows.bytes(6));
    if (!bytes) return damaged_row("source");
    OVILLO_TRY(auto row, decode_source(*bytes));
    row.id = id;
    // The open columns are for joins; what decides who sees a source is the sealed copy.
    if (row.compartment != rows.integer(1) || row.authorisation != rows.integer(2) ||
        row.handling != rows.integer(3) || flag(row.privileged) != rows.integer(4) ||
        row.review_at_utc_s != rows.integer(5))
      return damaged_row("source");
    out.push_back(std::move(row));
  }
  std::sort(out.begin(), out.end(), [](const Source& a, const Source& b) {
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
  });
  return out;
}

Result<std::vector<ImportRow>> Workspace::imports() const {
  OVILLO_READ(session);
  OVILLO_TRY(auto rows, session->prepare(
                            "SELECT grp, seq, merkle_root, sealed FROM import ORDER BY grp, seq"));
  std::vector<ImportRow> out;
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) return out;
    const auto bytes =
        open_sealed(impl_->rows_key,
                    sealed_place("import", static_cast<std::uint64_t>(rows.integer(0)),
                                 static_cast<std::uint64_t>(rows.integer(1))),
                    rows.bytes(3));
    if (!bytes) return damaged_row("import");
    OVILLO_TRY(auto row, decode_import(*bytes));
    row.merkle_root = hex(digest_of(rows.bytes(2)));
    out.push_back(std::move(row));
  }
}

Result<std::vector<RecordId>> Workspace::record_ids(CompartmentId compartment) const {
  OVILLO_READ(session);
  OVILLO_TRY(auto rows, session->prepare("SELECT grp, seq, sealed FROM record_ids "
                                         "WHERE compartment = ? ORDER BY grp, seq"));
  rows.bind(compartment);
  std::vector<RecordId> out;
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) return out;
    const auto bytes = open_sealed(impl_->rows_key,
                                   sealed_place(fmt::format("record_ids {}", compartment),
                                                static_cast<std::uint64_t>(rows.integer(0)),
                                                static_cast<std::uint64_t>(rows.integer(1))),
                                   rows.bytes(2));
    if (!bytes) return damaged_row("record_ids");
    Reader in(*bytes);
    for (std::size_t n = bytes->size() / 16; n > 0; --n) {
      const std::uint64_t hi = in.u64();
      out.push_back({hi, in.u64()});
    }
    if (!in.at_end()) return damaged_row("record_ids");
  }
}

Result<void> Workspace::read_blocks(
    const View& view, BlockKind kind,
    const std::function<Result<void>(const BlockPlace&, std::string_view)>& visit) const {
  constexpr std::size_t kWindowBlocks = 64;
  constexpr std::size_t kWindowBytes = std::size_t{8} << 20;
  OVILLO_TRY(const auto admission, Admission::of(*this, view));
  OVILLO_READ_FOR(session, view);
  OVILLO_TRY(const auto blocks, admitted_blocks(*session, kind, admission));
  for (std::size_t begin = 0; begin < blocks.size();) {
    std::vector<std::string> sealed;
    std::size_t n_bytes = 0;
    while (begin + sealed.size() < blocks.size() && sealed.size() < kWindowBlocks &&
           n_bytes < kWindowBytes) {
      OVILLO_TRY(auto payload, payload_of(*session, blocks[begin + sealed.size()].place));
      n_bytes += payload.size();
      sealed.push_back(std::move(payload));
    }
    std::vector<Result<std::string>> opened(sealed.size());
    parallel_for(sealed.size(), 1, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) {
        opened[i] = open_block(*impl_->keys, blocks[begin + i], sealed[i]);
        sealed[i] = {};
      }
    });
    for (std::size_t i = 0; i < opened.size(); ++i) {
      OVILLO_TRY(const std::string bytes, std::move(opened[i]));
      OVILLO_CHECK(visit(blocks[begin + i].place, bytes));
    }
    begin += opened.size();
  }
  return {};
}

Result<std::vector<BlockPlace>> Workspace::block_places(const View& view, BlockKind kind) const {
  OVILLO_TRY(const auto admission, Admission::of(*this, view));
  OVILLO_READ_FOR(session, view);
  OVILLO_TRY(const auto blocks, admitted_blocks(*session, kind, admission));
  std::vector<BlockPlace> places;
  places.reserve(blocks.size());
  for (const StoredBlock& block : blocks) places.push_back(block.place);
  return places;
}

Result<std::string> Workspace::read_block(const BlockPlace& place) const {
  if (place.kind == BlockKind::quarantine) return Error(ErrorCode::storage_quarantined);
  OVILLO_READ(session);
  OVILLO_TRY(auto row, session->prepare(
                           "SELECT kind, grp, part, compartment, source, bucket, n_rows, version, "
                           "key_id FROM block WHERE kind = ? AND grp = ? AND part = ?"));
  row.bind(static_cast<std::int64_t>(place.kind))
      .bind(static_cast<std::int64_t>(place.group))
      .bind(place.part);
  OVILLO_TRY(const bool found, row.step());
  // A place with the wrong compartment or source learns no more than one that is not there.
  if (!found) return Error(ErrorCode::storage_no_such_block, describe(place));
  const StoredBlock block = block_of(row);
  if (block.place.compartment != place.compartment || block.place.source != place.source)
    return Error(ErrorCode::storage_no_such_block, describe(place));
  OVILLO_TRY(const auto payload, payload_of(*session, place));
  return open_block(*impl_->keys, block, payload);
}

Result<void> Workspace::verify_originals(std::uint64_t group) const {
  OVILLO_READ(session);
  OVILLO_TRY(auto rows, session->prepare(
                            "SELECT kind, grp, part, compartment, source, bucket, n_rows, version, "
                            "key_id, sha256, leaf, payload FROM block "
                            "WHERE kind = 0 AND grp = ? ORDER BY part"));
  rows.bind(static_cast<std::int64_t>(group));
  std::vector<Digest> leaves;
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) break;
    const StoredBlock block = block_of(rows);
    const std::string_view payload = rows.bytes(11);
    OVILLO_TRY(const auto bytes, open_block(*impl_->keys, block, payload));
    OVILLO_TRY(const auto key, impl_->keys->key(block.key_id));
    leaves.push_back(salted_leaf(key, sealed_place(block), bytes));
    if (leaves.back() != digest_of(rows.bytes(10)) || sha256(payload) != digest_of(rows.bytes(9)))
      return Error(ErrorCode::storage_damaged_block, describe(block.place));
  }
  const std::string root = hex(merkle_root(leaves));
  OVILLO_TRY(const auto rows_of_imports, imports());
  for (const ImportRow& row : rows_of_imports)
    if (row.group == group && row.merkle_root != root)
      return Error(ErrorCode::storage_damaged_block, fmt::format("originals of import {}", group));
  return {};
}

Result<std::uint64_t> Workspace::n_quarantined(std::uint64_t group) const {
  OVILLO_READ(session);
  OVILLO_TRY(auto count,
             session->prepare("SELECT CAST(coalesce(sum(n_rows), 0) AS BIGINT) FROM block "
                              "WHERE kind = ? AND grp = ?"));
  count.bind(static_cast<std::int64_t>(BlockKind::quarantine))
      .bind(static_cast<std::int64_t>(group));
  OVILLO_CHECK(count.step());
  return static_cast<std::uint64_t>(count.integer(0));
}

Result<std::optional<std::string>> Workspace::get(std::string_view name) const {
  OVILLO_READ(session);
  OVILLO_TRY(auto row, session->prepare("SELECT sealed FROM named_value WHERE name = ?"));
  OVILLO_TRY(const bool found, row.bind_text(name).step());
  if (!found) return std::optional<std::string>();
  auto bytes = open_sealed(impl_->rows_key, sealed_place(name, 0), row.bytes(0));
  if (!bytes) return Error(ErrorCode::storage_damaged_block, fmt::format("value {}", name));
  return std::optional<std::string>(std::move(*bytes));
}

Result<void> Workspace::put(std::string_view name, std::string_view bytes) {
  if (impl_->transaction_open) return Error(ErrorCode::storage_busy);
  const std::string sealed = seal(impl_->rows_key, sealed_place(name, 0), bytes);
  OVILLO_TRY(auto upsert,
             impl_->writer.prepare("INSERT INTO named_value (name, sealed) VALUES (?, ?) "
                                   "ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed"));
  ++impl_->n_row_changes;
  return upsert.bind_text(name).bind_blob(sealed).run();
}

}  // namespace ovillo::storage
