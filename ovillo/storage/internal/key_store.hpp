// KeyStore: the keys of a workspace, kept apart from what they open.
//
// keys.db holds each key wrapped under the master key of master.key (0600). A key is durable there
// before anything is sealed with it, so a crash leaves at most keys that nothing uses. To destroy
// a key here is to destroy every block of its compartment and retention bucket. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <tuple>

#include "ovillo/record/ids.hpp"
#include "ovillo/storage/internal/database.hpp"
#include "ovillo/storage/internal/seal.hpp"

namespace ovillo::storage {

/// Month of a review date, counted from year 0: blocks that go together share a key.
std::int64_t retention_bucket(std::int64_t review_at_utc_s);

struct BlockKey {
  std::int64_t id = 0;
  Key key;
};

class KeyStore {
 public:
  static Result<std::unique_ptr<KeyStore>> create(const std::filesystem::path& folder,
                                                  const std::optional<IdKey>& id_key);
  /// @error storage.wrong_key, storage.key_exposed.
  static Result<std::unique_ptr<KeyStore>> open(const std::filesystem::path& folder);

  /// The newest key of a compartment, bucket and source; made, and durable, when there is none.
  /// @param source  0: of no source (events, answers).
  Result<BlockKey> key_for(CompartmentId compartment, std::int64_t bucket, SourceId source);
  /// From now on key_for() gives other keys than these; what they sealed still opens.
  void retire(std::span<const std::int64_t> ids);
  /// What they sealed opens no more, here or from a copy. Durable when it returns.
  Result<void> destroy(std::span<const std::int64_t> ids);
  /// @error storage.key_destroyed.
  Result<Key> key(std::int64_t id) const;
  /// Keys of the installation: "id", "rows", "audit", "checkpoint".
  Result<Key> named(const std::string& name) const;

 private:
  KeyStore(Database database, const Key& master)
      : database_(std::move(database)), master_(master) {}
  Result<void> load();

  mutable std::mutex mutex_;
  Database database_;
  Key master_;
  std::map<std::int64_t, Key> by_id_;
  std::map<std::tuple<CompartmentId, std::int64_t, SourceId>, std::int64_t> newest_;
  std::map<std::string, Key> named_;
};

}  // namespace ovillo::storage
