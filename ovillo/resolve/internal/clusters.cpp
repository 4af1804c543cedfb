#include "ovillo/resolve/internal/clusters.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "ovillo/base/parallel.hpp"

namespace ovillo::resolve::internal {

namespace {

/// Mean evidence over all pairs of two clusters, against even odds, below which one strong pair
/// does not join them: a chain from row to row is no reason.
constexpr std::int64_t kLeastMean = -4 * kPerBit;
/// Of larger clusters so many members speak for all.
constexpr std::size_t kMostMembers = 64;
constexpr std::int32_t kNearly = 2 * kPerBit;
/// A table is clean where fewer than one row in so many has its like in the same table.
constexpr std::size_t kCleanRows = 500;
constexpr std::size_t kFewRows = 200;

using Ends = std::pair<std::uint32_t, std::uint32_t>;

}  // namespace

Clusters::Clusters(const PartRows& rows, const Judge& judge, const std::vector<Pair>& pairs,
                   std::span<const RowJudgement> judgements)
    : rows_(rows), judge_(judge), sets_(rows.size()), members_(rows.size()) {
  follow(judgements);
  find_clean_tables(pairs);
  find_partners(pairs);
  std::vector<std::uint32_t> order(pairs.size());
  std::iota(order.begin(), order.end(), 0U);
  // Ties by what the rows state, so that the order of the rows does not matter.
  const auto key = [&](std::uint32_t i) {
    const std::uint64_t x = rows.content(pairs[i].a);
    const std::uint64_t y = rows.content(pairs[i].b);
    return std::tuple{std::min(x, y), std::max(x, y), i};
  };
  parallel_sort(order, [&](std::uint32_t x, std::uint32_t y) {
    return pairs[x].sum != pairs[y].sum ? pairs[x].sum > pairs[y].sum : key(x) < key(y);
  });
  for (const std::uint32_t i : order)
    if (!is_torn(pairs[i])) join(pairs[i]);
}

/// What a person said comes first: "not the same" before "same", so that a contradiction leaves
/// two apart rather than together.
void Clusters::follow(std::span<const RowJudgement> judgements) {
  for (const RowJudgement& j : judgements) {
    if (j.verdict == Verdict::same || j.verdict == Verdict::taken_back) continue;
    auto& list = j.verdict == Verdict::not_same ? apart_ : unsure_;
    list.emplace_back(j.a, j.b);
    list.emplace_back(j.b, j.a);
  }
  std::sort(apart_.begin(), apart_.end());
  std::sort(unsure_.begin(), unsure_.end());
  for (const RowJudgement& j : judgements) {
    if (j.verdict != Verdict::same) continue;
    const std::uint32_t x = sets_.find(j.a);
    const std::uint32_t y = sets_.find(j.b);
    if (x == y) continue;
    if (judged_apart(members_of(x), y))
      contradicted_.push_back(j);
    else
      unite(x, y);
  }
}

void Clusters::find_clean_tables(const std::vector<Pair>& pairs) {
  clean_.assign(rows_.n_tables(), false);
  if (rows_.n_tables() < 2) return;
  std::vector<std::size_t> within(rows_.n_tables());
  for (const Pair& pair : pairs)
    if (rows_.table(pair.a) == rows_.table(pair.b)) ++within[rows_.table(pair.a)];
  for (std::size_t t = 0; t < clean_.size(); ++t)
    clean_[t] = rows_.table_size(t) >= kFewRows && within[t] * kCleanRows < rows_.table_size(t);
}

void Clusters::find_partners(const std::vector<Pair>& pairs) {
  if (!judge_.can_rule_out()) return;
  for (const Pair& pair : pairs) {
    partners_.push_back({pair.a, pair.b, pair.sum});
    partners_.push_back({pair.b, pair.a, pair.sum});
  }
  parallel_sort(partners_,
                [](const Pair& x, const Pair& y) { return Ends{x.a, x.b} < Ends{y.a, y.b}; });
}

/// A row that goes nearly as well with each of two that cannot be one person goes with neither:
/// which it is would be a toss.
bool Clusters::is_torn(const Pair& pair) const {
  const auto torn = [&](std::uint32_t row, std::uint32_t other) {
    auto at = std::lower_bound(partners_.begin(), partners_.end(), row,
                               [](const Pair& p, std::uint32_t r) { return p.a < r; });
    for (; at != partners_.end() && at->a == row; ++at)
      if (at->sum >= pair.sum - kNearly && judge_.rules_out(at->b, other)) return true;
    return false;
  };
  return !partners_.empty() && (torn(pair.a, pair.b) || torn(pair.b, pair.a));
}

bool Clusters::judged_apart(std::span<const std::uint32_t> left, std::uint32_t right_root) {
  if (apart_.empty()) return false;
  return std::any_of(left.begin(), left.end(), [&](std::uint32_t l) {
    auto at = std::lower_bound(apart_.begin(), apart_.end(), Ends{l, 0});
    for (; at != apart_.end() && at->first == l; ++at)
      if (sets_.find(at->second) == right_root) return true;
    return false;
  });
}

void Clusters::join(const Pair& pair) {
  const std::uint32_t x = sets_.find(pair.a);
  const std::uint32_t y = sets_.find(pair.b);
  if (x == y || judged_apart(members_of(x), y) ||
      std::binary_search(unsure_.begin(), unsure_.end(), Ends{pair.a, pair.b}) ||
      !go_together(members_of(x), members_of(y), pair))
    return;
  unite(x, y);
}

void Clusters::unite(std::uint32_t x, std::uint32_t y) {
  members_of(x);
  members_of(y);
  sets_.join(x, y);
  auto& kept = members_[std::min(x, y)];
  auto& gone = members_[std::max(x, y)];
  kept.insert(kept.end(), gone.begin(), gone.end());
  gone = {};
}

bool Clusters::go_together(std::span<const std::uint32_t> left,
                           std::span<const std::uint32_t> right, const Pair& pair) const {
  std::int64_t sum = 0;
  std::int64_t n_pairs = 0;
  const bool two = left.size() == 1 && right.size() == 1;
  const std::size_t step_l = left.size() / kMostMembers + 1;
  const std::size_t step_r = right.size() / kMostMembers + 1;
  for (std::size_t i = 0; i < left.size(); i += step_l)
    for (std::size_t j = 0; j < right.size(); j += step_r) {
      const std::uint32_t l = left[i];
      const std::uint32_t r = right[j];
      if (rows_.table(l) == rows_.table(r) && clean_[rows_.table(l)]) return false;
      if (judge_.rules_out(l, r)) return false;
      sum += (two ? pair.sum : judge_.judge(l, r).sum) - judge_.even_odds();
      ++n_pairs;
    }
  return sum >= kLeastMean * n_pairs;
}

std::span<const std::uint32_t> Clusters::members_of(std::uint32_t root) {
  if (members_[root].empty()) members_[root].push_back(root);
  return members_[root];
}

}  // namespace ovillo::resolve::internal
