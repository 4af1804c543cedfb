// log2 and exp2 of our own, in fixed point.
//
// Weights decide what is shown to a court, so their last bit must not depend on a maths library.
// Both functions are integer arithmetic alone: the same value on every processor and build.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace ovillo {

/// Scale of log2_q16: one bit is 65,536.
inline constexpr std::int32_t kLog2One = 1 << 16;

/// log2(x) in 1/65,536 bit, rounded down.
/// @param x  at least 1.
/// @return   in [0, 64 * 65,536); exact for powers of two, else at most 2/65,536 too low.
/// @cost     16 multiplications.
constexpr std::int32_t log2_q16(std::uint64_t x) {
  const int whole = 63 - std::countl_zero(x);
  // Mantissa in [1, 2) with 31 fraction bits; squaring it yields the fraction bit by bit.
  std::uint64_t mantissa = whole >= 31 ? x >> (whole - 31) : x << (31 - whole);
  std::int32_t fraction = 0;
  for (int i = 0; i < 16; ++i) {
    mantissa = (mantissa * mantissa) >> 31;
    fraction <<= 1;
    if (mantissa >> 32) {
      mantissa >>= 1;
      fraction |= 1;
    }
  }
  return (whole << 16) | fraction;
}

/// log2(numerator / denominator) in 1/65,536 bit. @param  both at least 1.
constexpr std::int32_t log2_ratio_q16(std::uint64_t numerator, std::uint64_t denominator) {
  return log2_q16(numerator) - log2_q16(denominator);
}

/// 2^(quarter_bits / 4) times 16, rounded down: odds out of quarter bits.
/// @param quarter_bits  in [0, 100].
constexpr std::int64_t exp2_quarter_x16(std::int32_t quarter_bits) {
  // 2^0, 2^(1/4), 2^(1/2), 2^(3/4) with 30 fraction bits
  constexpr std::array<std::int64_t, 4> kRoot = {1073741824, 1276901417, 1518500250, 1805811301};
  const std::int64_t root = kRoot[static_cast<std::size_t>(quarter_bits & 3)];
  const int shift = 26 - (quarter_bits >> 2);
  return shift >= 0 ? root >> shift : root << -shift;
}

}  // namespace ovillo
