// An interval from resampled tables, the whole choice of a model repeated on each.
//
// Source: Efron 1987 (BCa); the weighted jackknife of Chan, Silverman and Vincent 2021.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "ovillo/picture/overlap_table.hpp"

namespace ovillo::picture {

/// Total of people for counts by pattern; NaN: no estimate exists.
using TotalOf = std::function<double(std::span<const double>)>;
/// Makes one for a thread of its own: it may keep room between calls.
using MakeTotalOf = std::function<TotalOf()>;

struct Interval {
  double level = 0.95;
  double low = 0;
  double high = 0;
  /// Shares of replicates below the ends. With fewer than ten replicates beyond one the end rests
  /// on too few and is not to be quoted.
  double level_low = 0;
  double level_high = 0;
  bool sure_low = true;
  bool sure_high = true;
};

struct Bootstrap {
  std::vector<double> totals;  ///< per replicate; NaN: no estimate
  std::uint64_t n_no_estimate = 0;
  std::uint64_t n_ties = 0;    ///< replicates equal to the estimate, within one in 10^9
  double acceleration = 0;     ///< a
  double bias_correction = 0;  ///< z0
  /// 80, 90 and 95 in a hundred; NaN where no replicate has an estimate.
  std::array<Interval, 3> bca{};

  [[nodiscard]] const Interval& widest() const { return bca[2]; }
};

/// Tables drawn from the observed shares, as many people as were observed. The same for a seed,
/// whatever the threads. @cost  2 us a replicate of five lists.
Replicates resample(const OverlapTable& table, std::uint64_t n_replicates, std::uint64_t seed);

/// One such table of `n` people, from numbers of its own by `seed`.
void draw_table(std::span<const double> shares, double n, std::uint64_t seed,
                std::span<double> count);

/// Interval of `estimate` from the replicates and from the table with one person fewer in each
/// pattern. @cost  a call of TotalOf per replicate and pattern; in parallel.
Bootstrap bootstrap(const OverlapTable& table, double estimate, const Replicates& replicates,
                    const MakeTotalOf& make);

/// The same from totals that are there: per replicate, and per pattern of `weight` with one person
/// fewer (NaN is passed over).
Bootstrap bca_of(double estimate, std::vector<double> totals, const std::vector<double>& without,
                 const std::vector<double>& weight);

/// Quantile of type 8 (Hyndman and Fan). @param sorted  ascending, not empty.
double quantile(const std::vector<double>& sorted, double p);

}  // namespace ovillo::picture
