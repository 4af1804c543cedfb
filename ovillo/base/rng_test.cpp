#include "ovillo/base/rng.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ovillo {
namespace {

using testing::ElementsAre;

// Computed by a second implementation of xoshiro256**, in Python.
TEST(Rng, GivesTheSameNumbersOnEveryMachine) {
  Rng zero(0);
  EXPECT_EQ(zero.next(), 0x1a70a846bd9cc2a9ULL);
  EXPECT_EQ(zero.next(), 0x6a0ef250cd2b9e80ULL);
  EXPECT_EQ(zero.next(), 0x61325a7589c2ff27ULL);
  Rng dated(20260101);
  EXPECT_EQ(dated.next(), 0xb2b868d0b305b035ULL);
  std::vector<std::uint64_t> digits;
  for (Rng one(1); digits.size() < 8;) digits.push_back(one.below(10));
  EXPECT_THAT(digits, ElementsAre(7, 0, 1, 8, 6, 6, 9, 6));
}

TEST(Rng, BelowIsEven) {
  Rng rng(3);
  std::array<int, 7> count{};
  for (int i = 0; i < 70'000; ++i) ++count[rng.below(7)];
  for (const int n : count) EXPECT_NEAR(n, 10'000, 400);  // four standard deviations
}

TEST(Rng, BetweenReachesBothEnds) {
  Rng rng(4);
  std::array<int, 3> count{};
  for (int i = 0; i < 300; ++i) {
    const std::int64_t n = rng.between(-1, 1);
    ASSERT_GE(n, -1);
    ASSERT_LE(n, 1);
    ++count[static_cast<std::size_t>(n + 1)];
  }
  EXPECT_TRUE(std::all_of(count.begin(), count.end(), [](int n) { return n > 50; }));
  EXPECT_EQ(rng.between(5, 5), 5);
}

TEST(Rng, BetweenTakesTheWholeRange) {
  Rng rng(5);
  constexpr auto kLow = std::numeric_limits<std::int64_t>::min();
  constexpr auto kHigh = std::numeric_limits<std::int64_t>::max();
  int negative = 0;
  for (int i = 0; i < 1000; ++i) negative += rng.between(kLow, kHigh) < 0 ? 1 : 0;
  EXPECT_NEAR(negative, 500, 80);
}

TEST(Rng, ChanceIsPerMille) {
  Rng rng(6);
  int hits = 0;
  for (int i = 0; i < 100'000; ++i) hits += rng.chance_per_mille(250) ? 1 : 0;
  EXPECT_NEAR(hits, 25'000, 600);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(rng.chance_per_mille(0));
    EXPECT_TRUE(rng.chance_per_mille(1000));
  }
}

TEST(Rng, ShuffleIsAPermutationAndFixedBySeed) {
  std::vector<int> items(50);
  std::iota(items.begin(), items.end(), 0);
  std::vector<int> first = items;
  std::vector<int> again = items;
  Rng(7).shuffle(first);
  Rng(7).shuffle(again);
  EXPECT_EQ(first, again);
  EXPECT_NE(first, items);
  std::sort(first.begin(), first.end());
  EXPECT_EQ(first, items);
}

TEST(Rng, PicksFromAnythingWithASize) {
  Rng rng(8);
  constexpr std::array<std::string_view, 2> kTowns = {"Gent", "Porto"};
  int gent = 0;
  for (int i = 0; i < 1000; ++i) gent += rng.pick(kTowns) == "Gent" ? 1 : 0;
  EXPECT_NEAR(gent, 500, 80);
  EXPECT_EQ(rng.pick(std::span(kTowns).subspan(1)), "Porto");
}

}  // namespace
}  // namespace ovillo
