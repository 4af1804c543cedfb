// MinHash over the word pairs of a text: two texts agree on a value with the probability that a
// pair of one is also a pair of the other (Broder 1997).
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>

#include "ovillo/base/hash.hpp"

namespace ovillo::cluster {

/// A word pair as MinHash sees it. What everybody writes is drawn half as often, and its values are
/// odd, all others even.
struct Feature {
  std::uint32_t hash = 0;
  bool stock = false;
};

template <std::size_t kValues>
struct MinHashKeys {
  std::array<std::uint32_t, kValues> flip{};
  std::array<std::uint32_t, kValues> factor{};  // twice an odd number: the last bit stays free
  constexpr explicit MinHashKeys(std::uint64_t seed) {
    for (std::size_t k = 0; k < kValues; ++k) {
      flip[k] = static_cast<std::uint32_t>(seed = mix64(seed));
      factor[k] = (static_cast<std::uint32_t>(seed = mix64(seed)) | 1U) << 1;
    }
  }
};

/// value[k] = least hash over the features; all ones, or one less, when there are none.
template <std::size_t kValues>
void min_hash(std::span<const Feature> features, const MinHashKeys<kValues>& keys,
              std::array<std::uint32_t, kValues>& value) {
  // Eight values at a time, in vectors as gcc and clang know them.
  using Lanes = std::uint32_t __attribute__((vector_size(16)));
  using Signed = std::int32_t __attribute__((vector_size(16)));
  static_assert(kValues % 8 == 0);
  const auto all = [](std::uint32_t x) { return Lanes{x, x, x, x}; };
  const auto least = [](Lanes x, Lanes y) { return x < y ? x : y; };
  for (std::size_t k = 0; k < kValues; k += 8) {
    std::array<Lanes, 2> flip;
    std::array<Lanes, 2> factor;
    std::memcpy(&flip, keys.flip.data() + k, sizeof(flip));
    std::memcpy(&factor, keys.factor.data() + k, sizeof(factor));
    std::array<Lanes, 2> best{all(0xffffffffU), all(0xffffffffU)};
    for (const Feature& feature : features) {
      const Lanes x = all(feature.hash);
      const Lanes odd = all(feature.stock ? 1 : 0);
      // A bit in the middle says whether a stock feature takes part in this draw.
      const Lanes kept_out = all(feature.stock ? 1U << 8 : 0);
      for (std::size_t v = 0; v < 2; ++v) {
        const Lanes h = (x ^ flip[v]) * factor[v];
        const Lanes out = reinterpret_cast<Lanes>(reinterpret_cast<Signed>(h & kept_out) > 0);
        best[v] = least(best[v], h | odd | out);
      }
    }
    std::memcpy(value.data() + k, &best, sizeof(best));
  }
}

}  // namespace ovillo::cluster
