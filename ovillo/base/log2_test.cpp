#include "ovillo/base/log2.hpp"

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"

namespace ovillo {
namespace {

TEST(Log2, IsExactForPowersOfTwo) {
  for (int i = 0; i < 64; ++i) EXPECT_EQ(log2_q16(std::uint64_t{1} << i), i * kLog2One);
}

TEST(Log2, IsCloseToTheMathsLibraryAndNeverAbove) {
  Rng rng(7);
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t x = (rng.next() >> rng.below(63)) | 1;
    const double exact = std::log2(static_cast<double>(x)) * kLog2One;
    EXPECT_LE(log2_q16(x), exact + 0.01) << x;
    EXPECT_GE(log2_q16(x), exact - 2.0) << x;
  }
}

TEST(Log2, NeverFalls) {
  for (std::uint64_t x = 1; x < 100'000; ++x) EXPECT_LE(log2_q16(x), log2_q16(x + 1)) << x;
}

TEST(Log2, RatioIsADifference) {
  EXPECT_EQ(log2_ratio_q16(8, 2), 2 * kLog2One);
  EXPECT_EQ(log2_ratio_q16(1, 4), -2 * kLog2One);
}

TEST(Exp2Quarter, IsCloseToTheMathsLibrary) {
  for (int q = 0; q <= 100; ++q) {
    const double exact = std::exp2(q / 4.0) * 16;
    EXPECT_LE(static_cast<double>(exp2_quarter_x16(q)), exact + 0.01) << q;
    EXPECT_GE(static_cast<double>(exp2_quarter_x16(q)), exact - 1.0 - exact * 1e-8) << q;
  }
  EXPECT_EQ(exp2_quarter_x16(24), 1024);
}

}  // namespace
}  // namespace ovillo
