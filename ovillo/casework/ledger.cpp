#include "ovillo/casework/ledger.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "ovillo/base/bytes.hpp"
#include "ovillo/casework/view_digest.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::casework {

namespace {

constexpr std::uint32_t kFormat = 1;
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// How many records an old and a new network share.
struct Overlap {
  std::uint32_t before = 0;
  std::uint32_t after = 0;
  std::uint64_t n_shared = 0;
};

template <class Networks>
std::vector<std::pair<RecordId, std::uint32_t>> members_of(const Networks& networks) {
  std::vector<std::pair<RecordId, std::uint32_t>> members;
  for (std::uint32_t n = 0; n < networks.size(); ++n)
    for (const RecordId& record : networks[n].records) members.emplace_back(record, n);
  std::sort(members.begin(), members.end());
  return members;
}

/// One pair per record that is in both; a record may be in several networks.
std::vector<std::pair<std::uint32_t, std::uint32_t>> shared_pairs(
    const std::vector<std::pair<RecordId, std::uint32_t>>& before,
    const std::vector<std::pair<RecordId, std::uint32_t>>& after) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  auto from = after.begin();
  for (const auto& [record, old] : before) {
    while (from != after.end() && from->first < record) ++from;
    for (auto at = from; at != after.end() && at->first == record; ++at)
      pairs.emplace_back(old, at->second);
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

/// Largest first; ties to the smaller id, then to the smaller key (the order of `networks`).
std::vector<Overlap> overlaps(const Ledger& before, const std::vector<LedgerNetwork>& networks) {
  const auto pairs = shared_pairs(members_of(before.networks), members_of(networks));
  std::vector<Overlap> out;
  for (std::size_t i = 0; i < pairs.size();) {
    std::size_t end = i;
    while (end < pairs.size() && pairs[end] == pairs[i]) ++end;
    out.push_back({pairs[i].first, pairs[i].second, end - i});
    i = end;
  }
  std::sort(out.begin(), out.end(), [&](const Overlap& a, const Overlap& b) {
    if (a.n_shared != b.n_shared) return a.n_shared > b.n_shared;
    return std::tie(before.networks[a.before].id, a.after) <
           std::tie(before.networks[b.before].id, b.after);
  });
  return out;
}

/// Ids that were ever given: none is given twice.
std::vector<NetworkId> ids_given(const Ledger& ledger) {
  std::vector<NetworkId> ids;
  ids.reserve(ledger.history.size() + ledger.networks.size());
  for (const LedgerEvent& event : ledger.history) ids.push_back(event.id);
  for (const LedgerNetwork& network : ledger.networks) ids.push_back(network.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

NetworkId new_id(const NetworkKey& network, const IdKey& key, const std::vector<NetworkId>& given) {
  for (std::uint64_t attempt = 0;; ++attempt) {
    KeyedHasher hasher(key);
    const NetworkId id = hasher.add("network id 1")
                             .add(network.hi)
                             .add(network.lo)
                             .add(attempt)
                             .finish<NetworkId::TagType>();
    if (!std::binary_search(given.begin(), given.end(), id)) return id;
  }
}

void put_id(ByteWriter& out, std::uint64_t hi, std::uint64_t lo) {
  out.put(hi);
  out.put(lo);
}

template <class Id>
Id get_id(ByteReader& in) {
  const auto hi = in.get<std::uint64_t>();
  return {hi, in.get<std::uint64_t>()};
}

std::string name_of_ledger(const View& view, const IdKey& key) {
  return "ledger/" + view_digest(view, key).hex();
}

}  // namespace

std::span<const std::string_view> names(LedgerReason) {
  static constexpr std::string_view kNames[] = {"made", "split", "merged", "gone"};
  return kNames;
}

std::optional<NetworkId> Ledger::id_of(const NetworkKey& key) const {
  const auto at =
      std::lower_bound(networks.begin(), networks.end(), key,
                       [](const LedgerNetwork& one, const NetworkKey& k) { return one.key < k; });
  if (at == networks.end() || at->key != key) return std::nullopt;
  return at->id;
}

Ledger carry_on(const Ledger& before, std::span<const NetworkMembers> networks, const IdKey& key) {
  Ledger after;
  after.history = before.history;
  for (const NetworkMembers& network : networks)
    after.networks.push_back({NetworkId{}, network.key, network.records});
  std::sort(after.networks.begin(), after.networks.end(),
            [](const LedgerNetwork& a, const LedgerNetwork& b) { return a.key < b.key; });

  const std::vector<Overlap> shared = overlaps(before, after.networks);
  std::vector<std::uint32_t> heir(before.networks.size(), kNone);
  std::vector<std::uint32_t> ancestor(after.networks.size(), kNone);
  for (const Overlap& overlap : shared) {
    if (heir[overlap.before] != kNone || ancestor[overlap.after] != kNone) continue;
    heir[overlap.before] = overlap.after;
    ancestor[overlap.after] = overlap.before;
    after.networks[overlap.after].id = before.networks[overlap.before].id;
  }

  // The largest overlap of each that was left without a partner says where it came from or went.
  std::vector<Overlap> came_from(after.networks.size(), Overlap{kNone, kNone, 0});
  std::vector<Overlap> went_to(before.networks.size(), Overlap{kNone, kNone, 0});
  for (const Overlap& overlap : shared) {
    if (came_from[overlap.after].n_shared == 0) came_from[overlap.after] = overlap;
    if (went_to[overlap.before].n_shared == 0) went_to[overlap.before] = overlap;
  }

  const std::uint64_t change = before.n_changes + 1;
  const std::vector<NetworkId> given = ids_given(before);
  for (std::uint32_t n = 0; n < after.networks.size(); ++n) {
    if (ancestor[n] != kNone) continue;
    LedgerNetwork& network = after.networks[n];
    network.id = new_id(network.key, key, given);
    const Overlap& from = came_from[n];
    if (from.n_shared == 0) {
      after.history.push_back({change, LedgerReason::made, network.id, {}, network.records.size()});
    } else {
      after.history.push_back({change, LedgerReason::split, network.id,
                               before.networks[from.before].id, from.n_shared});
    }
  }
  for (std::uint32_t n = 0; n < before.networks.size(); ++n) {
    if (heir[n] != kNone) continue;
    const LedgerNetwork& network = before.networks[n];
    const Overlap& to = went_to[n];
    if (to.n_shared == 0) {
      after.history.push_back({change, LedgerReason::gone, network.id, {}, network.records.size()});
    } else {
      after.history.push_back(
          {change, LedgerReason::merged, network.id, after.networks[to.after].id, to.n_shared});
    }
  }
  // A run that changed no id must leave no trace: how often somebody ran is nobody's business.
  after.n_changes = after.history.size() > before.history.size() ? change : before.n_changes;
  return after;
}

std::string serialise(const Ledger& ledger) {
  ByteWriter out;
  out.put(kFormat);
  out.put(ledger.n_changes);
  out.put(std::uint64_t{ledger.networks.size()});
  for (const LedgerNetwork& network : ledger.networks) {
    put_id(out, network.id.hi, network.id.lo);
    put_id(out, network.key.hi, network.key.lo);
    out.put(std::uint64_t{network.records.size()});
    for (const RecordId& record : network.records) put_id(out, record.hi, record.lo);
  }
  out.put(std::uint64_t{ledger.history.size()});
  for (const LedgerEvent& event : ledger.history) {
    out.put(event.change);
    out.put(static_cast<std::uint8_t>(event.reason));
    put_id(out, event.id.hi, event.id.lo);
    put_id(out, event.other.hi, event.other.lo);
    out.put(event.n_records);
  }
  return out.take();
}

Result<Ledger> parse_ledger(std::string_view bytes) {
  const Error damaged(ErrorCode::casework_damaged_ledger);
  ByteReader in(bytes);
  if (in.get<std::uint32_t>() != kFormat) return damaged;
  Ledger ledger;
  ledger.n_changes = in.get<std::uint64_t>();
  for (auto n = in.get<std::uint64_t>(); in.ok() && n > 0; --n) {
    LedgerNetwork network;
    network.id = get_id<NetworkId>(in);
    network.key = get_id<NetworkKey>(in);
    for (auto m = in.get<std::uint64_t>(); in.ok() && m > 0; --m)
      network.records.push_back(get_id<RecordId>(in));
    ledger.networks.push_back(std::move(network));
  }
  for (auto n = in.get<std::uint64_t>(); in.ok() && n > 0; --n) {
    LedgerEvent event;
    event.change = in.get<std::uint64_t>();
    const auto reason = in.get<std::uint8_t>();
    if (reason >= names(LedgerReason{}).size()) return damaged;
    event.reason = static_cast<LedgerReason>(reason);
    event.id = get_id<NetworkId>(in);
    event.other = get_id<NetworkId>(in);
    event.n_records = in.get<std::uint64_t>();
    ledger.history.push_back(event);
  }
  if (!in.ok() || !in.at_end()) return damaged;
  return ledger;
}

Result<Ledger> load_ledger(const storage::Workspace& workspace, const View& view) {
  OVILLO_TRY(const auto bytes, workspace.get(name_of_ledger(view, workspace.id_key())));
  if (!bytes) return Ledger();
  return parse_ledger(*bytes);
}

Result<void> store_ledger(storage::Transaction& transaction, const View& view, const IdKey& key,
                          const Ledger& ledger) {
  return transaction.put(name_of_ledger(view, key), serialise(ledger));
}

}  // namespace ovillo::casework
