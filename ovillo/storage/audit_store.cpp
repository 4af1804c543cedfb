#include "ovillo/storage/audit_store.hpp"

#include <condition_variable>
#include <cstring>
#include <mutex>
#include <vector>

#include <sodium.h>

#include "ovillo/storage/internal/bytes.hpp"
#include "ovillo/storage/internal/key_store.hpp"

namespace ovillo::storage {

namespace {

std::string place_of(std::uint64_t position) {
  Writer out;
  out.raw("ovillo audit 1");
  out.u64(position);
  return std::move(out).take();
}

std::string_view view_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Result<Digest> read_node(Database& database, unsigned level, std::uint64_t position) {
  OVILLO_TRY(auto read,
             database.prepare("SELECT hash FROM audit_node WHERE level = ? AND position = ?"));
  read.bind(level).bind(static_cast<std::int64_t>(position));
  OVILLO_TRY(const bool found, read.step());
  Digest digest;
  if (!found || read.bytes(0).size() != digest.size())
    return Error(ErrorCode::storage_no_such_entry);
  std::memcpy(digest.data(), read.bytes(0).data(), digest.size());
  return digest;
}

/// What one caller brings, on its way to the disk.
struct Waiting {
  std::vector<std::string_view> entries;
  std::uint64_t first = 0;
  bool done = false;
  std::optional<Error> failed;
};

}  // namespace

struct AuditStore::Impl {
  Impl(Database opened, const Key& sealing_key) : database(std::move(opened)), key(sealing_key) {}

  mutable std::mutex database_mutex;  // guards database and size
  mutable Database database;
  Key key;
  std::uint64_t size = 0;
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open_key{};

  std::mutex queue_mutex;
  std::condition_variable written;
  std::vector<Waiting*> queue;
  bool writing = false;

  Result<void> insert_node(unsigned level, std::uint64_t position, const Digest& hash) {
    OVILLO_TRY(auto insert,
               database.prepare("INSERT INTO audit_node (level, position, hash) VALUES (?, ?, ?)"));
    return insert.bind(level)
        .bind(static_cast<std::int64_t>(position))
        .bind_blob(view_of(hash))
        .run();
  }

  Result<void> insert(std::uint64_t position, std::string_view entry) {
    const std::string sealed = seal(key, place_of(position), entry);
    {
      OVILLO_TRY(auto row,
                 database.prepare("INSERT INTO audit_entry (position, sealed) VALUES (?, ?)"));
      OVILLO_CHECK(row.bind(static_cast<std::int64_t>(position)).bind_blob(sealed).run());
    }
    const Digest leaf = leaf_hash(entry);
    OVILLO_TRY(const auto completed,
               completed_nodes(position, leaf, [this](unsigned level, std::uint64_t at) {
                 return read_node(database, level, at);
               }));
    OVILLO_CHECK(insert_node(0, position, leaf));
    for (unsigned i = 0; i < completed.size(); ++i)
      OVILLO_CHECK(insert_node(i + 1, position >> (i + 1), completed[i]));
    return {};
  }

  /// Writes a batch of entries as one durable transaction.
  Result<void> write(const std::vector<Waiting*>& batch) {
    const std::lock_guard lock(database_mutex);
    OVILLO_CHECK(database.begin_to_write());
    std::uint64_t next = size;
    const auto all = [&]() -> Result<void> {
      for (Waiting* waiting : batch) {
        waiting->first = next;
        for (const std::string_view entry : waiting->entries) OVILLO_CHECK(insert(next++, entry));
      }
      return database.commit();
    };
    auto done = all();
    if (done) {
      size = next;
    } else {
      (void)database.rollback();
    }
    return done;
  }

  /// Whoever finds nobody writing writes for all that wait; the others wait for it.
  Result<std::uint64_t> bring(Waiting mine) {
    std::unique_lock lock(queue_mutex);
    queue.push_back(&mine);
    written.wait(lock, [&] { return mine.done || !writing; });
    if (!mine.done) {
      writing = true;
      const std::vector<Waiting*> batch = std::exchange(queue, {});
      lock.unlock();
      const auto done = write(batch);
      lock.lock();
      for (Waiting* waiting : batch) {
        if (!done) waiting->failed = done.error();
        waiting->done = true;
      }
      writing = false;
      written.notify_all();
    }
    if (mine.failed) return *mine.failed;
    return mine.first;
  }
};

AuditStore::AuditStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AuditStore::~AuditStore() {
  if (impl_) sodium_memzero(impl_->secret.data(), impl_->secret.size());
}

Result<std::unique_ptr<AuditStore>> AuditStore::open(const std::filesystem::path& folder,
                                                     const KeyStore& keys) {
  OVILLO_TRY(auto database, Database::open(folder / "audit.db", Database::Mode::create));
  OVILLO_CHECK(database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));
  OVILLO_CHECK(migrate(database, kAuditSchema));
  OVILLO_TRY(const auto key, keys.named("audit"));
  OVILLO_TRY(const auto seed, keys.named("checkpoint"));
  auto impl = std::make_unique<Impl>(std::move(database), key);
  crypto_sign_seed_keypair(impl->open_key.data(), impl->secret.data(), seed.data());
  {
    OVILLO_TRY(auto count,
               impl->database.prepare("SELECT coalesce(max(position) + 1, 0) FROM audit_entry"));
    OVILLO_CHECK(count.step());
    impl->size = static_cast<std::uint64_t>(count.integer(0));
  }
  return std::unique_ptr<AuditStore>(new AuditStore(std::move(impl)));
}

Result<std::uint64_t> AuditStore::append(std::string_view entry) {
  return impl_->bring({.entries = {entry}, .first = 0, .done = false, .failed = {}});
}

Result<std::uint64_t> AuditStore::append_all(std::span<const std::string> entries) {
  return impl_->bring(
      {.entries = {entries.begin(), entries.end()}, .first = 0, .done = false, .failed = {}});
}

std::uint64_t AuditStore::size() const {
  const std::lock_guard lock(impl_->database_mutex);
  return impl_->size;
}

Result<std::string> AuditStore::entry(std::uint64_t position) const {
  const std::lock_guard lock(impl_->database_mutex);
  OVILLO_TRY(auto read,
             impl_->database.prepare("SELECT sealed FROM audit_entry WHERE position = ?"));
  OVILLO_TRY(const bool found, read.bind(static_cast<std::int64_t>(position)).step());
  if (!found) return Error(ErrorCode::storage_no_such_entry);
  return open_sealed(impl_->key, place_of(position), read.bytes(0));
}

Result<Digest> AuditStore::node(unsigned level, std::uint64_t position) const {
  const std::lock_guard lock(impl_->database_mutex);
  return read_node(impl_->database, level, position);
}

Result<std::vector<std::string>> AuditStore::sealed_entries(std::uint64_t begin,
                                                            std::uint64_t end) const {
  std::vector<std::string> out(end - begin);
  const std::lock_guard lock(impl_->database_mutex);
  OVILLO_TRY(auto read, impl_->database.prepare("SELECT position, sealed FROM audit_entry "
                                                "WHERE position >= ? AND position < ?"));
  read.bind(static_cast<std::int64_t>(begin)).bind(static_cast<std::int64_t>(end));
  while (true) {
    OVILLO_TRY(const bool more, read.step());
    if (!more) return out;
    out[static_cast<std::uint64_t>(read.integer(0)) - begin] = read.bytes(1);
  }
}

Result<std::string> AuditStore::open_entry(std::uint64_t position, std::string_view sealed) const {
  return open_sealed(impl_->key, place_of(position), sealed);
}

Result<std::vector<std::optional<Digest>>> AuditStore::stored_nodes(unsigned level,
                                                                    std::uint64_t begin,
                                                                    std::uint64_t end) const {
  std::vector<std::optional<Digest>> out(end - begin);
  const std::lock_guard lock(impl_->database_mutex);
  OVILLO_TRY(auto read,
             impl_->database.prepare("SELECT position, hash FROM audit_node "
                                     "WHERE level = ? AND position >= ? AND position < ?"));
  read.bind(level).bind(static_cast<std::int64_t>(begin)).bind(static_cast<std::int64_t>(end));
  while (true) {
    OVILLO_TRY(const bool more, read.step());
    if (!more) return out;
    Digest hash;
    if (read.bytes(1).size() != hash.size()) continue;
    std::memcpy(hash.data(), read.bytes(1).data(), hash.size());
    out[static_cast<std::uint64_t>(read.integer(0)) - begin] = hash;
  }
}

NodeReader AuditStore::nodes() const {
  return [this](unsigned level, std::uint64_t position) { return node(level, position); };
}

std::array<std::uint8_t, 64> AuditStore::sign(std::string_view bytes) const {
  std::array<std::uint8_t, 64> signature;
  crypto_sign_detached(signature.data(), nullptr,
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                       impl_->secret.data());
  return signature;
}

std::array<std::uint8_t, 32> AuditStore::public_key() const { return impl_->open_key; }

}  // namespace ovillo::storage
