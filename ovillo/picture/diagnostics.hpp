// What a reader must see before a figure: how the table is, how the figure moves, how often such
// intervals are right.
//
// Source: Binette and Steorts 2022 (internal consistency); Whitehead et al. 2019 and Sharifi Far et
// al. 2021 (lists left out and merged); Ding and Fienberg 1994 (links that were missed).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/picture/estimate.hpp"

namespace ovillo::picture {

struct TableHealth {
  double n_observed = 0;
  double on_two_or_more = 0;
  std::vector<double> list_size;
  std::uint64_t n_pairs = 0;
  std::vector<Term> empty_pairs;            ///< lists that share nobody
  std::uint64_t n_triples_overlapping = 0;  ///< three lists, each two of which share somebody
  std::uint64_t n_triples_sharing = 0;      ///< three lists with somebody on all of them
  std::uint64_t cells_of_one = 0;
  std::uint64_t cells_below_five = 0;  ///< and above 0: publishing them may tell of persons
};

TableHealth table_health(const OverlapTable& table);

/// A figure for a variant of the table or of the method; empty where none exists.
struct Variant {
  std::string what;
  std::optional<double> total;
};

/// The total with the tie of all lists at once at -1, -0.5, 0, 0.5 and 1.
std::vector<Variant> ties_of_all(const OverlapTable& table, double hidden);
/// The stepwise total without each list; lists of fewer than three leave nothing to say.
std::vector<Variant> without_each_list(const OverlapTable& table, double threshold);
/// The same with each pair of lists as one.
std::vector<Variant> with_each_pair_merged(const OverlapTable& table, double threshold);
/// The same along thresholds from none to all pairs.
std::vector<Variant> along_thresholds(const OverlapTable& table);

/// Models whose BIC is within ten of the best.
struct CloseModels {
  std::uint64_t n_models = 0;
  double least = 0;
  double greatest = 0;
};
CloseModels close_models(const Ranking& ranking);

/// On one list everybody is known: how well do the other lists find their number?
struct Consistency {
  std::string list;
  double known = 0;
  std::optional<double> estimated;
  std::optional<double> log_relative_bias;
  std::optional<bool> covered;  ///< by the 95 % interval of 200 replicates
};
std::vector<Consistency> internal_consistency(const OverlapTable& table, double threshold,
                                              std::uint64_t seed);

/// Totals of smaller samples from the table, divided by the share that was drawn: a figure that
/// still moves at the end has not settled.
struct SamplePoint {
  double share = 0;  ///< of the people observed
  std::uint64_t n_no_estimate = 0;
  double low = 0;  ///< quartiles of 100 samples; NaN: none has an estimate
  double median = 0;
  double high = 0;
};
std::vector<SamplePoint> sample_trajectory(const OverlapTable& table, double threshold,
                                           std::uint64_t seed);

/// Totals if so many links between lists had been missed or made wrongly.
struct LinkageEffect {
  double missed = 0;       ///< share of the true links that are not in the table
  double false_links = 0;  ///< share of the table's links that are wrong
  std::uint64_t n_no_estimate = 0;
  double low = 0;  ///< 2.5, 50 and 97.5 in a hundred of 200 mended tables; NaN: none
  double median = 0;
  double high = 0;
};
std::vector<LinkageEffect> linkage_effects(const OverlapTable& table, double threshold,
                                           std::uint64_t seed);
/// Sampling and such mistakes together: each of `n_draws` tables is resampled and mended.
LinkageEffect with_linkage(const OverlapTable& table, double missed, double false_links,
                           double threshold, std::uint64_t n_draws, std::uint64_t seed);
/// A table mended for such mistakes, drawn at random.
/// @param missed, false_links  at least 0, below 1.
std::vector<double> mended(const OverlapTable& table, double missed, double false_links,
                           std::uint64_t seed);

/// How often intervals held the truth in tables drawn from the fitted model.
struct Coverage {
  Method method = Method::stepwise;
  std::uint64_t n_tables = 0;
  std::uint64_t n_no_estimate = 0;
  double of_95 = 0;  ///< share of those with an estimate; nominal 0.95
  double of_80 = 0;
};
/// @param method  stepwise, bic or aic. @cost  tables times replicates estimates; in parallel.
Coverage coverage(const OverlapTable& table, const LogLinearFit& truth, Method method,
                  const Settings& settings, std::uint64_t n_tables, std::uint64_t n_replicates);

/// What the counts cannot show and somebody must state.
struct Premise {
  std::string_view key;
  std::string_view sentence;
};
std::vector<Premise> premises();

}  // namespace ovillo::picture
