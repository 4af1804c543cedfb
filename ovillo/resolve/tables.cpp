// Rows become numbers, keys propose pairs, the model judges them, the strongest pair joins first.
#include "ovillo/resolve/tables.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <tuple>
#include <utility>

#include "ovillo/base/parallel.hpp"
#include "ovillo/graph/union_find.hpp"
#include "ovillo/resolve/internal/candidates.hpp"
#include "ovillo/resolve/internal/evidence.hpp"
#include "ovillo/resolve/internal/learn.hpp"

namespace ovillo::resolve {

namespace {

using internal::Candidates;
using internal::Evidence;
using internal::Judge;
using internal::kNoLevel;
using internal::kPerBit;
using internal::PartRows;

/// Families that count as one voice.
enum class Family : std::uint8_t { name, birth_date, contact, document, address, other };
constexpr std::array<Family, kParts> kFamily = {
    Family::name,    Family::name,    Family::name,     Family::name,    Family::birth_date,
    Family::contact, Family::contact, Family::document, Family::contact, Family::contact,
    Family::name,    Family::address, Family::address,  Family::address, Family::address,
    Family::other,   Family::other,   Family::other};

/// A family speaks for a pair with at least this much.
constexpr std::int32_t kVoice = 3 * kPerBit;

/// How many families speak for the pair.
int n_voices(const PartRows& rows, const Evidence& evidence) {
  std::array<std::int32_t, 6> family{};
  for (std::size_t c = 0; c < rows.parts().size(); ++c)
    family[static_cast<std::size_t>(kFamily[index_of(rows.parts()[c])])] += evidence.weight[c];
  return static_cast<int>(std::count_if(family.begin(), family.end(),
                                        [](std::int32_t bits) { return bits >= kVoice; }));
}

struct Pair {
  std::uint32_t a;
  std::uint32_t b;
  std::int32_t sum;
};

class Linkage {
 public:
  Linkage(const PartRows& rows, const Judge& judge, std::int32_t threshold, bool between_only)
      : rows_(rows), judge_(judge), threshold_(threshold), between_only_(between_only) {}

  /// Pairs that stand, ascending by (a, b).
  [[nodiscard]] std::vector<Pair> pairs(Candidates& candidates) const {
    std::vector<Pair> all;
    for (std::size_t k = 0; k < candidates.n_keys(); ++k) {
      const auto entries = candidates.entries(k);
      constexpr std::size_t kGrain = 4096;
      std::vector<std::vector<Pair>> part(entries.size() / kGrain + 1);
      parallel_for(entries.size(), kGrain, [&](std::size_t begin, std::size_t end) {
        candidates.pairs(k, entries, begin, end, true,
                         [&](std::uint32_t a, std::uint32_t b, std::uint32_t equal) {
                           const auto both = candidates.stated(a) & candidates.stated(b);
                           if (!rows_.has_more(a) && !rows_.has_more(b) &&
                               !judge_.may_reach(a, b, equal, both, threshold_))
                             return;
                           look_at(a, b, part[begin / kGrain]);
                         });
      });
      for (const auto& p : part) all.insert(all.end(), p.begin(), p.end());
    }
    for (const auto& [a, b] : candidates.pairs_of_more_values()) look_at(a, b, all);
    const auto key = [](const Pair& p) { return std::pair{p.a, p.b}; };
    parallel_sort(all, [&](const Pair& x, const Pair& y) { return key(x) < key(y); });
    all.erase(std::unique(all.begin(), all.end(),
                          [&](const Pair& x, const Pair& y) { return key(x) == key(y); }),
              all.end());
    return all;
  }

 private:
  void look_at(std::uint32_t a, std::uint32_t b, std::vector<Pair>& out) const {
    if (between_only_ && rows_.table(a) == rows_.table(b)) return;
    const Evidence evidence = judge_.judge(a, b);
    if (evidence.sum < threshold_ || n_voices(rows_, evidence) < 2) return;
    out.push_back({std::min(a, b), std::max(a, b), evidence.sum});
  }

  const PartRows& rows_;
  const Judge& judge_;
  std::int32_t threshold_;
  bool between_only_;
};

/// Joins pairs, strongest first, where the two sides go together as a whole.
class Clusters {
 public:
  Clusters(const PartRows& rows, const Judge& judge, const std::vector<Pair>& pairs)
      : rows_(rows), judge_(judge), sets_(rows.size()), members_(rows.size()) {
    find_clean_tables(pairs);
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
    find_partners(pairs);
    for (const std::uint32_t i : order)
      if (!is_torn(pairs[i])) join(pairs[i]);
  }

  [[nodiscard]] std::vector<std::uint32_t> labels() { return sets_.labels(); }

 private:
  /// Mean evidence over all pairs of two clusters, against even odds, below which one strong pair
  /// does not join them: a chain from row to row is no reason.
  static constexpr std::int64_t kLeastMean = -4 * kPerBit;
  static constexpr std::size_t kMostMembers = 64;
  static constexpr std::int32_t kNearly = 2 * kPerBit;
  /// A table of two is clean where fewer than one row in so many has its like in the same table.
  static constexpr std::size_t kCleanRows = 500;
  static constexpr std::size_t kFewRows = 200;

  void find_clean_tables(const std::vector<Pair>& pairs) {
    if (rows_.n_tables() < 2) return;
    std::array<std::size_t, 2> within{};
    for (const Pair& pair : pairs)
      if (rows_.table(pair.a) == rows_.table(pair.b)) ++within[rows_.table(pair.a)];
    const std::array<std::size_t, 2> size = {rows_.first_of_second(),
                                             rows_.size() - rows_.first_of_second()};
    for (std::size_t t = 0; t < 2; ++t)
      clean_[t] = size[t] >= kFewRows && within[t] * kCleanRows < size[t];
  }

  void find_partners(const std::vector<Pair>& pairs) {
    if (!judge_.can_rule_out()) return;
    for (const Pair& pair : pairs) {
      partners_.push_back({pair.a, pair.b, pair.sum});
      partners_.push_back({pair.b, pair.a, pair.sum});
    }
    parallel_sort(partners_, [](const Pair& x, const Pair& y) {
      return std::pair{x.a, x.b} < std::pair{y.a, y.b};
    });
  }

  /// A row that goes nearly as well with each of two that cannot be one person goes with neither:
  /// which it is would be a toss.
  [[nodiscard]] bool is_torn(const Pair& pair) const {
    const auto torn = [&](std::uint32_t row, std::uint32_t other) {
      auto at = std::lower_bound(partners_.begin(), partners_.end(), row,
                                 [](const Pair& p, std::uint32_t r) { return p.a < r; });
      for (; at != partners_.end() && at->a == row; ++at)
        if (at->sum >= pair.sum - kNearly && judge_.rules_out(at->b, other)) return true;
      return false;
    };
    return !partners_.empty() && (torn(pair.a, pair.b) || torn(pair.b, pair.a));
  }

  void join(const Pair& pair) {
    const std::uint32_t x = sets_.find(pair.a);
    const std::uint32_t y = sets_.find(pair.b);
    if (x == y || !go_together(members_of(x), members_of(y), pair)) return;
    sets_.join(x, y);
    auto& kept = members_[std::min(x, y)];
    auto& gone = members_[std::max(x, y)];
    kept.insert(kept.end(), gone.begin(), gone.end());
    gone = {};
  }

  [[nodiscard]] bool go_together(std::span<const std::uint32_t> left,
                                 std::span<const std::uint32_t> right, const Pair& pair) const {
    std::int64_t sum = 0;
    std::int64_t n_pairs = 0;
    const bool two = left.size() == 1 && right.size() == 1;
    // Of large clusters some members, evenly spread.
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

  std::span<const std::uint32_t> members_of(std::uint32_t root) {
    if (members_[root].empty()) members_[root].push_back(root);
    return members_[root];
  }

  const PartRows& rows_;
  const Judge& judge_;
  graph::UnionFind sets_;
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<Pair> partners_;   ///< each pair from both ends, ascending
  std::array<bool, 2> clean_{};  ///< per table: holds nobody twice
};

Result<void> check(std::span<const PartTable> tables) {
  bool any = false;
  for (const PartTable& table : tables) {
    for (const PartColumn& column : table.columns) {
      any = true;
      if (column.value.size() != table.size()) return Error(ErrorCode::resolve_ragged_table);
    }
  }
  if (!any) return Error(ErrorCode::resolve_no_columns);
  return {};
}

MatchModel learnt(const PartRows& rows, const MatchOptions& options) {
  const Candidates candidates(rows, general_model(), options.pairs_per_row);
  return learn(rows, candidates, general_model());
}

}  // namespace

Result<MatchModel> learn_model(std::span<const PartTable> tables, const MatchOptions& options) {
  OVILLO_CHECK(check(tables));
  return learnt(PartRows(tables), options);
}

Result<Matches> match_rows(std::span<const PartTable> tables, const MatchOptions& options) {
  OVILLO_CHECK(check(tables));
  const PartRows rows(tables);
  const MatchModel model = options.model != nullptr ? *options.model : learnt(rows, options);
  Candidates candidates(rows, model, options.pairs_per_row);
  const Judge judge(rows, model);
  const std::int32_t threshold = judge.even_odds() + options.margin_quarter_bits;
  const Linkage linkage(rows, judge, threshold, options.between_tables_only);
  const auto pairs = linkage.pairs(candidates);
  Matches out;
  for (const Pair& p : pairs) {
    const Evidence evidence = judge.judge(p.a, p.b);
    out.a.push_back(p.a);
    out.b.push_back(p.b);
    out.quarter_bits.push_back(p.sum);
    out.relatives_quarter_bits.push_back(-evidence.relatives);
    for (std::size_t c = 0; c < rows.parts().size(); ++c)
      if (evidence.level[c] != kNoLevel)
        out.reason.push_back({rows.parts()[c], static_cast<Agreement>(evidence.level[c]),
                              evidence.weight[c]});
    out.reasons.close_row(out.reason.size());
  }
  out.cluster = Clusters(rows, judge, pairs).labels();
  return out;
}

}  // namespace ovillo::resolve
