#include "ovillo/cluster/internal/join_hands.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ovillo/base/parallel.hpp"

namespace ovillo::cluster {

namespace {

constexpr std::uint8_t kPatience = 2;  // nearest texts of other hands until a text is left alone
constexpr unsigned kFar = 18;  // of Neighbour::kSignature: one other hand that near is enough
constexpr int kRounds = 4;     // of looking for parts of one hand that do not know each other
constexpr std::size_t kDelegates = 2;  // texts that stand for a group in these rounds

// Ascending, each once.
void sort_pairs(std::vector<Pair>& pairs) {
  parallel_sort(pairs,
                [](const Pair& x, const Pair& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

Pair pair_of(std::uint32_t s, std::uint32_t t, unsigned agree) {
  constexpr unsigned kLikely = 28;  // of Neighbour::kSignature: mostly one hand
  return {std::min(s, t), std::max(s, t), agree < kLikely ? Guess::strangers : Guess::one_hand, 0};
}

}  // namespace

std::size_t join_nearest(const Component& texts, const Surprise& surprise,
                         std::span<const NearList> near, std::span<const std::uint32_t> among,
                         const std::vector<bool>& asks, Hands& hands, std::vector<Pair>* bonds) {
  std::vector<std::uint8_t> n_strangers(among.size(), 0);
  std::vector<Pair> pairs;
  std::size_t n_joined = 0;
  for (std::size_t k = 0; k < Neighbours::kMost; ++k) {
    pairs.clear();
    for (std::size_t i = 0; i < among.size(); ++i) {
      if (!asks[i] || near[i][k] == Neighbour()) continue;
      const auto is_joined = [&](const Neighbour& x) {
        return hands.group(among[i]) == hands.group(among[x.text()]);
      };
      if (k > 0) {
        const Neighbour& last = near[i][k - 1];
        const int lost = last.agree() < kFar ? kPatience : 1;
        n_strangers[i] = static_cast<std::uint8_t>(is_joined(last) ? 0 : n_strangers[i] + lost);
      }
      if (n_strangers[i] >= kPatience) continue;
      const Neighbour& next = near[i][k];
      if (!is_joined(next)) pairs.push_back(pair_of(among[i], among[next.text()], next.agree()));
    }
    sort_pairs(pairs);
    weigh(texts, surprise, pairs);
    if (bonds != nullptr)
      std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(*bonds),
                   [](const Pair& p) { return p.margin >= 0; });
    n_joined += hands.join(pairs);
  }
  return n_joined;
}

void join_parts(const Component& texts, const Surprise& surprise,
                std::span<const std::uint32_t> among,
                const std::function<const Signature&(std::uint32_t)>& signature_of, Hands& hands) {
  std::vector<std::size_t> size_before(texts.size(), 0);  // of the group of each root
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::uint32_t> delegates;
    for (const std::uint32_t t : among) {
      const auto& members = hands.members(t);  // empty but at roots
      for (std::size_t k = 0; k < std::min(members.size(), kDelegates); ++k)
        delegates.push_back(members[k]);
    }
    std::sort(delegates.begin(), delegates.end());
    std::vector<bool> grew(delegates.size());
    for (std::size_t i = 0; i < delegates.size(); ++i) {
      const std::uint32_t root = hands.group(delegates[i]);
      grew[i] = hands.members(root).size() > size_before[root];
    }
    for (const std::uint32_t t : among) size_before[t] = hands.members(t).size();
    std::vector<Signature> signatures;
    signatures.reserve(delegates.size());
    for (const std::uint32_t t : delegates) signatures.push_back(signature_of(t));
    const Neighbours near(std::move(signatures), delegates);
    if (join_nearest(texts, surprise, near.lists(), delegates, grew, hands) == 0) return;
  }
}

}  // namespace ovillo::cluster
