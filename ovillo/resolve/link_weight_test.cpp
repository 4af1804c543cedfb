#include "ovillo/resolve/link_weight.hpp"

#include <array>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"

namespace ovillo::resolve {
namespace {

struct Weighed {
  const char* what;
  Tie tie;
  TieCounts counts;
  std::int32_t low;  ///< quarter bits
  std::int32_t high;
};

constexpr EntityKind kText = EntityKind::template_;
constexpr EntityKind kPhone = EntityKind::phone;
constexpr EntityKind kAccount = EntityKind::account;

class TieWeight : public ::testing::TestWithParam<Weighed> {};

TEST_P(TieWeight, LiesWhereTheCaseAsksForIt) {
  const Weighed& w = GetParam();
  const std::int32_t bits = tie_quarter_bits(w.tie, w.counts);
  EXPECT_GE(bits, w.low) << w.what;
  EXPECT_LE(bits, w.high) << w.what;
}

// At 8 quarter bits a link counts towards networks, at 24 it counts in full.
INSTANTIATE_TEST_SUITE_P(
    Cases, TieWeight,
    ::testing::Values(
        Weighed{"phone and text in ten adverts", Tie::seen, {10, 10, 10, 2, kPhone, kText}, 32, 40},
        Weighed{
            "one of six phones under one text", Tie::seen, {5, 5, 30, 2, kPhone, kText}, 20, 30},
        Weighed{"footer of 300 hands", Tie::seen, {3, 3, 900, 3, kPhone, kPhone}, -99, 0},
        Weighed{"footer of 30 hands", Tie::seen, {3, 3, 90, 3, kPhone, kPhone}, -99, 7},
        Weighed{"phone in two texts", Tie::seen, {1, 2, 10, 2, kPhone, kText}, 8, 16},
        Weighed{"a fifth of a phone's adverts", Tie::seen, {2, 10, 4, 3, kPhone, kText}, 8, 16},
        Weighed{"once together out of ten", Tie::seen, {1, 10, 10, 2, kPhone, kPhone}, 1, 7},
        Weighed{"payer of nine phones", Tie::paid, {4, 4, 38, 3, kPhone, kAccount}, 20, 30},
        Weighed{"payment service", Tie::paid, {1, 1, 900, 2, kPhone, kAccount}, -99, 0},
        Weighed{"one transfer", Tie::moved, {1, 1, 1, 2, kAccount, kAccount}, 1, 7},
        Weighed{
            "ten transfers and no others", Tie::moved, {10, 10, 10, 2, kAccount, kAccount}, 12, 16},
        Weighed{"landlord of two", Tie::moved, {10, 10, 20, 2, kAccount, kAccount}, 1, 7},
        Weighed{"accountant of thirty", Tie::moved, {3, 3, 90, 2, kAccount, kAccount}, -99, 0},
        Weighed{
            "a person's own phone", Tie::owned, {1, 1, 1, 2, EntityKind::person, kPhone}, 40, 48},
        Weighed{"phone of thirty persons",
                Tie::owned,
                {1, 1, 30, 2, EntityKind::person, kPhone},
                -99,
                7},
        Weighed{"one relation of ten",
                Tie::stated,
                {1, 10, 10, 2, EntityKind::person, EntityKind::person},
                8,
                16},
        Weighed{"one name in a list of forty", Tie::seen, {1, 1, 1, 40, kPhone, kPhone}, 1, 15}));

TEST(TieWeight, IsTheSameFromEitherSide) {
  Rng rng(41);
  for (int i = 0; i < 2000; ++i) {
    TieCounts c;
    c.n_ab = static_cast<std::uint32_t>(1 + rng.below(50));
    c.n_a = c.n_ab + static_cast<std::uint32_t>(rng.below(200));
    c.n_b = c.n_ab + static_cast<std::uint32_t>(rng.below(200));
    // Which of two equally common ones lends the allowance does not matter unless one is a text.
    if (c.n_a == c.n_b) ++c.n_b;
    c.kind_a = rng.below(2) == 0 ? kText : kPhone;
    c.crowd = static_cast<std::uint32_t>(2 + rng.below(60));
    TieCounts mirrored = c;
    std::swap(mirrored.n_a, mirrored.n_b);
    std::swap(mirrored.kind_a, mirrored.kind_b);
    for (std::size_t t = 0; t < kTies; ++t)
      EXPECT_EQ(tie_quarter_bits(static_cast<Tie>(t), c),
                tie_quarter_bits(static_cast<Tie>(t), mirrored));
  }
}

TEST(TieWeight, FallsAsEitherSideGetsCommoner) {
  for (std::size_t t = 0; t < kTies; ++t) {
    for (std::uint32_t n_ab = 1; n_ab < 20; n_ab += 6) {
      TieCounts c;
      c.n_ab = n_ab;
      c.n_b = 50;
      c.n_a = n_ab;
      std::int32_t before = 1 << 20;
      for (; c.n_a < 5000; c.n_a += 7) {
        const std::int32_t now = tie_quarter_bits(static_cast<Tie>(t), c);
        EXPECT_LE(now, before);
        before = now;
      }
    }
  }
}

TEST(CombinedWeight, IsTheStrongestAndABitForEachOtherKindAboveChance) {
  EXPECT_EQ(combined_quarter_bits(std::array<std::int32_t, 5>{0, 0, -3, 0, 0}), 0);
  EXPECT_EQ(combined_quarter_bits(std::array<std::int32_t, 5>{9, 0, -3, 0, 0}), 9);
  EXPECT_EQ(combined_quarter_bits(std::array<std::int32_t, 5>{9, 12, -3, 0, 1}), 20);
}

}  // namespace
}  // namespace ovillo::resolve
