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

/// One caller's entry on its way to the disk.
struct Waiting {
  std::string_view entry;
  std::uint64_t position = 0;
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
    const auto all = [&]() -> Result<void> {
      for (std::size_t i = 0; i < batch.size(); ++i) {
        batch[i]->position = size + i;
        OVILLO_CHECK(insert(size + i, batch[i]->entry));
      }
      return database.commit();
    };
    auto done = all();
    if (done) {
      size += batch.size();
    } else {
      (void)database.rollback();
    }
    return done;
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
  Waiting mine{.entry = entry, .position = 0, .done = false, .failed = {}};
  std::unique_lock lock(impl_->queue_mutex);
  impl_->queue.push_back(&mine);
  // Whoever finds nobody writing writes for all that wait; the others wait for it.
  impl_->written.wait(lock, [&] { return mine.done || !impl_->writing; });
  if (!mine.done) {
    impl_->writing = true;
    const std::vector<Waiting*> batch = std::exchange(impl_->queue, {});
    lock.unlock();
    const auto done = impl_->write(batch);
    lock.lock();
    for (Waiting* waiting : batch) {
      if (!done) waiting->failed = done.error();
      waiting->done = true;
    }
    impl_->writing = false;
    impl_->written.notify_all();
  }
  if (mine.failed) return *mine.failed;
  return mine.position;
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
