// Rows become numbers, keys propose pairs, the model judges them, the strongest pair joins first.
#include "ovillo/resolve/tables.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <tuple>
#include <utility>

#include "ovillo/base/parallel.hpp"
#include "ovillo/resolve/internal/candidates.hpp"
#include "ovillo/resolve/internal/clusters.hpp"
#include "ovillo/resolve/internal/evidence.hpp"
#include "ovillo/resolve/internal/standing.hpp"

namespace ovillo::resolve {

namespace {

using internal::Candidates;
using internal::Clusters;
using internal::Evidence;
using internal::Judge;
using internal::Pair;
using internal::PartRows;
using internal::Standing;

class Linkage {
 public:
  Linkage(const PartRows& rows, const Judge& judge, const Standing& standing, bool between_only)
      : rows_(rows), judge_(judge), standing_(standing), between_only_(between_only) {}

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
                               !judge_.may_reach(a, b, equal, both, standing_.needed()))
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
    if (evidence.sum < standing_.needed() || !standing_.has_voices(evidence)) return;
    out.push_back({std::min(a, b), std::max(a, b), evidence.sum});
  }

  const PartRows& rows_;
  const Judge& judge_;
  const Standing& standing_;
  bool between_only_;
};

constexpr std::array<std::string_view, 8> kOutcomeNames = {
    "stands",     "judged_same", "judged_not_same", "judged_unsure",
    "too_little", "one_family",  "relatives",       "ruled_out"};

}  // namespace

std::span<const std::string_view> names(PairOutcome) { return kOutcomeNames; }

Result<Matches> match_rows(std::span<const PartTable> tables, const MatchOptions& options) {
  OVILLO_CHECK(internal::check_tables(tables));
  const PartRows rows(tables);
  const MatchModel model = internal::model_for(rows, options);
  Candidates candidates(rows, model, options.pairs_per_row);
  const Judge judge(rows, model);
  const Standing standing(rows, judge, options.margin_quarter_bits);
  const Linkage linkage(rows, judge, standing, options.between_tables_only);
  const auto pairs = linkage.pairs(candidates);
  Matches out;
  for (const Pair& p : pairs) {
    const Evidence evidence = judge.judge(p.a, p.b);
    out.a.push_back(p.a);
    out.b.push_back(p.b);
    out.quarter_bits.push_back(p.sum);
    out.relatives_quarter_bits.push_back(-evidence.relatives);
    internal::add_reasons(rows, evidence, out.reason);
    out.reasons.close_row(out.reason.size());
  }
  out.model = model;
  out.needed_quarter_bits = standing.needed();
  Clusters clusters(rows, judge, pairs, options.judgements);
  out.cluster = clusters.labels();
  out.contradicted = clusters.contradicted();
  return out;
}

Result<PairReport> explain_pair(std::span<const PartTable> tables, std::uint32_t a, std::uint32_t b,
                                const MatchOptions& options) {
  OVILLO_CHECK(internal::check_tables(tables));
  const PartRows rows(tables);
  if (a >= rows.size() || b >= rows.size() || a == b) return Error(ErrorCode::resolve_no_such_row);
  const MatchModel model = internal::model_for(rows, options);
  const Judge judge(rows, model);
  const Evidence evidence = judge.judge(a, b);
  PairReport out;
  internal::add_reasons(rows, evidence, out.reasons);
  out.quarter_bits = evidence.sum;
  const Standing standing(rows, judge, options.margin_quarter_bits);
  out.needed_quarter_bits = standing.needed();
  out.relatives_quarter_bits = -evidence.relatives;
  out.outcome = standing.outcome(a, b, evidence);
  for (const RowJudgement& j : options.judgements) {
    if (std::min(a, b) != std::min(j.a, j.b) || std::max(a, b) != std::max(j.a, j.b)) continue;
    out.outcome = j.verdict == Verdict::same       ? PairOutcome::judged_same
                  : j.verdict == Verdict::not_same ? PairOutcome::judged_not_same
                                                   : PairOutcome::judged_unsure;
  }
  return out;
}

}  // namespace ovillo::resolve
