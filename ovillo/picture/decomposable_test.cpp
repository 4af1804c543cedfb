#include "ovillo/picture/decomposable.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "ovillo/picture/test_tables.hpp"

namespace ovillo::picture {
namespace {

TEST(Decomposable, CountsTheGraphsOfTheLiterature) {
  EXPECT_EQ(decomposable_graphs(2).size(), 2U);
  EXPECT_EQ(decomposable_graphs(3).size(), 8U);
  EXPECT_EQ(decomposable_graphs(4).size(), 61U);
  EXPECT_EQ(decomposable_graphs(5).size(), 822U);
}

// Of the package dga on every whole number up to 30 times the observed.
TEST(Decomposable, EqualsThePackageToTheInteger) {
  const Posterior korean = average_decomposable(korea());
  EXPECT_EQ(korean.low, 127);
  EXPECT_EQ(korean.median, 163);
  EXPECT_EQ(korean.high, 468);
  EXPECT_NEAR(korean.mean, 207.7700143196, 1e-8);
  EXPECT_NEAR(korean.graphs[0].probability, 0.70253367085, 1e-10);

  const Posterior british = average_decomposable(united_kingdom());
  EXPECT_EQ(british.low, 10387);
  EXPECT_EQ(british.median, 22990);
  EXPECT_EQ(british.high, 33510);
  EXPECT_NEAR(british.mean, 21282.2420812472, 1e-4);
}

TEST(Decomposable, TellsTwoPeaks) {
  EXPECT_EQ(average_decomposable(united_kingdom()).peaks.size(), 2U);
  EXPECT_EQ(average_decomposable(western_states()).peaks.size(), 1U);
}

TEST(Decomposable, ChancesAddUp) {
  const Posterior posterior = average_decomposable(western_states());
  EXPECT_NEAR(std::accumulate(posterior.chance.begin(), posterior.chance.end(), 0.0), 1, 1e-12);
  EXPECT_EQ(posterior.chance[0], 0);
}

}  // namespace
}  // namespace ovillo::picture
