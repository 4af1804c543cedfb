// Logarithms in sixteenths of a bit, from integers alone: the same on every processor.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace ovillo::cluster {

/// Evidence, in sixteenths of a bit.
using Bits16 = std::int32_t;

namespace internal {

// log2(1 + i / 256) * 16, rounded down, by repeated squaring of a 32-bit fixed-point mantissa.
constexpr std::array<std::uint8_t, 256> make_log2_table() {
  std::array<std::uint8_t, 256> out{};
  for (std::uint64_t i = 0; i < 256; ++i) {
    std::uint64_t x = (256 + i) << 23;  // in [2^31, 2^32)
    std::uint32_t fraction = 0;
    for (int bit = 0; bit < 4; ++bit) {
      x = (x * x) >> 31;
      fraction <<= 1;
      if (x >> 32) {
        fraction |= 1;
        x >>= 1;
      }
    }
    out[i] = static_cast<std::uint8_t>(fraction);
  }
  return out;
}
inline constexpr auto kLog2Table = make_log2_table();

}  // namespace internal

/// floor(log2(x) * 16) within one sixteenth. @param x  at least 1; 0 reads as 1.
constexpr Bits16 log2_16(std::uint64_t x) {
  if (x == 0) return 0;
  const int top = static_cast<int>(std::bit_width(x)) - 1;
  const std::uint64_t mantissa = top >= 8 ? x >> (top - 8) : x << (8 - top);
  return top * 16 + internal::kLog2Table[mantissa & 255];
}

}  // namespace ovillo::cluster
