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
#include "ovillo/resolve/internal/learn.hpp"

namespace ovillo::resolve {

namespace {

using internal::Candidates;
using internal::Clusters;
using internal::Evidence;
using internal::Judge;
using internal::kNoLevel;
using internal::kPerBit;
using internal::Pair;
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

/// How many families must speak for a pair: two, but for lists of things that are known by their
/// description alone.
int needed_voices(const PartRows& rows) {
  const bool things = std::all_of(rows.parts().begin(), rows.parts().end(), [](Part part) {
    return kFamily[index_of(part)] == Family::other;
  });
  return things ? 1 : 2;
}

/// How many families speak for the pair.
int n_voices(const PartRows& rows, const Evidence& evidence) {
  std::array<std::int32_t, 6> family{};
  for (std::size_t c = 0; c < rows.parts().size(); ++c)
    family[static_cast<std::size_t>(kFamily[index_of(rows.parts()[c])])] += evidence.weight[c];
  return static_cast<int>(std::count_if(family.begin(), family.end(),
                                        [](std::int32_t bits) { return bits >= kVoice; }));
}

class Linkage {
 public:
  Linkage(const PartRows& rows, const Judge& judge, std::int32_t threshold, bool between_only)
      : rows_(rows),
        judge_(judge),
        threshold_(threshold),
        between_only_(between_only),
        voices_(needed_voices(rows)) {}

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
    if (evidence.sum < threshold_ || n_voices(rows_, evidence) < voices_) return;
    out.push_back({std::min(a, b), std::max(a, b), evidence.sum});
  }

  const PartRows& rows_;
  const Judge& judge_;
  std::int32_t threshold_;
  bool between_only_;
  int voices_;
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

void add_reasons(const PartRows& rows, const Evidence& evidence, std::vector<Reason>& out) {
  for (std::size_t c = 0; c < rows.parts().size(); ++c)
    if (evidence.level[c] != kNoLevel)
      out.push_back(
          {rows.parts()[c], static_cast<Agreement>(evidence.level[c]), evidence.weight[c]});
}

MatchModel learnt(const PartRows& rows, const MatchOptions& options) {
  const Candidates candidates(rows, general_model(), options.pairs_per_row);
  return learn(rows, candidates, general_model());
}

constexpr std::array<std::string_view, 8> kOutcomeNames = {
    "stands",     "judged_same", "judged_not_same", "judged_unsure",
    "too_little", "one_family",  "relatives",       "ruled_out"};

}  // namespace

std::span<const std::string_view> names(PairOutcome) { return kOutcomeNames; }

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
    add_reasons(rows, evidence, out.reason);
    out.reasons.close_row(out.reason.size());
  }
  out.model = model;
  Clusters clusters(rows, judge, pairs, options.judgements);
  out.cluster = clusters.labels();
  out.contradicted = clusters.contradicted();
  return out;
}

Result<PairReport> explain_pair(std::span<const PartTable> tables, std::uint32_t a, std::uint32_t b,
                                const MatchOptions& options) {
  OVILLO_CHECK(check(tables));
  const PartRows rows(tables);
  if (a >= rows.size() || b >= rows.size() || a == b) return Error(ErrorCode::resolve_no_such_row);
  const MatchModel model = options.model != nullptr ? *options.model : learnt(rows, options);
  const Judge judge(rows, model);
  const Evidence evidence = judge.judge(a, b);
  PairReport out;
  add_reasons(rows, evidence, out.reasons);
  out.quarter_bits = evidence.sum;
  out.needed_quarter_bits = judge.even_odds() + options.margin_quarter_bits;
  out.relatives_quarter_bits = -evidence.relatives;
  const bool enough = evidence.sum >= out.needed_quarter_bits;
  out.outcome = !enough && evidence.sum + evidence.relatives >= out.needed_quarter_bits
                    ? PairOutcome::relatives
                : !enough                                        ? PairOutcome::too_little
                : n_voices(rows, evidence) < needed_voices(rows) ? PairOutcome::one_family
                : judge.rules_out(a, b)                          ? PairOutcome::ruled_out
                                                                 : PairOutcome::stands;
  for (const RowJudgement& j : options.judgements) {
    if (std::min(a, b) != std::min(j.a, j.b) || std::max(a, b) != std::max(j.a, j.b)) continue;
    out.outcome = j.verdict == Verdict::same       ? PairOutcome::judged_same
                  : j.verdict == Verdict::not_same ? PairOutcome::judged_not_same
                                                   : PairOutcome::judged_unsure;
  }
  return out;
}

}  // namespace ovillo::resolve
