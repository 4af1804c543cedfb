#include "ovillo/cluster/internal/neighbours.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/fold.hpp"
#include "ovillo/cluster/internal/common_pairs.hpp"
#include "ovillo/cluster/internal/min_hash.hpp"

namespace ovillo::cluster {

namespace {

constexpr MinHashKeys<Neighbours::kSignature> kKeys{0xdec1de};
constexpr std::size_t kAhead = 24;    // texts asked of memory before they are looked at
constexpr unsigned kLeastAgree = 15;  // of 64: about a fifth of the pairs in common
constexpr unsigned kAlikeAgree = 24;  // of 64: above a third
constexpr std::size_t kBands = 32;
constexpr unsigned kBandBits = 16;  // of a key: two values

unsigned agreement(const std::uint8_t* a, const std::uint8_t* b) {
  // Sixteen values at a time, in vectors as gcc and clang know them; equal bytes compare as -1.
  using Lanes = std::int8_t __attribute__((vector_size(16)));
  Lanes n{};
  for (std::size_t k = 0; k < Neighbours::kSignature; k += sizeof(Lanes)) {
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

std::size_t text_of(std::uint64_t entry) { return entry & 0xffffffffU; }
bool same_band(std::uint64_t x, std::uint64_t y) { return (x ^ y) >> (64 - kBandBits) == 0; }

// Ascending by the upper 32 bits, equal ones left in order: three passes of eleven bits.
void sort_by_key(std::vector<std::uint64_t>& entries, std::vector<std::uint64_t>& scratch) {
  scratch.resize(entries.size());
  for (int shift = 32; shift < 64; shift += 11) {
    std::array<std::uint32_t, 2049> begin{};
    for (const std::uint64_t e : entries) ++begin[((e >> shift) & 2047) + 1];
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
    for (const std::uint64_t e : entries) scratch[begin[(e >> shift) & 2047]++] = e;
    entries.swap(scratch);
  }
}

}  // namespace

Neighbours::Neighbours(const Component& texts, const CommonPairs& common,
                       std::span<const std::uint32_t> among)
    : among_(among),
      signature_(among.size()),
      nearest_(among.size()),
      n_(among.size(), 0),
      n_alike_(among.size(), 0),
      met_(among.size(), 0) {
  sign(texts, common);
  constexpr std::size_t kAtOnce = 2;  // bands: sorting one takes one thread
  static_assert(kBands % kAtOnce == 0);
  std::array<Band, kAtOnce> bands;
  for (std::size_t b = 0; b < kBands; b += kAtOnce) {
    parallel_for(kAtOnce, 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        sort_by_band(b + k, bands[k]);
        compare(bands[k]);
      }
    });
    for (const Band& band : bands) offer_all(band);
  }
  count_alike();
  signature_ = {};
  met_ = {};
}

void Neighbours::sign(const Component& texts, const CommonPairs& common) {
  parallel_for(among_.size(), 512, [&](std::size_t begin, std::size_t end) {
    std::vector<Feature> features;
    std::array<std::uint32_t, kSignature> value;
    for (std::size_t i = begin; i < end; ++i) {
      const auto words = texts.words(among_[i]);
      features.clear();
      for (std::size_t w = 1; w < words.size(); ++w) {
        const std::uint32_t pair = CommonPairs::hash(words[w - 1], words[w]);
        features.push_back({pair, common.is_common(pair)});
      }
      min_hash<kSignature>(features, kKeys, value);
      for (std::size_t k = 0; k < kSignature; ++k)
        signature_[i][k] = static_cast<std::uint8_t>((value[k] * 0x9e3779b1U) >> 24);
    }
  });
}

// Sorts the texts by the band; texts that share it stand side by side, and among them those that
// share the next band too.
void Neighbours::sort_by_band(std::size_t number, Band& band) const {
  // An entry is 32 bits of key, the values of this band and then of another one, over the text.
  const std::uint64_t picks = mix64(number + 1);
  const std::size_t n = among_.size();
  std::vector<std::uint64_t>& entries = band.entries;
  entries.resize(n);
  parallel_for(n, 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      std::uint64_t key = 0;
      for (std::size_t k = 0; k < 4; ++k)
        key = (key << 8) | signature_[i][(picks >> (6 * k)) % kSignature];
      entries[i] = (key << 32) | i;
    }
  });
  sort_by_key(entries, band.scratch);
  band.n_met.resize(n);
  for (std::size_t p = 0, end = 0; p < n; p = end) {
    while (end < n && same_band(entries[p], entries[end])) ++end;
    std::fill(band.n_met.begin() + static_cast<std::ptrdiff_t>(p),
              band.n_met.begin() + static_cast<std::ptrdiff_t>(end),
              static_cast<std::uint32_t>(end - p - 1));
  }
}

// Each text is compared with the kWindow that stand behind it.
void Neighbours::compare(Band& band) const {
  const std::vector<std::uint64_t>& entries = band.entries;
  const std::size_t n = entries.size();
  band.behind.resize(n);
  parallel_for(n, 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t p = begin; p < end; ++p) {
      if (p + kAhead < n) __builtin_prefetch(&signature_[text_of(entries[p + kAhead])]);
      auto& behind = band.behind[p];
      behind.fill(0);
      const std::uint8_t* own = signature_[text_of(entries[p])].data();
      for (std::size_t w = 0; w < kWindow && p + 1 + w < n; ++w) {
        const std::uint64_t other = entries[p + 1 + w];
        if (!same_band(entries[p], other)) break;
        const unsigned agree = agreement(own, signature_[text_of(other)].data());
        if (agree >= kLeastAgree) behind[w] = static_cast<std::uint8_t>(agree);
      }
    }
  });
}

// Each text is offered those behind it and those it stands behind.
void Neighbours::offer_all(const Band& band) {
  const std::vector<std::uint64_t>& entries = band.entries;
  const std::size_t n = entries.size();
  parallel_for(n, 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t p = begin; p < end; ++p) {
      if (p + kAhead < n) {
        __builtin_prefetch(&nearest_[text_of(entries[p + kAhead])]);
        __builtin_prefetch(&n_[text_of(entries[p + kAhead])]);
      }
      const std::size_t i = text_of(entries[p]);
      met_[i] += band.n_met[p];
      for (std::size_t w = 0; w < kWindow; ++w) {
        if (const unsigned agree = band.behind[p][w]; agree != 0)
          offer(i, text_of(entries[p + 1 + w]), agree);
        if (p <= w) continue;
        if (const unsigned agree = band.behind[p - 1 - w][w]; agree != 0)
          offer(i, text_of(entries[p - 1 - w]), agree);
      }
    }
  });
}

void Neighbours::offer(std::size_t i, std::size_t j, unsigned agree) {
  auto& list = nearest_[i];
  std::size_t n = n_[i];
  if (n == kMost && agree < list[kMost - 1].agree) return;
  const auto text = static_cast<std::uint32_t>(j);
  for (std::size_t k = 0; k < n; ++k)
    if (list[k].text == text) return;
  const auto before = [&](const Neighbour& x) {
    return x.agree != agree ? x.agree > agree : x.text < text;
  };
  if (n == kMost) {
    if (before(list[n - 1])) return;
    --n;
  }
  std::size_t k = n;
  for (; k > 0 && !before(list[k - 1]); --k) list[k] = list[k - 1];
  list[k] = {text, static_cast<std::uint8_t>(agree)};
  n_[i] = static_cast<std::uint8_t>(n + 1);
}

void Neighbours::count_alike() {
  for (std::size_t i = 0; i < among_.size(); ++i) {
    std::uint32_t n = 0;
    for (const Neighbour& near : of(i)) n += near.agree >= kAlikeAgree;
    n_alike_[i] = n;
    if (n == kMost)
      n_alike_[i] = std::max(n, static_cast<std::uint32_t>(
                                    std::min<std::uint64_t>(4 * met_[i] / kBands, among_.size())));
  }
}

}  // namespace ovillo::cluster
