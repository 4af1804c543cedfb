#include "ovillo/picture/chains.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/picture/internal/random.hpp"
#include "ovillo/picture/latent_classes.hpp"
#include "ovillo/picture/test_tables.hpp"
#include "ovillo/picture/thresholded.hpp"

namespace ovillo::picture {
namespace {

std::vector<std::vector<double>> chains_around(const std::vector<double>& middles, double keeps) {
  Rng rng(5);
  std::vector<std::vector<double>> out;
  for (const double middle : middles) {
    double x = 0;
    auto& chain = out.emplace_back();
    for (int i = 0; i < 4000; ++i) {
      x = keeps * x + std::sqrt(1 - keeps * keeps) * internal::normal(rng);
      chain.push_back(1000 * std::exp(middle + 0.1 * x));
    }
  }
  return out;
}

TEST(Chains, IndependentDrawsAreMixedAndCountInFull) {
  const Draws draws = summed_up(chains_around({0, 0, 0, 0}, 0), 1);
  EXPECT_TRUE(draws.mixing.mixed);
  EXPECT_NEAR(draws.mixing.r_hat, 1, 0.002);
  EXPECT_NEAR(draws.mixing.effective_draws, 16000, 2500);
  EXPECT_NEAR(draws.median, 1000, 10);
  EXPECT_NEAR(draws.low, 1000 * std::exp(-0.196), 15);
}

TEST(Chains, SlowChainsCountForLess) {
  // A chain that keeps 0.9 of where it was is worth (1 - 0.9) / (1 + 0.9) of its draws.
  const Draws draws = summed_up(chains_around({0, 0, 0, 0}, 0.9), 1);
  EXPECT_NEAR(draws.mixing.effective_draws, 16000 / 19.0, 300);
}

TEST(Chains, ChainsOnDifferentModesAreNotMixed) {
  const Draws draws = summed_up(chains_around({0, 0, 0, 1}, 0), 1);
  EXPECT_FALSE(draws.mixing.mixed);
  EXPECT_GT(draws.mixing.r_hat, 2);
}

TEST(Chains, AChainThatNeverMovesIsNotMixed) {
  EXPECT_FALSE(
      summed_up({std::vector<double>(100, 7.0), std::vector<double>(100, 7.0)}, 0).mixing.mixed);
}

// Of the package, 10,000 draws: 12,400 (11,061 to 14,240) and five pairs.
TEST(Thresholded, AgreesWithThePackage) {
  const Thresholded result = estimate_thresholded(united_kingdom(), 1);
  EXPECT_TRUE(result.draws.mixing.mixed);
  EXPECT_NEAR(result.draws.median, 12400, 0.01 * 12400);
  EXPECT_NEAR(result.draws.low, 11061, 0.02 * 11061);
  EXPECT_NEAR(result.draws.high, 14240, 0.02 * 14240);
  EXPECT_EQ(model_name(united_kingdom(), result.retained), "LA:NG LA:PFNCA NG:GP PFNCA:GP GO:GP");
}

TEST(Thresholded, IsTheSameForASeed) {
  ThresholdedSettings few;
  few.n_draws = 200;
  EXPECT_EQ(estimate_thresholded(korea(), 3, few).draws.chain,
            estimate_thresholded(korea(), 3, few).draws.chain);
  EXPECT_NE(estimate_thresholded(korea(), 3, few).draws.chain,
            estimate_thresholded(korea(), 4, few).draws.chain);
}

// Of the package, four chains: 138 (124 to 204) and 1,830 (1,304 to 3,024).
TEST(LatentClasses, AgreeWithThePackageWhereTheyMix) {
  const Draws korean = estimate_latent_classes(korea(), 1);
  EXPECT_TRUE(korean.mixing.mixed);
  EXPECT_NEAR(korean.median, 138, 2);
  const Draws western = estimate_latent_classes(western_states(), 1);
  EXPECT_TRUE(western.mixing.mixed);
  EXPECT_NEAR(western.median, 1830, 0.05 * 1830);
  EXPECT_NEAR(western.high, 3024, 0.08 * 3024);
}

TEST(Random, DistributionsHaveTheirMeansAndVariances) {
  Rng rng(11);
  constexpr int kDraws = 40000;
  const auto check = [&](const auto& draw, double mean, double variance) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < kDraws; ++i) {
      const double x = draw();
      sum += x;
      squares += x * x;
    }
    const double found = sum / kDraws;
    EXPECT_NEAR(found, mean, 5 * std::sqrt(variance / kDraws));
    EXPECT_NEAR(squares / kDraws - found * found, variance, 0.05 * variance);
  };
  using namespace internal;
  check([&] { return normal(rng); }, 0, 1);
  check([&] { return gamma(rng, 0.3); }, 0.3, 0.3);
  check([&] { return gamma(rng, 40); }, 40, 40);
  check([&] { return beta(rng, 2, 5); }, 2.0 / 7, 10.0 / (49 * 8));
  check([&] { return static_cast<double>(binomial(rng, 20, 0.2)); }, 4, 3.2);
  check([&] { return static_cast<double>(binomial(rng, 1000, 0.7)); }, 700, 210);
  check([&] { return static_cast<double>(poisson(rng, 3)); }, 3, 3);
  check([&] { return static_cast<double>(poisson(rng, 500)); }, 500, 500);
  EXPECT_NEAR(log_factorial(5), std::log(120), 1e-13);
  EXPECT_NEAR(log_factorial(5000), std::lgamma(5001.0), 1e-9);
}

}  // namespace
}  // namespace ovillo::picture
