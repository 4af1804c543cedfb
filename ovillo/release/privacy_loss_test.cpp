#include "ovillo/release/privacy_loss.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace ovillo::release {
namespace {

TEST(PrivacyLoss, IsNeverMoreThanThePlainBoundSays) {
  // rho + 2 sqrt(rho ln(1/delta)) is the older, looser bound (Bun and Steinke 2016).
  for (const double rho : {0.001, 0.05, 1.0, 2.0})
    for (const double delta : {1e-9, 1e-5}) {
      const double epsilon = epsilon_of(rho, delta);
      EXPECT_LE(epsilon, rho + 2 * std::sqrt(rho * std::log(1 / delta)));
      EXPECT_GT(epsilon, 0.8 * (rho + 2 * std::sqrt(rho * std::log(1 / delta))) - 0.2);
    }
}

TEST(PrivacyLoss, OfAGaussianIsTheExactOneFromAbove) {
  // Exact: delta = F(1/2s - e s) - exp(e) F(-1/2s - e s) for noise s on a sum of sensitivity 1
  // (Balle and Wang 2018). The conversion may only claim less privacy than there is.
  const auto normal = [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; };
  for (const double s : {1.0, 2.0, 10.0}) {
    const double delta = 1e-6;
    const double claimed = epsilon_of(1 / (2 * s * s), delta);
    const double exact =
        normal(1 / (2 * s) - claimed * s) - std::exp(claimed) * normal(-1 / (2 * s) - claimed * s);
    EXPECT_LE(exact, delta);
    EXPECT_GE(exact, delta / 20);
  }
}

TEST(PrivacyLoss, GoesBothWays) {
  for (const double epsilon : {0.1, 1.0, 4.0, 12.0})
    EXPECT_NEAR(epsilon_of(rho_of(epsilon, 1e-6), 1e-6), epsilon, 1e-6);
  EXPECT_EQ(epsilon_of(0, 1e-6), 0);
}

TEST(Noise, ReachesWhatItSaysNoMoreOften) {
  for (const double variance : {0.5, 4.0, 900.0}) {
    double all = 0;
    for (int x = -2000; x <= 2000; ++x) all += std::exp(-x * x / (2 * variance));
    const std::int64_t least = noise_reached(variance, 1e-6);
    double beyond = 0;
    for (auto x = static_cast<double>(least); x <= 2000; ++x)
      beyond += std::exp(-x * x / (2 * variance));
    EXPECT_LE(beyond / all, 1e-6) << variance;
  }
}

}  // namespace
}  // namespace ovillo::release
