#include "ovillo/picture/thresholded.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/picture/internal/newton.hpp"
#include "ovillo/picture/internal/random.hpp"

namespace ovillo::picture {

namespace {

using internal::Cells;
using internal::kMostColumns;

/// Of intercept and main effects: as good as flat.
constexpr double kFlatPrecision = 1e-4;

using Vector = std::array<double, kMostColumns>;

/// The posterior of one model: value and slope, and its shape at the top.
class Target {
 public:
  Target(const OverlapTable& table, std::span<const Term> pairs, double prior_variance)
      : n_cells_(table.count.size()) {
    std::copy(table.count.begin(), table.count.end(), count_.begin());
    count_above_ = count_;
    internal::sum_above(count_above_, n_cells_);
    const auto add = [&](Term column, double precision) {
      column_[k_] = column;
      precision_[k_++] = precision;
    };
    add(0, kFlatPrecision);
    for (std::size_t l = 0; l < table.n_lists(); ++l) add(1U << l, kFlatPrecision);
    for (const Term pair : pairs) add(pair, 1 / prior_variance);
    find_top();
  }

  [[nodiscard]] std::size_t size() const { return k_; }

  /// Log posterior at top + factor z, and its slope in z.
  double at(const Vector& z, Vector& slope) const {
    Vector beta = top_;
    for (std::size_t r = 0; r < k_; ++r)
      for (std::size_t c = 0; c <= r; ++c) beta[r] += factor_[r][c] * z[c];
    Vector raw;
    const double value = at_beta(beta, raw, nullptr);
    for (std::size_t c = 0; c < k_; ++c) {
      slope[c] = 0;
      for (std::size_t r = c; r < k_; ++r) slope[c] += factor_[r][c] * raw[r];
    }
    return value;
  }
  [[nodiscard]] double coefficient(const Vector& z, std::size_t r) const {
    double sum = top_[r];
    for (std::size_t c = 0; c <= r; ++c) sum += factor_[r][c] * z[c];
    return sum;
  }

 private:
  double at_beta(const Vector& beta, Vector& slope, Cells* mean_above) const {
    Cells log_mean{};
    for (std::size_t c = 0; c < k_; ++c) log_mean[column_[c]] = beta[c];
    internal::sum_below(log_mean, n_cells_);
    Cells mean;
    mean[0] = 0;
    double value = 0;
    for (std::size_t p = 1; p < n_cells_; ++p) {
      mean[p] = std::exp(std::min(log_mean[p], 300.0));
      value += count_[p] * log_mean[p] - mean[p];
    }
    internal::sum_above(mean, n_cells_);
    for (std::size_t c = 0; c < k_; ++c) {
      slope[c] = count_above_[column_[c]] - mean[column_[c]] - precision_[c] * beta[c];
      value -= 0.5 * precision_[c] * beta[c] * beta[c];
    }
    if (mean_above != nullptr) *mean_above = mean;
    return value;
  }

  /// Newton's method with halved steps: the prior keeps the top finite and the shape regular.
  void find_top() {
    const double n = std::max(count_above_[0], 1.0);
    top_.fill(0);
    top_[0] = std::log(5 * n);
    for (std::size_t c = 1; c < k_ && (column_[c] & (column_[c] - 1)) == 0; ++c)
      top_[c] = std::log(std::max(count_above_[column_[c]], 0.1) / (5 * n));
    Vector slope;
    Cells mean_above;
    double value = at_beta(top_, slope, &mean_above);
    for (int n_steps = 0; n_steps < 100; ++n_steps) {
      factorise(mean_above);
      Vector step = slope;
      // Step = V slope with V = factor factor'.
      Vector half{};
      for (std::size_t c = 0; c < k_; ++c)
        for (std::size_t r = c; r < k_; ++r) half[c] += factor_[r][c] * step[r];
      double gain = 0;
      for (std::size_t r = 0; r < k_; ++r) {
        step[r] = 0;
        for (std::size_t c = 0; c <= r; ++c) step[r] += factor_[r][c] * half[c];
        gain += half[r] * half[r];
      }
      double size = 1;
      const Vector from = top_;
      double next = value;
      for (int halving = 0; halving < 40; ++halving, size /= 2) {
        for (std::size_t c = 0; c < k_; ++c) top_[c] = from[c] + size * step[c];
        next = at_beta(top_, slope, &mean_above);
        if (next >= value) break;
      }
      value = std::max(next, value);
      if (gain < 1e-16) break;
    }
    factorise(mean_above);
  }

  /// factor_: lower triangle whose square is the inverse of the curvature.
  void factorise(const Cells& mean_above) {
    // Of the reversed curvature, so that the inverse of its factor, reversed, is a lower triangle.
    std::array<Vector, kMostColumns> h{};
    const auto reversed = [&](std::size_t i) { return k_ - 1 - i; };
    for (std::size_t r = 0; r < k_; ++r)
      for (std::size_t c = 0; c <= r; ++c) {
        const std::size_t a = reversed(r);
        const std::size_t b = reversed(c);
        double sum = mean_above[column_[a] | column_[b]] + (a == b ? precision_[a] : 0);
        for (std::size_t x = 0; x < c; ++x) sum -= h[r][x] * h[c][x];
        h[r][c] = r == c ? std::sqrt(std::max(sum, 1e-12)) : sum / h[c][c];
      }
    // Column by column of the inverse.
    for (std::size_t c = 0; c < k_; ++c) {
      Vector z{};
      for (std::size_t r = c; r < k_; ++r) {
        double sum = r == c ? 1 : 0;
        for (std::size_t x = c; x < r; ++x) sum -= h[r][x] * z[x];
        z[r] = sum / h[r][r];
      }
      // inverse(h)[r][c], transposed and reversed.
      for (std::size_t r = 0; r < k_; ++r) factor_[reversed(c)][reversed(r)] = r >= c ? z[r] : 0;
    }
  }

  std::size_t n_cells_;
  std::size_t k_ = 0;
  Cells count_{};
  Cells count_above_{};
  std::array<Term, kMostColumns> column_{};
  Vector precision_{};
  Vector top_{};
  std::array<Vector, kMostColumns> factor_{};
};

struct Run {
  std::vector<std::vector<double>> hidden;  ///< by chain
  std::vector<double> sum;                  ///< per coefficient, over all draws
  std::vector<double> squares;
  double accepted = 0;
  double n = 0;
};

Run run_chains(const Target& target, std::uint64_t seed, const ThresholdedSettings& settings) {
  constexpr std::uint64_t kMostLeaps = 8;
  constexpr double kWide = 2;  // starts are spread more widely than the posterior
  const std::size_t k = target.size();
  std::vector<Run> one(settings.n_chains);
  parallel_for(settings.n_chains, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t chain = begin; chain < end; ++chain) {
      Run& run = one[chain];
      run.sum.assign(k, 0);
      run.squares.assign(k, 0);
      std::vector<double>& hidden = run.hidden.emplace_back();
      Rng rng(mix64(seed) + chain);
      Vector z{};
      for (std::size_t c = 0; c < k; ++c) z[c] = kWide * internal::normal(rng) / std::sqrt(k);
      Vector slope{};
      double value = target.at(z, slope);
      double leap = 0.4;
      const std::uint32_t n_left_away = settings.n_draws / 5;
      for (std::uint32_t draw = 0; draw < n_left_away + settings.n_draws; ++draw) {
        Vector speed{};
        double energy = -value;
        for (std::size_t c = 0; c < k; ++c) {
          speed[c] = internal::normal(rng);
          energy += 0.5 * speed[c] * speed[c];
        }
        Vector to = z;
        Vector to_slope = slope;
        double to_value = value;
        const std::uint64_t n_leaps = 2 + rng.below(kMostLeaps - 1);
        for (std::uint64_t i = 0; i < n_leaps; ++i) {
          for (std::size_t c = 0; c < k; ++c) speed[c] += 0.5 * leap * to_slope[c];
          for (std::size_t c = 0; c < k; ++c) to[c] += leap * speed[c];
          to_value = target.at(to, to_slope);
          for (std::size_t c = 0; c < k; ++c) speed[c] += 0.5 * leap * to_slope[c];
        }
        double to_energy = -to_value;
        for (std::size_t c = 0; c < k; ++c) to_energy += 0.5 * speed[c] * speed[c];
        const bool taken = std::log(internal::uniform(rng)) < energy - to_energy;
        if (taken) {
          z = to;
          slope = to_slope;
          value = to_value;
        }
        if (draw < n_left_away) {
          // Towards four of five taken; fixed afterwards.
          leap = std::clamp(leap * (taken ? 1.02 : 0.92), 0.02, 0.9);
          continue;
        }
        run.accepted += taken;
        run.n += 1;
        hidden.push_back(std::exp(target.coefficient(z, 0)));
        for (std::size_t r = 0; r < k; ++r) {
          const double value_of = target.coefficient(z, r);
          run.sum[r] += value_of;
          run.squares[r] += value_of * value_of;
        }
      }
    }
  });
  Run out = std::move(one[0]);
  for (std::size_t chain = 1; chain < one.size(); ++chain) {
    out.hidden.push_back(std::move(one[chain].hidden[0]));
    for (std::size_t r = 0; r < k; ++r) {
      out.sum[r] += one[chain].sum[r];
      out.squares[r] += one[chain].squares[r];
    }
    out.accepted += one[chain].accepted;
    out.n += one[chain].n;
  }
  return out;
}

/// Totals with those pairs and no others.
Draws drawn_with(const OverlapTable& table, const std::vector<Term>& pairs, std::uint64_t seed,
                 const ThresholdedSettings& settings) {
  Run run = run_chains(Target(table, pairs, settings.prior_variance), seed, settings);
  for (auto& chain : run.hidden)
    for (double& hidden : chain) hidden += table.n_observed();
  return summed_up(std::move(run.hidden), run.accepted / run.n);
}

}  // namespace

Thresholded estimate_thresholded(const OverlapTable& table, std::uint64_t seed,
                                 const ThresholdedSettings& settings) {
  const std::vector<Term> pairs = all_pairs(table.n_lists());
  const Run all = run_chains(Target(table, pairs, settings.prior_variance), seed, settings);
  Thresholded out;
  const std::size_t first = 1 + table.n_lists();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const double mean = all.sum[first + i] / all.n;
    const double variance = all.squares[first + i] / all.n - mean * mean;
    out.ratio.push_back(variance > 0 ? std::abs(mean) / std::sqrt(variance) : 0);
    if (out.ratio.back() >= settings.threshold) out.retained.push_back(pairs[i]);
  }
  out.draws = drawn_with(table, out.retained, seed + 1, settings);
  const auto distance = [&](double ratio) { return std::abs(ratio - settings.threshold); };
  const auto nearest =
      std::min_element(out.ratio.begin(), out.ratio.end(),
                       [&](double a, double b) { return distance(a) < distance(b); });
  constexpr double kNear = 0.1;
  if (nearest == out.ratio.end() || distance(*nearest) > kNear) return out;
  const Term pair = pairs[static_cast<std::size_t>(nearest - out.ratio.begin())];
  std::vector<Term> others = out.retained;
  if (std::erase(others, pair) == 0) others.push_back(pair);
  out.borderline = {pair, *nearest, drawn_with(table, others, seed + 1, settings)};
  return out;
}

}  // namespace ovillo::picture
