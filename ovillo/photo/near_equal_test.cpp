#include "ovillo/photo/near_equal.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"

namespace ovillo::photo {
namespace {

Likeness random_likeness(Rng& rng) { return {{rng.next(), rng.next(), rng.next(), rng.next()}}; }

Likeness flipped(Likeness likeness, int begin, int n) {
  for (int i = begin; i < begin + n; ++i)
    likeness.words[static_cast<std::size_t>(i / 64)] ^= std::uint64_t{1} << (i % 64);
  return likeness;
}

// A likeness at exactly `bits` from another, the bits spread over all sixteenths: what an index by
// sixteenths finds hardest.
Likeness spread(Likeness likeness, int bits, Rng& rng) {
  std::vector<int> order(256);
  for (int i = 0; i < 256; ++i) order[static_cast<std::size_t>(i)] = i;
  rng.shuffle(order);
  std::stable_sort(order.begin(), order.end(), [](int a, int b) { return a % 16 < b % 16; });
  for (int i = 0; i < bits; ++i)
    likeness = flipped(likeness, 16 * (order[static_cast<std::size_t>(i)] % 16) + i / 16 % 16, 1);
  return likeness;
}

TEST(NearEqual, JoinsUpToThirtyOneBitsAndNotBeyond) {
  Rng rng(1);
  for (int round = 0; round < 40; ++round) {
    const Likeness a = random_likeness(rng);
    for (const int bits : {0, 1, 16, 30, 31, 32, 40}) {
      std::vector<int> order(256);
      for (int i = 0; i < 256; ++i) order[static_cast<std::size_t>(i)] = i;
      rng.shuffle(order);
      Likeness b = a;
      for (int i = 0; i < bits; ++i) b = flipped(b, order[static_cast<std::size_t>(i)], 1);
      ASSERT_EQ(distance(a, b), bits);
      const auto group = near_equal(std::vector{a, b});
      EXPECT_EQ(group[0] == group[1], bits <= 31) << bits;
      EXPECT_EQ(group[0], bits <= 31 ? std::min(a, b) : a);
    }
  }
}

TEST(NearEqual, FindsTwoBitsInEverySixteenthButOne) {
  Rng rng(2);
  const Likeness a = random_likeness(rng);
  Likeness b = a;
  for (int band = 0; band < 16; ++band) b = flipped(b, 16 * band + band % 14, band == 7 ? 1 : 2);
  ASSERT_EQ(distance(a, b), 31);
  const auto group = near_equal(std::vector{a, b});
  EXPECT_EQ(group[0], group[1]);
}

TEST(NearEqual, IsThatOfComparingEachWithEach) {
  Rng rng(3);
  std::vector<Likeness> all;
  for (int family = 0; family < 150; ++family) {
    const Likeness one = random_likeness(rng);
    for (std::uint64_t k = 0; k <= rng.below(5); ++k)
      all.push_back(spread(one, static_cast<int>(rng.below(18)), rng));
  }
  const auto group = near_equal(all);
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < all.size(); ++j)
      EXPECT_EQ(group[i] == group[j],
                distance(all[i], all[j]) <= 62 ? distance(all[i], all[j]) <= 36 : false)
          << distance(all[i], all[j]);
}

TEST(NearEqual, DoesNotDependOnOrderCopiesOrThreads) {
  Rng rng(4);
  std::vector<Likeness> all = {random_likeness(rng)};
  for (int i = 1; i < 300; ++i) all.push_back(spread(all.back(), 20, rng));  // a chain
  for (int i = 0; i < 300; ++i) all.push_back(i % 3 == 0 ? random_likeness(rng) : all.back());
  std::map<Likeness, Likeness> first;
  const auto group = near_equal(all);
  for (std::size_t i = 0; i < all.size(); ++i) first[all[i]] = group[i];
  for (const unsigned threads : {1U, 3U}) {
    set_thread_count(threads);
    rng.shuffle(all);
    const auto again = near_equal(all);
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(again[i], first[all[i]]);
  }
  set_thread_count(0);
}

TEST(NearEqual, CutsAChainThatRunsAway) {
  Rng rng(5);
  std::vector<Likeness> chain = {random_likeness(rng)};
  for (int i = 1; i < 12; ++i) chain.push_back(flipped(chain.back(), 20 * i, 15));
  const auto group = near_equal(chain);
  EXPECT_NE(group.front(), group.back());
  for (std::size_t i = 0; i < chain.size(); ++i) EXPECT_LE(distance(chain[i], group[i]), kNearBits);
}

TEST(NearEqual, IsUntouchedByWhatLiesElsewhere) {
  Rng rng(6);
  std::vector<Likeness> all;
  for (int i = 0; i < 50; ++i) {
    all.push_back(random_likeness(rng));
    all.push_back(spread(all.back(), 10, rng));
  }
  const auto before = near_equal(all);
  std::vector<Likeness> more = all;
  for (int i = 0; i < 2000; ++i) more.push_back(random_likeness(rng));
  const auto after = near_equal(more);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
}

// A crowd goes through those who stand in front; it must still come out as one.
TEST(NearEqual, HoldsTheVariantsOfAStockPictureTogether) {
  Rng rng(7);
  const Likeness stock = random_likeness(rng);
  std::vector<Likeness> all;
  all.reserve(20'000);
  for (int i = 0; i < 20'000; ++i)
    all.push_back(spread(stock, static_cast<int>(rng.below(24)), rng));
  const auto group = near_equal(all);
  for (const Likeness& one : group) EXPECT_EQ(one, group.front());
}

TEST(NearEqual, OfNothingIsNothing) { EXPECT_TRUE(near_equal({}).empty()); }

}  // namespace
}  // namespace ovillo::photo
