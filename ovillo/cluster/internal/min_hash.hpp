// MinHash over the word pairs of a text: two texts agree on a value with the probability that a
// pair of one is also a pair of the other (Broder 1997).
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "ovillo/base/hash.hpp"

namespace ovillo::cluster {

/// A word pair as MinHash sees it. What everybody writes is drawn four times less often, and its
/// values are odd, all others even.
struct Feature {
  std::uint32_t hash = 0;
  bool stock = false;
};
inline constexpr unsigned kStockShift = 1;

template <std::size_t kValues>
struct MinHashKeys {
  std::array<std::uint32_t, kValues> flip{};
  std::array<std::uint32_t, kValues> factor{};
  constexpr explicit MinHashKeys(std::uint64_t seed) {
    for (std::size_t k = 0; k < kValues; ++k) {
      flip[k] = static_cast<std::uint32_t>(seed = mix64(seed));
      factor[k] = static_cast<std::uint32_t>(seed = mix64(seed)) | 1U;
    }
  }
};

/// value[k] = least hash over the features; all ones when there are none.
template <std::size_t kValues>
void min_hash(std::span<const Feature> features, const MinHashKeys<kValues>& keys,
              std::array<std::uint32_t, kValues>& value) {
  value.fill(0xffffffffU);
  for (const Feature& feature : features) {
    const std::uint32_t x = feature.hash;
    if (feature.stock) {
      constexpr std::uint32_t kMost = 0xffffffffU >> kStockShift;
      for (std::size_t k = 0; k < kValues; ++k) {
        const std::uint32_t h = (x ^ keys.flip[k]) * keys.factor[k];
        const std::uint32_t damped = (h > kMost ? 0xffffffffU : h << kStockShift) | 1U;
        value[k] = damped < value[k] ? damped : value[k];
      }
    } else {
      for (std::size_t k = 0; k < kValues; ++k) {
        const std::uint32_t h = ((x ^ keys.flip[k]) * keys.factor[k]) & ~1U;
        value[k] = h < value[k] ? h : value[k];
      }
    }
  }
}

}  // namespace ovillo::cluster
