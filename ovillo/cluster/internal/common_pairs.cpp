#include "ovillo/cluster/internal/common_pairs.hpp"

#include <algorithm>

namespace ovillo::cluster {

namespace {

constexpr unsigned kMostBits = 21;  // of a counter's number
constexpr std::uint32_t kCommon = 64;

}  // namespace

CommonPairs::CommonPairs(const Component& texts) {
  const std::uint32_t n_sampled = texts.n_sampled();
  const std::size_t n_words = std::min(texts.n_words(), Component::kSampledWords);
  const auto bits = std::min(kMostBits, static_cast<unsigned>(std::bit_width(n_words)) + 1);
  shift_ = 32 - bits;
  std::vector<std::uint32_t> count(std::size_t{1} << bits, 0);
  for (std::uint32_t t = 0; t < n_sampled; ++t) {
    const auto words = texts.words(t);
    for (std::size_t w = 1; w < words.size(); ++w) ++count[hash(words[w - 1], words[w]) >> shift_];
  }
  common_.assign((count.size() + 63) / 64, 0);
  for (std::size_t i = 0; i < count.size(); ++i)
    if (count[i] >= kCommon) common_[i >> 6] |= std::uint64_t{1} << (i & 63);
}

}  // namespace ovillo::cluster
