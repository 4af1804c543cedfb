#include "ovillo/release/cell_key.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace ovillo::release {
namespace {

void expect_row(const std::vector<Move>& row, const std::vector<Move>& golden) {
  ASSERT_GE(row.size(), golden.size());
  for (std::size_t m = 0; m < golden.size(); ++m) {
    EXPECT_EQ(row[m].by, golden[m].by);
    EXPECT_NEAR(row[m].chance, golden[m].chance, 1e-5) << "move by " << row[m].by;
  }
}

// Of the package ptable 1.0.0.
TEST(NoiseTable, EqualsThePackage) {
  const auto two = noise_table({2, 1, 0});
  ASSERT_TRUE(two) << two.error().message();
  ASSERT_EQ(two->size(), 3U);
  expect_row((*two)[1], {{-1, .36648551}, {0, .3664855}, {1, .16757247}, {2, .09945652}});
  expect_row((*two)[2],
             {{-2, .06382714}, {-1, .24469145}, {0, .38296282}, {1, .24469145}, {2, .06382714}});

  const auto five = noise_table({5, 3, 2});
  ASSERT_TRUE(five) << five.error().message();
  ASSERT_EQ(five->size(), 8U);
  expect_row((*five)[1],
             {{-1, .73446954}, {2, .13672019}, {3, .07279631}, {4, .03742956}, {5, .0185844}});
  expect_row((*five)[2], {{-2, .40880704}, {1, .40664354}, {2, .14762401}, {3, .03231882}});
  expect_row((*five)[4], {{-4, .08485487}, {-1, .27792123}, {0, .27792124}, {1, .18939369}});
  expect_row((*five)[5], {{-5, .02014749}, {-2, .17334747}, {-1, .22063301}, {0, .22131829}});
}

TEST(NoiseTable, EveryRowAddsUpAndDoesNotDrift) {
  for (const NoiseRule rule : {NoiseRule{2, 1, 0}, {5, 3, 2}, {10, 2, 1}, {50, 30, 4}}) {
    const auto table = noise_table(rule);
    ASSERT_TRUE(table) << table.error().message();
    for (std::size_t count = 0; count < table->size(); ++count) {
      double sum = 0;
      double mean = 0;
      double variance = 0;
      for (const Move& one : (*table)[count]) {
        const auto moved = static_cast<std::int64_t>(count) + one.by;
        EXPECT_GE(moved, 0);
        EXPECT_TRUE(moved == 0 || moved > rule.smallest_shown || count == 0);
        sum += one.chance;
        mean += one.chance * one.by;
        variance += one.chance * one.by * one.by;
      }
      EXPECT_NEAR(sum, 1, 1e-9);
      EXPECT_NEAR(mean, 0, 1e-8);
      EXPECT_LE(variance, rule.variance + 1e-8);
    }
  }
}

TEST(NoiseTable, RulesThatCannotBeAreRefused) {
  EXPECT_FALSE(noise_table({0, 1, 0}));
  EXPECT_FALSE(noise_table({5, 0, 0}));
  EXPECT_FALSE(noise_table({5, std::nan(""), 0}));
  EXPECT_FALSE(noise_table({2, 1, 2}));
  EXPECT_FALSE(noise_table({5, 0.1, 4}));  // one must become 0 or 5 and more: too far for a tenth
}

TEST(MoveOf, FollowsTheChances) {
  const auto table = *noise_table({2, 1, 0});
  EXPECT_EQ(move_of(table, 0, 0.9), 0);
  EXPECT_EQ(move_of(table, 1, 0.0), -1);
  EXPECT_EQ(move_of(table, 1, 0.36), -1);
  EXPECT_EQ(move_of(table, 1, 0.37), 0);
  EXPECT_EQ(move_of(table, 1, 0.999999), 2);
  EXPECT_EQ(move_of(table, 1000, 0.5), 0);
}

}  // namespace
}  // namespace ovillo::release
