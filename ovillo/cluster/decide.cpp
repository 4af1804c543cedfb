#include <algorithm>
#include <numeric>
#include <vector>

#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/internal/common_pairs.hpp"
#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/folded_steps.hpp"
#include "ovillo/cluster/internal/hands.hpp"
#include "ovillo/cluster/internal/in_order.hpp"
#include "ovillo/cluster/internal/neighbours.hpp"
#include "ovillo/cluster/internal/one_hand.hpp"
#include "ovillo/cluster/internal/reasons.hpp"
#include "ovillo/cluster/internal/stock_texts.hpp"
#include "ovillo/cluster/internal/surprise.hpp"
#include "ovillo/cluster/internal/template_text.hpp"

namespace ovillo::cluster {

namespace {

constexpr std::size_t kMinWords = 4;   // as in sketch: fewer say nothing about a hand
constexpr std::uint8_t kPatience = 2;  // nearest texts of other hands until a text is left alone
constexpr unsigned kFar = 18;  // of Neighbour::kSignature: one other hand that near is enough
constexpr int kRounds = 4;     // of looking for parts of one hand that do not know each other
constexpr std::size_t kDelegates = 2;  // texts that stand for a group in these rounds

std::vector<std::uint32_t> long_enough(const Component& texts) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t t = 0; t < texts.size(); ++t)
    if (texts.words(t).size() >= kMinWords) out.push_back(t);
  return out;
}

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

// Joins every text with its nearest: the very nearest of all first, then the second of those that
// are not of one hand yet, and so on. A text that is no hand's with kPatience of its nearest is
// not compared further.
// @param asks  per text of `among`: whether it looks for others, or is only looked at.
std::size_t join_nearest(const Component& texts, const Surprise& surprise, const Neighbours& near,
                         std::span<const std::uint32_t> among, const std::vector<bool>& asks,
                         Hands& hands) {
  std::vector<std::uint8_t> n_strangers(among.size(), 0);
  std::vector<Pair> pairs;
  std::size_t n_joined = 0;
  for (std::size_t k = 0; k < Neighbours::kMost; ++k) {
    pairs.clear();
    for (std::size_t i = 0; i < among.size(); ++i) {
      if (!asks[i] || near.of(i).size() <= k) continue;
      const auto is_joined = [&](const Neighbour& x) {
        return hands.group(among[i]) == hands.group(among[x.text()]);
      };
      if (k > 0) {
        const Neighbour& last = near.of(i)[k - 1];
        const int lost = last.agree() < kFar ? kPatience : 1;
        n_strangers[i] = static_cast<std::uint8_t>(is_joined(last) ? 0 : n_strangers[i] + lost);
      }
      if (n_strangers[i] >= kPatience) continue;
      const Neighbour& next = near.of(i)[k];
      if (!is_joined(next)) pairs.push_back(pair_of(among[i], among[next.text()], next.agree()));
    }
    sort_pairs(pairs);
    weigh(texts, surprise, pairs);
    n_joined += hands.join(pairs);
  }
  return n_joined;
}

// What is known of each text of the component from its neighbours.
struct Standing {
  std::vector<std::uint32_t> n_alike;   // others that resemble it closely
  std::vector<std::uint32_t> likeness;  // agreement with its neighbours, summed
  std::vector<bool> compared;           // its bits are needed
};

// How many others resemble text i closely and in the same order, judged by the nearest.
std::uint32_t n_of_one_voice(const Component& texts, const Neighbours& near,
                             std::span<const std::uint32_t> among, std::size_t i) {
  constexpr std::uint32_t kLookedAt = 3;
  const std::uint32_t n_alike = near.n_alike(i);
  const std::uint32_t n = std::min(n_alike, kLookedAt);
  std::uint32_t n_in_order = 0;
  for (std::uint32_t k = 0; k < n; ++k)
    n_in_order +=
        in_same_order(texts.words(among[i]), texts.words(among[near.of(i)[k].text()])) ? 1 : 0;
  return n == 0 ? 0 : n_alike * n_in_order / n;
}

Standing stand(const Component& texts, const Neighbours& near,
               std::span<const std::uint32_t> among) {
  Standing out{std::vector<std::uint32_t>(texts.size(), 0),
               std::vector<std::uint32_t>(texts.size(), 0), std::vector<bool>(texts.size(), false)};
  parallel_for(among.size(), 512, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      out.n_alike[among[i]] = n_of_one_voice(texts, near, among, i);
  });
  for (std::size_t i = 0; i < among.size(); ++i) {
    const std::uint32_t t = among[i];
    for (const Neighbour& x : near.of(i)) {
      out.likeness[t] += x.agree();
      out.compared[t] = out.compared[among[x.text()]] = true;
    }
    if (texts.copies(t) > 1) out.compared[t] = true;
  }
  return out;
}

// Large hands fall into parts when every text's nearest are nearly its copies: delegates of the
// groups are compared, then those of the groups that grew, until nothing joins.
void join_parts(const Component& texts, const CommonPairs& common, const Surprise& surprise,
                std::span<const std::uint32_t> among, Hands& hands) {
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
    const Neighbours near(texts, common, delegates);
    if (join_nearest(texts, surprise, near, delegates, grew, hands) == 0) return;
  }
}

// One template per hand, written around the member most like its neighbours.
std::vector<Template> templates_of(const Component& texts, const Surprise& surprise,
                                   const Standing& standing, const Hands& hands,
                                   std::span<const std::uint32_t> roots,
                                   const Background& background) {
  std::vector<Template> out(roots.size());
  parallel_for(roots.size(), 64, [&](std::size_t begin, std::size_t end) {
    OneHand one_hand(texts, surprise);
    for (std::size_t c = begin; c < end; ++c) {
      const std::vector<std::uint32_t> alone{roots[c]};
      const auto& members = hands.members(roots[c]).empty() ? alone : hands.members(roots[c]);
      const std::uint32_t centre =
          *std::max_element(members.begin(), members.end(), [&](std::uint32_t x, std::uint32_t y) {
            return standing.likeness[x] < standing.likeness[y];
          });
      out[c] = write_template(texts, members, centre, one_hand, background);
    }
  });
  return out;
}

// @param n_raw  texts of the component as they came in.
Decision decide_component(const Component& texts, std::size_t n_raw, const Background& background) {
  const std::vector<std::uint32_t> among = long_enough(texts);
  const CommonPairs common(texts);
  const Neighbours near(texts, common, among);
  const Standing standing = stand(texts, near, among);
  const Surprise surprise(texts, standing.n_alike, standing.compared, background);

  Hands hands(texts, surprise);
  join_nearest(texts, surprise, near, among, std::vector<bool>(among.size(), true), hands);
  join_parts(texts, common, surprise, among, hands);

  Decision out;
  out.cluster.assign(n_raw, -1);
  constexpr std::int32_t kUnseen = -2;
  std::vector<std::int32_t> number(texts.size(), kUnseen);  // by root
  std::vector<std::uint32_t> roots;                         // of clusters, in their order
  for (std::size_t r = 0; r < n_raw; ++r) {
    const std::uint32_t root = hands.group(texts.text_of_raw()[r]);
    if (number[root] == kUnseen) {
      // Copies of a text are of one hand when that much could not be everybody's phrase.
      const bool one =
          hands.members(root).size() > 1 || (texts.copies(root) > 1 && standing.compared[root] &&
                                             surprise.own(root) >= asked(surprise, root, root));
      number[root] = one ? static_cast<std::int32_t>(roots.size()) : -1;
      if (one) roots.push_back(root);
    }
    out.cluster[r] = number[root];
  }
  out.templates = templates_of(texts, surprise, standing, hands, roots, background);
  out.reasons = reasons_of(texts, surprise, hands, out.cluster);
  out.stock = stock_texts(texts, surprise, standing.compared);
  return out;
}

}  // namespace

Decision decide(const Folded& folded, std::span<const std::uint32_t> rows,
                std::span<const std::string_view> raw, const Background& background) {
  return decide_component(Component(folded, rows, raw), raw.size(), background);
}

Decision decide(std::span<const std::string_view> raw, const Background& background) {
  std::vector<std::uint32_t> rows(raw.size());
  std::iota(rows.begin(), rows.end(), 0);
  return decide(Folded(raw), rows, raw, background);
}

}  // namespace ovillo::cluster
