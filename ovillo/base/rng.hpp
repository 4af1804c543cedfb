// A seeded random generator with the same numbers on every machine and library.
//
// xoshiro256** seeded by splitmix64 (Blackman and Vigna, 2018). The standard library's
// distributions differ between implementations, so the few that are needed are here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>

#include "ovillo/base/hash.hpp"

namespace ovillo {

class Rng {
 public:
  explicit Rng(std::uint64_t seed) {
    for (auto& word : state_) word = seed = mix64(seed);
  }

  std::uint64_t next() {
    const std::uint64_t result = rotate(state_[1] * 5, 7) * 9;
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotate(state_[3], 45);
    return result;
  }

  /// Uniform in [0, n). @param n  at least 1. Bias below 2^-32 for n < 2^32.
  std::uint64_t below(std::uint64_t n) {
    __extension__ typedef unsigned __int128 Uint128;
    return static_cast<std::uint64_t>((static_cast<Uint128>(next()) * n) >> 64);
  }
  /// Uniform integer in [low, high].
  std::int64_t between(std::int64_t low, std::int64_t high) {
    // Unsigned, because high - low may not fit a signed number; n wraps to 0 for the whole range.
    const std::uint64_t n = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) +
                                     (n == 0 ? next() : below(n)));
  }
  /// True with probability `per_mille` / 1000.
  bool chance_per_mille(unsigned per_mille) { return below(1000) < per_mille; }

  template <class T>
  const T& pick(std::span<const T> items) {
    return items[below(items.size())];
  }
  template <class Container>
  const auto& pick(const Container& items) {
    return items[below(std::size(items))];
  }
  template <class Container>
  void shuffle(Container& items) {
    for (std::size_t i = std::size(items); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  static std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  std::uint64_t state_[4];
};

}  // namespace ovillo
