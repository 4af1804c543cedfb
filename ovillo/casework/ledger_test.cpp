#include "ovillo/casework/ledger.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <unistd.h>

#include "ovillo/base/rng.hpp"

namespace ovillo::casework {
namespace {

const IdKey kKey{};

/// A network of the records numbered; its key as flow makes one: a hash of the members.
NetworkMembers network(const std::vector<std::uint64_t>& records) {
  NetworkMembers out;
  KeyedHasher hasher(kKey);
  for (const std::uint64_t record : records) {
    out.records.push_back({1, record});
    hasher.add(record);
  }
  std::sort(out.records.begin(), out.records.end());
  out.key = hasher.finish<NetworkKey::TagType>();
  return out;
}

Ledger run(const Ledger& before, const std::vector<NetworkMembers>& networks) {
  return carry_on(before, networks, kKey);
}

NetworkId id(const Ledger& ledger, const std::vector<std::uint64_t>& records) {
  return ledger.id_of(network(records).key).value_or(NetworkId{});
}

std::vector<LedgerReason> reasons(const Ledger& ledger, std::uint64_t change) {
  std::vector<LedgerReason> out;
  for (const LedgerEvent& event : ledger.history)
    if (event.change == change) out.push_back(event.reason);
  return out;
}

TEST(Ledger, ANetworkThatGrowsKeepsItsId) {
  const Ledger first = run({}, {network({1, 2, 3}), network({7, 8})});
  EXPECT_FALSE(id(first, {1, 2, 3}).is_null());
  EXPECT_NE(id(first, {1, 2, 3}), id(first, {7, 8}));
  const Ledger second = run(first, {network({1, 2, 3, 4}), network({7, 8, 9})});
  EXPECT_EQ(id(second, {1, 2, 3, 4}), id(first, {1, 2, 3}));
  EXPECT_EQ(id(second, {7, 8, 9}), id(first, {7, 8}));
  EXPECT_TRUE(reasons(second, 2).empty());
  EXPECT_EQ(second.n_changes, 1U);  // growing alone changes no id
}

TEST(Ledger, WhenTwoMergeTheLargerShareKeepsItsId) {
  const Ledger first = run({}, {network({1, 2, 3}), network({7, 8})});
  const Ledger second = run(first, {network({1, 2, 3, 7, 8})});
  EXPECT_EQ(id(second, {1, 2, 3, 7, 8}), id(first, {1, 2, 3}));
  ASSERT_EQ(second.history.size(), 3U);
  EXPECT_EQ(second.history.back(),
            (LedgerEvent{2, LedgerReason::merged, id(first, {7, 8}), id(first, {1, 2, 3}), 2}));
}

TEST(Ledger, WhenOneSplitsTheLargerPartKeepsTheId) {
  const Ledger first = run({}, {network({1, 2, 3, 7, 8})});
  const Ledger second = run(first, {network({7, 8}), network({1, 2, 3})});
  EXPECT_EQ(id(second, {1, 2, 3}), id(first, {1, 2, 3, 7, 8}));
  EXPECT_EQ(second.history.back(), (LedgerEvent{2, LedgerReason::split, id(second, {7, 8}),
                                                id(first, {1, 2, 3, 7, 8}), 2}));
}

TEST(Ledger, AnIdThatIsGoneNeverComesBackForSomethingElse) {
  const Ledger first = run({}, {network({1, 2})});
  const Ledger second = run(first, {network({5, 6})});
  EXPECT_EQ(reasons(second, 2), (std::vector{LedgerReason::made, LedgerReason::gone}));
  // The same members once more: a new network, as far as anybody who cited the old one can know.
  const Ledger third = run(second, {network({1, 2}), network({5, 6})});
  EXPECT_NE(id(third, {1, 2}), id(first, {1, 2}));
  EXPECT_EQ(id(third, {5, 6}), id(second, {5, 6}));
}

TEST(Ledger, TheOrderOfNetworksDoesNotMatter) {
  Rng rng(5);
  Ledger plain;
  Ledger shuffled;
  std::vector<std::vector<std::uint64_t>> sets(30);
  for (std::uint64_t record = 0; record < 300; ++record) sets[rng.below(30)].push_back(record);
  for (int round = 0; round < 12; ++round) {
    // Move some records about, so that networks split, merge, come and go.
    for (int move = 0; move < 200; ++move) {
      auto& from = sets[rng.below(30)];
      if (from.empty()) continue;
      const std::uint64_t record = from.back();
      from.pop_back();
      auto& to = sets[rng.below(30)];
      to.insert(std::upper_bound(to.begin(), to.end(), record), record);
    }
    std::vector<NetworkMembers> networks;
    for (const auto& set : sets)
      if (set.size() > 1) networks.push_back(network(set));
    plain = run(plain, networks);
    rng.shuffle(networks);
    shuffled = run(shuffled, networks);
    ASSERT_EQ(plain, shuffled) << round;
    std::set<NetworkId> ids;
    for (const LedgerNetwork& one : plain.networks) EXPECT_TRUE(ids.insert(one.id).second);
    EXPECT_EQ(*parse_ledger(serialise(plain)), plain);
  }
  EXPECT_GT(plain.history.size(), 40U);
}

TEST(Ledger, EveryNetworkIsAccountedFor) {
  // Every id that ever was is either held now, or ended once by a merge or by being gone.
  Rng rng(6);
  Ledger ledger;
  for (int round = 0; round < 40; ++round) {
    std::vector<std::vector<std::uint64_t>> sets(8);
    for (std::uint64_t record = 0; record < 60; ++record) sets[rng.below(8)].push_back(record);
    std::vector<NetworkMembers> networks;
    for (std::size_t s = 0; s < 1 + rng.below(8); ++s)
      if (sets[s].size() > 1) networks.push_back(network(sets[s]));
    ledger = run(ledger, networks);
    std::map<NetworkId, int> balance;
    for (const LedgerEvent& event : ledger.history) {
      const bool begins = event.reason == LedgerReason::made || event.reason == LedgerReason::split;
      balance[event.id] += begins ? 1 : -1;
      EXPECT_TRUE(balance[event.id] == 0 || balance[event.id] == 1);
    }
    std::size_t n_held = 0;
    for (const auto& [one, count] : balance) n_held += static_cast<std::size_t>(count);
    EXPECT_EQ(n_held, ledger.networks.size());
  }
}

TEST(Ledger, ShortenedOrForeignBytesAreAnError) {
  const std::string bytes = serialise(run({}, {network({1, 2, 3})}));
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    const auto parsed = parse_ledger(std::string_view(bytes).substr(0, n));
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code(), ErrorCode::casework_damaged_ledger);
  }
  EXPECT_FALSE(parse_ledger(bytes + "x"));
  std::string huge = bytes;
  for (std::size_t i = 12; i < 20; ++i) huge[i] = '\x7f';  // the number of networks
  EXPECT_FALSE(parse_ledger(huge));
}

TEST(Ledger, AHiddenCompartmentDoesNotChangeAnotherViewsIds) {
  namespace fs = std::filesystem;
  std::string name = (fs::temp_directory_path() / "ovillo_ledger_XXXXXX").string();
  const fs::path root = ::mkdtemp(name.data());
  const auto ids_seen = [&](const std::string& folder, bool hidden) {
    auto workspace = *storage::Workspace::create(root / folder, kKey);
    View seen;
    seen.compartments = {1};
    View all;
    all.compartments = {1, 2};
    std::string out;
    const auto run_view = [&](const View& view, const std::vector<NetworkMembers>& networks) {
      const Ledger before = *load_ledger(workspace, view);
      const Ledger after = carry_on(before, networks, workspace.id_key());
      auto transaction = *workspace.begin();
      EXPECT_TRUE(store_ledger(transaction, view, workspace.id_key(), after));
      EXPECT_TRUE(transaction.commit());
      if (view == seen) out += serialise(after);
    };
    if (hidden) run_view(all, {network({1, 2, 90, 91}), network({3, 4, 92})});
    run_view(seen, {network({1, 2}), network({3, 4})});
    if (hidden) {
      run_view(all, {network({1, 2, 3, 4, 90, 91, 92})});
      run_view(seen, {network({1, 2}), network({3, 4})});  // a run that changes nothing here
      out.erase(0, out.size() / 2);
    }
    run_view(seen, {network({1, 2, 3, 4, 5})});
    return out;
  };
  EXPECT_EQ(ids_seen("with", true), ids_seen("without", false));
  fs::remove_all(root);
}

}  // namespace
}  // namespace ovillo::casework
