#include "ovillo/release/privacy_loss.hpp"

#include <algorithm>
#include <cmath>

namespace ovillo::release {

namespace {

constexpr int kHalvings = 200;

/// The least delta at which releases of `rho` are epsilon-private.
double delta_of(double rho, double epsilon) {
  if (rho == 0) return 0;
  double low = 1.01;
  double high = std::max(low, (epsilon + 1) / (2 * rho) + 2);
  for (int i = 0; i < kHalvings; ++i) {
    const double order = (low + high) / 2;
    const double slope = (2 * order - 1) * rho - epsilon + std::log1p(-1 / order);
    (slope < 0 ? low : high) = order;
  }
  const double order = (low + high) / 2;
  const double log_delta =
      (order - 1) * (order * rho - epsilon) + order * std::log1p(-1 / order) - std::log(order - 1);
  return std::min(1.0, std::exp(log_delta));
}

}  // namespace

double rho_of(double epsilon, double delta) {
  double low = 0;
  double high = epsilon + 1;
  for (int i = 0; i < kHalvings; ++i) {
    const double rho = (low + high) / 2;
    (delta_of(rho, epsilon) <= delta ? low : high) = rho;
  }
  return low;
}

double epsilon_of(double rho, double delta) {
  double low = 0;
  double high = rho + 2 * std::sqrt(rho * std::log(1 / delta)) + 1;
  for (int i = 0; i < kHalvings; ++i) {
    const double epsilon = (low + high) / 2;
    (delta_of(rho, epsilon) <= delta ? high : low) = epsilon;
  }
  return rho == 0 ? 0 : high;
}

double chance_of_noise(double variance, double least) {
  return std::min(1.0, std::erfc((least - 1) / std::sqrt(2 * variance)) / 2);
}

std::int64_t noise_reached(double variance, double chance) {
  std::int64_t low = 0;
  std::int64_t high = 1;
  while (chance_of_noise(variance, static_cast<double>(high)) > chance) high *= 2;
  while (high - low > 1) {
    const std::int64_t middle = (low + high) / 2;
    (chance_of_noise(variance, static_cast<double>(middle)) > chance ? low : high) = middle;
  }
  return high;
}

}  // namespace ovillo::release
