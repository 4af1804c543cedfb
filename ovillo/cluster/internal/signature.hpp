// What a text is found by: 64 MinHash values over its word pairs, eight bits of each, and the bands
// made of them.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "ovillo/base/hash.hpp"
#include "ovillo/cluster/internal/common_pairs.hpp"
#include "ovillo/cluster/internal/min_hash.hpp"

namespace ovillo::cluster {

inline constexpr unsigned kSignature = 64;     ///< values compared
inline constexpr std::size_t kNearBands = 32;  ///< orders in which texts stand side by side
inline constexpr unsigned kBandBits = 16;      ///< of a key: two values
inline constexpr std::size_t kBandWindow = 8;  ///< texts looked at behind each, within one band
inline constexpr unsigned kLeastAgree = 13;    ///< of kSignature: a sixth of the pairs in common
using Signature = std::array<std::uint8_t, kSignature>;

inline constexpr MinHashKeys<kSignature> kSignatureKeys{0xdec1de};

/// @param features  scratch, kept by the caller so that a loop allocates once.
inline Signature signature_of(std::span<const std::uint32_t> words, const CommonPairs& common,
                              std::vector<Feature>& features) {
  features.clear();
  for (std::size_t w = 1; w < words.size(); ++w) {
    const std::uint32_t pair = CommonPairs::hash(words[w - 1], words[w]);
    features.push_back({pair, common.is_common(pair)});
  }
  std::array<std::uint32_t, kSignature> value;
  min_hash<kSignature>(features, kSignatureKeys, value);
  Signature out;
  for (std::size_t k = 0; k < kSignature; ++k)
    out[k] = static_cast<std::uint8_t>((value[k] * 0x9e3779b1U) >> 24);
  return out;
}

/// How many of the values agree.
inline unsigned agreement(const Signature& one, const Signature& other) {
  const std::uint8_t* a = one.data();
  const std::uint8_t* b = other.data();
  // Sixteen values at a time, in vectors as gcc and clang know them; equal bytes compare as -1.
  using Lanes = std::int8_t __attribute__((vector_size(16)));
  Lanes n{};
  for (std::size_t k = 0; k < kSignature; k += sizeof(Lanes)) {
    Lanes x;
    Lanes y;
    std::memcpy(&x, a + k, sizeof(x));
    std::memcpy(&y, b + k, sizeof(y));
    n -= x == y;
  }
  std::array<std::uint64_t, 2> eight;  // sixteen bytes of at most four
  std::memcpy(&eight, &n, sizeof(eight));
  return static_cast<unsigned>(((eight[0] + eight[1]) * 0x0101010101010101ULL) >> 56);
}

/// Where a text stands in one band: 32 bits of key, the values of this band and then of another
/// one, over the text.
inline std::uint64_t band_entry(const Signature& signature, std::size_t band, std::uint32_t text) {
  const std::uint64_t picks = mix64(band + 1);
  std::uint64_t key = 0;
  for (std::size_t k = 0; k < 4; ++k) key = (key << 8) | signature[(picks >> (6 * k)) % kSignature];
  return (key << 32) | text;
}
/// Whether two entries share the band; only those are compared.
inline bool same_band(std::uint64_t x, std::uint64_t y) { return (x ^ y) >> (64 - kBandBits) == 0; }

}  // namespace ovillo::cluster
