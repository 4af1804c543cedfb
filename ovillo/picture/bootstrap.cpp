#include "ovillo/picture/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/picture/internal/normal.hpp"
#include "ovillo/picture/internal/random.hpp"

namespace ovillo::picture {

namespace {

constexpr double kTie = 1e-9;
constexpr double kReplicatesBeyond = 10;
constexpr std::array<double, 3> kLevels = {0.80, 0.90, 0.95};

/// a, from the estimates with one person fewer in each pattern.
double acceleration_of(const std::vector<double>& without, const std::vector<double>& weight) {
  double n = 0;
  double mean = 0;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    if (std::isnan(without[i])) continue;
    n += weight[i];
    mean += weight[i] * without[i];
  }
  if (n <= 0) return 0;
  mean /= n;
  double squares = 0;
  double cubes = 0;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    if (std::isnan(without[i])) continue;
    const double r = mean - without[i];
    squares += weight[i] * r * r;
    cubes += weight[i] * r * r * r;
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

}  // namespace

double quantile(const std::vector<double>& sorted, double p) {
  const auto n = static_cast<double>(sorted.size());
  const double at = (n + 1.0 / 3) * p + 1.0 / 3;
  const double whole = std::floor(at + 4 * std::numeric_limits<double>::epsilon());
  const double part = std::max(0.0, at - whole);
  const auto value = [&](double i) {
    return sorted[static_cast<std::size_t>(std::clamp(i, 1.0, n)) - 1];
  };
  return value(whole) + part * (value(whole + 1) - value(whole));
}

void draw_table(std::span<const double> shares, double n, std::uint64_t seed,
                std::span<double> count) {
  Rng rng(seed);
  double share_left = std::accumulate(shares.begin(), shares.end(), 0.0);
  auto left = static_cast<std::uint64_t>(n);
  for (std::size_t p = 0; p < shares.size(); ++p) {
    count[p] = 0;
    if (shares[p] <= 0 || left == 0) continue;
    const std::uint64_t here =
        shares[p] >= share_left ? left : internal::binomial(rng, left, shares[p] / share_left);
    count[p] = static_cast<double>(here);
    left -= here;
    share_left -= shares[p];
  }
  // What rounding of the shares left over belongs to the last cell that has any.
  for (std::size_t p = shares.size(); left > 0 && p-- > 0;)
    if (shares[p] > 0) {
      count[p] += static_cast<double>(left);
      left = 0;
    }
}

Replicates resample(const OverlapTable& table, std::uint64_t n_replicates, std::uint64_t seed) {
  Replicates out;
  out.n_cells = table.count.size();
  out.count.resize(n_replicates * out.n_cells);
  const double n = table.n_observed();
  parallel_for(n_replicates, 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r)
      draw_table(table.count, n, mix64(seed) + r,
                 std::span(out.count).subspan(r * out.n_cells, out.n_cells));
  });
  return out;
}

Bootstrap bca_of(double estimate, std::vector<double> totals, const std::vector<double>& without,
                 const std::vector<double>& weight) {
  Bootstrap out;
  out.totals = std::move(totals);
  std::vector<double> sorted;
  for (const double total : out.totals)
    if (!std::isnan(total)) sorted.push_back(total);
  out.n_no_estimate = out.totals.size() - sorted.size();
  out.acceleration = acceleration_of(without, weight);
  if (sorted.empty()) {
    for (std::size_t i = 0; i < kLevels.size(); ++i) {
      constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
      out.bca[i] = {kLevels[i], kNone, kNone, kNone, kNone, false, false};
    }
    return out;
  }
  std::sort(sorted.begin(), sorted.end());
  double below = 0;
  for (const double total : sorted) {
    const bool tie = std::abs(total - estimate) <= kTie * estimate;
    out.n_ties += tie;
    below += !tie && total < estimate;
  }
  const auto n = static_cast<double>(sorted.size());
  // With no replicate on one side the correction has no value; half a one stands for it.
  out.bias_correction = internal::normal_quantile(std::clamp(below / n, 0.5 / n, 1 - 0.5 / n));
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    Interval& interval = out.bca[i];
    interval.level = kLevels[i];
    const auto level = [&](double p) {
      const double z = out.bias_correction + internal::normal_quantile(p);
      return internal::normal_below(out.bias_correction + z / (1 - out.acceleration * z));
    };
    interval.level_low = level((1 - kLevels[i]) / 2);
    interval.level_high = level((1 + kLevels[i]) / 2);
    interval.low = quantile(sorted, interval.level_low);
    interval.high = quantile(sorted, interval.level_high);
    interval.sure_low = interval.level_low * n >= kReplicatesBeyond;
    interval.sure_high = (1 - interval.level_high) * n >= kReplicatesBeyond;
  }
  return out;
}

Bootstrap bootstrap(const OverlapTable& table, double estimate, const Replicates& replicates,
                    const MakeTotalOf& make) {
  std::vector<double> totals(replicates.size());
  parallel_for(replicates.size(), 64, [&](std::size_t begin, std::size_t end) {
    const TotalOf total_of = make();
    for (std::size_t r = begin; r < end; ++r) totals[r] = total_of(replicates[r]);
  });
  std::vector<double> without;
  std::vector<double> weight;
  const TotalOf total_of = make();
  std::vector<double> fewer = table.count;
  for (std::size_t p = 1; p < table.count.size(); ++p) {
    if (table.count[p] <= 0) continue;
    fewer[p] -= 1;
    without.push_back(total_of(fewer));
    weight.push_back(table.count[p]);
    fewer[p] += 1;
  }
  return bca_of(estimate, std::move(totals), without, weight);
}

}  // namespace ovillo::picture
