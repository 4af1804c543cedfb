#include "ovillo/release/discrete_gaussian.hpp"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

namespace ovillo::release {
namespace {

NoiseKey key_of(std::uint8_t first) {
  NoiseKey key;
  key.bytes[0] = first;
  return key;
}

/// Chi-square over the values that are expected 20 times and more, and how many of them there are.
std::pair<double, int> chi_square(const std::map<std::int64_t, int>& drawn, int n_draws,
                                  const auto& weight) {
  constexpr std::int64_t kFar = 4000;
  constexpr double kEnough = 20;
  double all = 0;
  for (std::int64_t x = -kFar; x <= kFar; ++x) all += weight(x);
  double sum = 0;
  int n_values = 0;
  for (std::int64_t x = -kFar; x <= kFar; ++x) {
    const double expected = n_draws * weight(x) / all;
    if (expected < kEnough) continue;
    const auto found = drawn.find(x);
    const double apart = (found == drawn.end() ? 0 : found->second) - expected;
    sum += apart * apart / expected;
    ++n_values;
  }
  return {sum, n_values};
}

/// Above the 99.99 % point of the chi-square distribution (Wilson and Hilferty).
double bound(int n) {
  constexpr double kZ = 3.72;
  const double f = 2.0 / (9.0 * n);
  return n * std::pow(1 - f + kZ * std::sqrt(f), 3);
}

TEST(DiscreteGaussian, HasTheDistributionItsNameSays) {
  constexpr int kDraws = 100'000;
  for (const Ratio variance : {Ratio{1, 8}, Ratio{1, 1}, Ratio{25, 4}, Ratio{40'000, 1}}) {
    RandomBits bits(key_of(7), variance.over);
    std::map<std::int64_t, int> drawn;
    for (int i = 0; i < kDraws; ++i) ++drawn[discrete_gaussian(variance, bits)];
    const auto [sum, n] = chi_square(drawn, kDraws, [&](std::int64_t x) {
      return std::exp(-static_cast<double>(x * x) / (2 * variance.value()));
    });
    EXPECT_LT(sum, bound(n)) << "variance " << variance.value() << ", " << n << " values";
  }
}

TEST(DiscreteLaplace, HasTheDistributionItsNameSays) {
  constexpr int kDraws = 100'000;
  for (const Ratio scale : {Ratio{1, 2}, Ratio{3, 1}, Ratio{7, 2}}) {
    RandomBits bits(key_of(9), scale.over);
    std::map<std::int64_t, int> drawn;
    for (int i = 0; i < kDraws; ++i) ++drawn[discrete_laplace(scale, bits)];
    const auto [sum, n] = chi_square(drawn, kDraws, [&](std::int64_t x) {
      return std::exp(-std::abs(static_cast<double>(x)) / scale.value());
    });
    EXPECT_LT(sum, bound(n)) << "scale " << scale.value();
  }
}

TEST(DiscreteGaussian, IsTheSameForTheSameKeyAndStreamOnly) {
  const auto drawn = [](std::uint8_t key, std::uint64_t stream) {
    RandomBits bits(key_of(key), stream);
    std::vector<std::int64_t> out;
    for (int i = 0; i < 20; ++i) out.push_back(discrete_gaussian({10'000, 1}, bits));
    return out;
  };
  EXPECT_EQ(drawn(1, 0), drawn(1, 0));
  EXPECT_NE(drawn(1, 0), drawn(2, 0));
  EXPECT_NE(drawn(1, 0), drawn(1, 1));
}

TEST(Ratio, IsNeverBelowWhatWasAskedFor) {
  for (const double value : {1e-9, 0.3, 1.0, 17.77, 123456.789})
    EXPECT_GE(ratio_not_below(value).value(), value);
}

}  // namespace
}  // namespace ovillo::release
