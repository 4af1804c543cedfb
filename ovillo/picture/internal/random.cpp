#include "ovillo/picture/internal/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace ovillo::picture::internal {

namespace {

constexpr double kByInversion = 10;

std::uint64_t binomial_by_inversion(Rng& rng, std::uint64_t n, double p) {
  const double odds = p / (1 - p);
  double chance = std::pow(1 - p, static_cast<double>(n));
  double u = uniform(rng);
  std::uint64_t k = 0;
  while (u > chance && k < n) {
    u -= chance;
    chance *= odds * static_cast<double>(n - k) / static_cast<double>(k + 1);
    ++k;
  }
  return k;
}

/// @param p  at most a half, n p at least 10.
std::uint64_t binomial_by_rejection(Rng& rng, std::uint64_t n_whole, double p) {
  const auto n = static_cast<double>(n_whole);
  const double spread = std::sqrt(n * p * (1 - p));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double centre = n * p + 0.5;
  const double sure = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * spread;
  const double log_odds = std::log(p / (1 - p));
  const double mode = std::floor((n + 1) * p);
  const double h = log_factorial(mode) + log_factorial(n - mode);
  for (;;) {
    const double u = uniform(rng) - 0.5;
    const double v = uniform(rng);
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + centre);
    if (us >= 0.07 && v <= sure) return static_cast<std::uint64_t>(k);
    if (k < 0 || k > n) continue;
    const double height = std::log(v * alpha / (a / (us * us) + b));
    if (height <= h - log_factorial(k) - log_factorial(n - k) + (k - mode) * log_odds)
      return static_cast<std::uint64_t>(k);
  }
}

}  // namespace

double uniform(Rng& rng) { return (static_cast<double>(rng.next() >> 12) + 0.5) * 0x1p-52; }

double normal(Rng& rng) {
  // The polar method; the second number is left, so that a draw depends on nothing before it.
  for (;;) {
    const double x = 2 * uniform(rng) - 1;
    const double y = 2 * uniform(rng) - 1;
    const double r = x * x + y * y;
    if (r < 1 && r > 0) return x * std::sqrt(-2 * std::log(r) / r);
  }
}

double gamma(Rng& rng, double shape) {
  if (shape < 1) return gamma(rng, shape + 1) * std::pow(uniform(rng), 1 / shape);
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = normal(rng);
    const double v = std::pow(1 + c * x, 3);
    if (v <= 0) continue;
    if (std::log(uniform(rng)) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

double beta(Rng& rng, double a, double b) {
  const double x = gamma(rng, a);
  const double y = gamma(rng, b);
  return x + y > 0 ? x / (x + y) : 0.5;
}

std::uint64_t binomial(Rng& rng, std::uint64_t n, double p) {
  if (n == 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(rng, n, 1 - p);
  return static_cast<double>(n) * p < kByInversion ? binomial_by_inversion(rng, n, p)
                                                   : binomial_by_rejection(rng, n, p);
}

std::uint64_t poisson(Rng& rng, double mean) {
  if (mean <= 0) return 0;
  if (mean < kByInversion) {
    double chance = std::exp(-mean);
    double u = uniform(rng);
    std::uint64_t k = 0;
    while (u > chance && k < 1000) {
      u -= chance;
      chance *= mean / static_cast<double>(++k);
    }
    return k;
  }
  const double log_mean = std::log(mean);
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double sure = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const double u = uniform(rng) - 0.5;
    const double v = uniform(rng);
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= sure) return static_cast<std::uint64_t>(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (std::log(v * inverse_alpha / (a / (us * us) + b)) <= k * log_mean - mean - log_factorial(k))
      return static_cast<std::uint64_t>(k);
  }
}

double log_factorial(double n) {
  constexpr std::size_t kTable = 1024;
  static const std::array<double, kTable> table = [] {
    std::array<double, kTable> sums{};
    for (std::size_t k = 2; k < kTable; ++k)
      sums[k] = sums[k - 1] + std::log(static_cast<double>(k));
    return sums;
  }();
  if (n < static_cast<double>(kTable)) return table[static_cast<std::size_t>(n)];
  const double x = n + 1;
  const double r = 1 / (x * x);
  return (x - 0.5) * std::log(x) - x + 0.5 * std::log(2 * std::numbers::pi) +
         (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260))) / x;
}

}  // namespace ovillo::picture::internal
