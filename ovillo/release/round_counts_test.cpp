#include "ovillo/release/round_counts.hpp"

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"

namespace ovillo::release {
namespace {

CountTable table_of(std::vector<std::size_t> sizes, std::uint64_t below) {
  std::vector<Dimension> dimensions;
  for (std::size_t d = 0; d < sizes.size(); ++d) {
    Dimension& one =
        dimensions.emplace_back(Dimension{std::string(1, static_cast<char>('a' + d)), {}});
    for (std::size_t v = 0; v < sizes[d]; ++v) one.values.push_back(std::to_string(v));
  }
  CountTable out(std::move(dimensions));
  Rng rng(11);
  for (std::size_t c = 0; c < out.size(); ++c)
    if (out.is_inner(c)) out.add(out.values_of(c), rng.below(below));
  return out;
}

std::vector<double> draws(const CountTable& table, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<double> out;
  for (std::size_t c = 0; c < table.size(); ++c)
    out.push_back(static_cast<double>(rng.below(1U << 30)) / (1U << 30));
  return out;
}

TEST(RoundCounts, GivesMultiplesLessThanABaseAway) {
  const CountTable table = table_of({5, 4, 3}, 23);
  for (const RoundingWay way :
       {RoundingWay::nearest, RoundingWay::random, RoundingWay::controlled}) {
    const Rounding rounded = round_counts(table, {5, way}, draws(table, 1));
    for (std::size_t c = 0; c < table.size(); ++c) {
      EXPECT_EQ(rounded.value[c] % 5, 0U);
      EXPECT_LT(rounded.value[c] > table.count(c) ? rounded.value[c] - table.count(c)
                                                  : table.count(c) - rounded.value[c],
                5U);
      if (table.count(c) % 5 == 0) {
        EXPECT_EQ(rounded.value[c], table.count(c));
      }
    }
  }
}

TEST(RoundCounts, ControlledAlwaysAddsUpInTwoDimensions) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const CountTable table = table_of({12, 9}, 3 + seed);
    EXPECT_EQ(round_counts(table, {5, RoundingWay::controlled}, draws(table, seed)).n_disagreeing,
              0U);
    EXPECT_GT(round_counts(table, {5, RoundingWay::random}, draws(table, seed)).n_disagreeing, 0U);
  }
}

TEST(RoundCounts, ControlledAddsUpInThreeDimensionsWhereItCan) {
  const CountTable table = table_of({6, 5, 2}, 9);
  EXPECT_EQ(round_counts(table, {3, RoundingWay::controlled}, draws(table, 3)).n_disagreeing, 0U);
}

TEST(RoundCounts, RandomIsRightOnAverage) {
  const CountTable table = table_of({3, 3}, 30);
  std::vector<double> sum(table.size(), 0);
  constexpr int kTimes = 4000;
  for (int i = 0; i < kTimes; ++i) {
    const Rounding one =
        round_counts(table, {5, RoundingWay::random}, draws(table, static_cast<std::uint64_t>(i)));
    for (std::size_t c = 0; c < table.size(); ++c) sum[c] += static_cast<double>(one.value[c]);
  }
  for (std::size_t c = 0; c < table.size(); ++c)
    EXPECT_NEAR(sum[c] / kTimes, static_cast<double>(table.count(c)), 0.2);
}

TEST(RoundCounts, NearestGoesUpFromTheMiddle) {
  CountTable table({{"a", {"x", "y"}}});
  table.add(std::vector<std::size_t>{0}, 5);
  table.add(std::vector<std::size_t>{1}, 14);
  const Rounding rounded =
      round_counts(table, {10, RoundingWay::nearest}, std::vector<double>(3, 0.5));
  EXPECT_EQ(rounded.value, (std::vector<std::uint64_t>{10, 10, 20}));
}

}  // namespace
}  // namespace ovillo::release
