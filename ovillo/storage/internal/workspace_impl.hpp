// The inside of a Workspace, shared with its Transaction.
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "ovillo/storage/internal/key_store.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::storage {

/// The lock on <folder>/lock; given back when closed, also by a crash.
class FolderLock {
 public:
  /// @error storage.locked, naming the process that has it.
  static Result<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

/// Where a workspace's tables are: a file of its folder, or a schema of a server that a file of its
/// folder names. Keys and the audit log stay in the folder either way.
struct Store {
  std::filesystem::path file;
  std::optional<PostgresPlace> server;

  /// @error storage.not_a_workspace.
  static Result<Store> of(const std::filesystem::path& folder);
  Result<Database> open(Database::Mode mode) const;
};

/// A block as its row says: the place, and which key sealed it.
struct StoredBlock {
  BlockPlace place;
  std::int64_t bucket = 0;
  std::int64_t key_id = 0;
};

/// Associated data of a block: all that its row says, so that no column can be changed unseen.
std::string sealed_place(const StoredBlock& block);
/// Associated data of a row of `table`.
std::string sealed_place(std::string_view table, std::uint64_t a, std::uint64_t b = 0);
/// The compartments that an answer was worked out from, as derived_value keeps them: "1,7345".
std::string scope_of(const View& view);
bool scope_holds(std::string_view scope, CompartmentId compartment);
/// The bucket of a scope's key.
std::int64_t bucket_of_scope(std::string_view scope);
/// Associated data of a derived value.
std::string derived_place(std::string_view name, std::string_view scope);
/// "record block, import 3, part 12".
std::string describe(const BlockPlace& place);

std::string encode_row(const ImportRow& row);

/// Writes of one row each, on a connection that is inside a transaction.
Result<void> write_block(Database& database, KeyStore& keys, const BlockPlace& place,
                         std::int64_t review_at_utc_s, std::string bytes);
Result<void> write_record_ids(Database& database, const Key& rows_key, CompartmentId compartment,
                              std::uint64_t group, std::span<const RecordId> ids);
/// The source's row with its review date.
Result<void> write_review(Database& database, const Key& rows_key, const Source& source);

struct Workspace::Impl {
  Impl(FolderLock taken, std::filesystem::path where, Store tables,
       std::unique_ptr<KeyStore> key_store, Database opened, const Key& rows)
      : lock(std::move(taken)),
        folder(std::move(where)),
        store(std::move(tables)),
        keys(std::move(key_store)),
        writer(std::move(opened)),
        rows_key(rows) {}

  /// `change` in one transaction of its own: all of it or nothing.
  template <class Change>
  Result<void> in_one_go(const Change& change) {
    OVILLO_CHECK(writer.begin_to_write());
    Result<void> done = change(writer);
    if (done) done = writer.commit();
    if (!done) (void)writer.rollback();
    return done;
  }

  FolderLock lock;  // first, so that it is given back last
  std::filesystem::path folder;
  Store store;
  std::unique_ptr<KeyStore> keys;
  std::unique_ptr<AuditStore> audit;
  Database writer;
  Key rows_key;
  IdKey id_key;
  bool transaction_open = false;
  std::atomic<std::uint64_t> n_row_changes = 0;

  mutable std::mutex readers_mutex;
  mutable std::vector<Database> readers;
};

/// One consistent look at what is committed, on a connection of the pool.
class ReadSession {
 public:
  /// @param only  the compartments of a view, for the engine's own fence; empty: all.
  static Result<ReadSession> begin(
      const Store& store, std::mutex& mutex, std::vector<Database>& pool,
      std::optional<std::span<const CompartmentId>> only = std::nullopt);
  ReadSession(ReadSession&&) noexcept = default;
  ReadSession& operator=(ReadSession&&) = delete;
  ~ReadSession();
  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }

 private:
  ReadSession(Database database, std::mutex& mutex, std::vector<Database>& pool)
      : database_(std::make_unique<Database>(std::move(database))), mutex_(&mutex), pool_(&pool) {}
  std::unique_ptr<Database> database_;
  std::mutex* mutex_;
  std::vector<Database>* pool_;
};

}  // namespace ovillo::storage
