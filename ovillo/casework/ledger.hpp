// The ledger of network ids: what people cite stays the same while networks grow, split and merge.
//
// A network's key is a hash of its members, so it changes with every new advert; its id is given
// once and handed on by overlap: of all pairs of an old and a new network, the pair that shares
// most records goes first, and the new one takes the old one's id. What split off, was taken in or
// is gone is recorded with its reason. A ledger belongs to one view and is computed from what that
// view sees alone, so a hidden compartment cannot change a number in it. Pure: no clock, no seed;
// the order of the networks given does not matter.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/record/ids.hpp"
#include "ovillo/record/view.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::casework {

/// A network of this run.
struct NetworkMembers {
  NetworkKey key;
  std::vector<RecordId> records;  ///< ascending, without repeats
};

enum class LedgerReason : std::uint8_t {
  made,    ///< no network held any of its records before
  split,   ///< most of `other` went elsewhere; this one came out of it with a new id
  merged,  ///< taken into `other`, which shares more records; the id is not used again
  gone,    ///< none of its records is in a network now
};
std::span<const std::string_view> names(LedgerReason);

/// One thing that happened to an id. Growing and shrinking alone is no event.
struct LedgerEvent {
  std::uint64_t change = 0;  ///< number of the run, counted over runs that changed something
  LedgerReason reason = LedgerReason::made;
  NetworkId id;
  NetworkId other;              ///< split: from; merged: into; else null
  std::uint64_t n_records = 0;  ///< split, merged: records shared with `other`; else members

  bool operator==(const LedgerEvent&) const = default;
};

struct LedgerNetwork {
  NetworkId id;
  NetworkKey key;
  std::vector<RecordId> records;  ///< ascending

  bool operator==(const LedgerNetwork&) const = default;
};

struct Ledger {
  std::uint64_t n_changes = 0;
  std::vector<LedgerNetwork> networks;  ///< as of the last run, ascending by key
  std::vector<LedgerEvent> history;     ///< oldest first

  /// The id of a network of the last run; empty: there is none of that key.
  [[nodiscard]] std::optional<NetworkId> id_of(const NetworkKey& key) const;

  bool operator==(const Ledger&) const = default;
};

/// The ledger after a run. @param networks  any order; keys differ.
/// @cost O(r log r) for r member records before and after.
Ledger carry_on(const Ledger& before, std::span<const NetworkMembers> networks, const IdKey& key);

std::string serialise(const Ledger& ledger);
/// @error casework.damaged_ledger.
Result<Ledger> parse_ledger(std::string_view bytes);

/// The view's ledger; an empty one when it has none yet. @error casework.damaged_ledger, storage.*.
Result<Ledger> load_ledger(const storage::Workspace& workspace, const View& view);
/// Sealed with the run's other results: there when it commits.
Result<void> store_ledger(storage::Transaction& transaction, const View& view, const IdKey& key,
                          const Ledger& ledger);

}  // namespace ovillo::casework
