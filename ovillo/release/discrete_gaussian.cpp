#include "ovillo/release/discrete_gaussian.hpp"

#include <algorithm>
#include <cmath>

namespace ovillo::release {

namespace {

__extension__ typedef unsigned __int128 Uint128;

/// True with chance over / under, exactly: the ratio's binary digits against random ones, until
/// they differ. @param over  at most `under`, which is below 2^127.
bool happens(Uint128 over, Uint128 under, RandomBits& bits) {
  if (over >= under) return true;
  for (;;) {
    over *= 2;
    const bool digit = over >= under;
    if (digit) over -= under;
    if (over == 0 && !digit) return false;
    const bool drawn = bits.bit();
    if (drawn != digit) return digit;
    if (over == 0) return false;
  }
}

/// True with chance exp(-over / under), for a ratio of at most 1.
bool survives_within_one(Uint128 over, Uint128 under, RandomBits& bits) {
  std::uint64_t k = 1;
  while (happens(over, under * k, bits)) ++k;
  return k % 2 == 1;
}

bool survives(Uint128 over, Uint128 under, RandomBits& bits) {
  for (; over > under; over -= under)
    if (!survives_within_one(1, 1, bits)) return false;
  return survives_within_one(over, under, bits);
}

/// A draw of scale s / t. Source: algorithm 2.
std::int64_t laplace(std::uint64_t s, std::uint64_t t, RandomBits& bits) {
  for (;;) {
    const std::uint64_t within = bits.below(s);
    if (!survives_within_one(within, s, bits)) continue;
    std::uint64_t whole = 0;
    while (survives_within_one(1, 1, bits)) ++whole;
    const std::uint64_t size = (within + s * whole) / t;
    const bool negative = bits.bit();
    if (negative && size == 0) continue;
    return negative ? -static_cast<std::int64_t>(size) : static_cast<std::int64_t>(size);
  }
}

}  // namespace

Ratio ratio_not_below(double value) {
  constexpr double kUnder = 1024;
  constexpr double kMost = 0x1p34;
  return {static_cast<std::uint64_t>(std::max(1.0, std::ceil(std::min(value, kMost) * kUnder))),
          static_cast<std::uint64_t>(kUnder)};
}

std::int64_t discrete_laplace(const Ratio& scale, RandomBits& bits) {
  return laplace(scale.over, scale.under, bits);
}

std::int64_t discrete_gaussian(const Ratio& variance, RandomBits& bits) {
  const std::uint64_t t = static_cast<std::uint64_t>(std::sqrt(variance.value())) + 1;
  // Accepted with chance exp(-(|y| - variance / t)^2 / (2 variance)), in whole numbers.
  const Uint128 under = Uint128{2} * variance.over * variance.under * static_cast<Uint128>(t) *
                        static_cast<Uint128>(t);
  for (;;) {
    const std::int64_t drawn = laplace(t, 1, bits);
    const Uint128 size = static_cast<std::uint64_t>(drawn < 0 ? -drawn : drawn);
    const Uint128 at = size * t * variance.under;
    const Uint128 apart = at > variance.over ? at - variance.over : variance.over - at;
    if (survives(apart * apart, under, bits)) return drawn;
  }
}

}  // namespace ovillo::release
