#include "ovillo/picture/stepwise.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/picture/test_tables.hpp"

namespace ovillo::picture {
namespace {

// Published with the rule; all fourteen tables and every replicate are in the end-to-end test.
TEST(Stepwise, GivesThePublishedEstimates) {
  EXPECT_NEAR(*stepwise(korea()).total(), 268.777778, 1e-6);
  EXPECT_NEAR(*stepwise(united_kingdom()).total(), 11312.990289, 1e-6);
  EXPECT_NEAR(*stepwise(western_states()).total(), 2483.383920, 1e-6);
  EXPECT_EQ(model_name(western_states(), stepwise(western_states()).terms), "A:E");
  EXPECT_TRUE(stepwise(artificial()).terms.empty());
}

TEST(Stepwise, FollowsThePathOfThresholds) {
  const OverlapTable table = united_kingdom();
  EXPECT_NEAR(*stepwise(table, 0).total(), 13444.131209, 1e-6);
  EXPECT_NEAR(*stepwise(table, 0.001).total(), 13100.843293, 1e-6);
  EXPECT_NEAR(*stepwise(table, 0.01).total(), 12262.412421, 1e-6);
  EXPECT_NEAR(*stepwise(table, 1).total(), 11232.531369, 1e-6);
}

TEST(Stepwise, GivesNoFigureWithoutAMaximum) {
  // Nobody is on two lists: the more are hidden, the better it fits.
  const Chosen chosen = stepwise(table_of({"a", "b", "c"}, "100:9 010:8 001:7"));
  EXPECT_FALSE(chosen.total());
  EXPECT_EQ(chosen.fit.existence, Existence::no_maximum);
  EXPECT_TRUE(std::isnan(stepwise_total(2)()(std::vector<double>{0, 5, 5, 0})));
}

TEST(Stepwise, TheRuleOfAicGivesItsPublishedEstimatesAndProfiles) {
  const Chosen chosen = stepwise_by_aic(united_kingdom());
  EXPECT_NEAR(*chosen.total(), 11312.990289, 1e-6);
  const Interval profile = profile_interval(united_kingdom(), chosen.terms);
  EXPECT_NEAR(profile.low, 9889.1955, 0.01);
  EXPECT_NEAR(profile.high, 13063.0964, 0.01);
  EXPECT_NEAR(*stepwise_by_aic(korea()).total(), 157.166667, 1e-6);
}

TEST(Bootstrap, AccelerationIsThatOfThePackage) {
  const OverlapTable table = united_kingdom();
  const auto result = bootstrap(table, *stepwise(table).total(), resample(table, 100, 1),
                                stepwise_total(table.n_lists()));
  EXPECT_NEAR(result.acceleration, -0.01218108, 1e-8);
}

TEST(Bootstrap, IsTheSameForEveryNumberOfThreads) {
  const OverlapTable table = united_kingdom();
  std::vector<double> first;
  for (const unsigned threads : {1U, 3U}) {
    set_thread_count(threads);
    const auto result = bootstrap(table, *stepwise(table).total(), resample(table, 300, 7),
                                  stepwise_total(table.n_lists()));
    if (first.empty()) first = result.totals;
    EXPECT_EQ(result.totals, first);
  }
  set_thread_count(0);
}

TEST(Bootstrap, EndsThatRestOnTooFewReplicatesAreMarked) {
  const OverlapTable table = united_kingdom();
  const double total = *stepwise(table).total();
  const auto few = bootstrap(table, total, resample(table, 50, 1), stepwise_total(5));
  EXPECT_FALSE(few.widest().sure_low);
  const auto many = bootstrap(table, total, resample(table, 20000, 1), stepwise_total(5));
  EXPECT_TRUE(many.widest().sure_low);
  // Converged ends of 100,000 replicates of another generator: 9,274 and 15,077.
  EXPECT_NEAR(many.widest().low, 9274, 200);
  EXPECT_NEAR(many.widest().high, 15077, 400);
}

TEST(Bootstrap, CountsReplicatesWithoutAnEstimate) {
  const OverlapTable table = artificial();
  Replicates replicates{8, std::vector<double>(16, 0)};
  replicates.count[1] = 50;  // all on one list
  for (std::size_t p = 0; p < 8; ++p) replicates.count[8 + p] = table.count[p];
  const auto result = bootstrap(table, *stepwise(table).total(), replicates, stepwise_total(3));
  EXPECT_EQ(result.n_no_estimate, 1U);
  EXPECT_EQ(result.n_ties, 1U);
  EXPECT_TRUE(std::isnan(result.totals[0]));
}

TEST(Bootstrap, ResampledTablesKeepTheNumberOfPeopleAndTheShares) {
  const OverlapTable table = united_kingdom();
  const Replicates replicates = resample(table, 4000, 3);
  std::vector<double> mean(table.count.size(), 0);
  for (std::size_t r = 0; r < replicates.size(); ++r) {
    double n = 0;
    for (std::size_t p = 0; p < table.count.size(); ++p) {
      n += replicates[r][p];
      mean[p] += replicates[r][p] / static_cast<double>(replicates.size());
    }
    ASSERT_EQ(n, table.n_observed());
  }
  for (std::size_t p = 0; p < table.count.size(); ++p)
    EXPECT_NEAR(mean[p], table.count[p], 5 * std::sqrt(table.count[p] / 4000)) << p;
}

}  // namespace
}  // namespace ovillo::picture
