#include "ovillo/cluster/internal/neighbours.hpp"

#include <algorithm>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/fold.hpp"
#include "ovillo/cluster/internal/min_hash.hpp"

namespace ovillo::cluster {

namespace {

constexpr MinHashKeys<Neighbours::kSignature> kKeys{0xdec1de};
constexpr std::uint32_t kStockLog2 = 10;
constexpr std::size_t kWindow = 16;   // to each side, within one band
constexpr unsigned kLeastAgree = 12;  // of 64: about a fifth of the pairs in common
constexpr unsigned kAlikeAgree = 18;  // of 64: about three tenths
constexpr std::size_t kSmall = 4096;  // up to here bands of two values, above of three

unsigned agreement(const std::uint16_t* a, const std::uint16_t* b) {
  unsigned n = 0;
  for (std::size_t k = 0; k < Neighbours::kSignature; ++k) n += a[k] == b[k];
  return n;
}

}  // namespace

Neighbours::Neighbours(const Component& texts, std::span<const std::uint32_t> among,
                       const Background& background)
    : among_(among),
      signature_(among.size()),
      nearest_(among.size()),
      n_(among.size(), 0),
      n_alike_(among.size(), 0),
      met_(among.size(), 0) {
  sign(texts, background);
  const std::size_t per_band = among.size() <= kSmall ? 2 : 3;
  const std::size_t n_bands = among.size() <= kSmall ? 32 : 64;
  for (std::size_t b = 0; b < n_bands; ++b) compare_band(b, per_band);
  count_alike(n_bands);
  signature_ = {};
}

void Neighbours::sign(const Component& texts, const Background& background) {
  parallel_for(among_.size(), 512, [&](std::size_t begin, std::size_t end) {
    std::vector<Feature> features;
    std::array<std::uint32_t, kSignature> value;
    for (std::size_t i = begin; i < end; ++i) {
      const auto words = texts.words(among_[i]);
      features.clear();
      for (std::size_t w = 1; w < words.size(); ++w) {
        const std::uint64_t phrase = phrase_of(words[w - 1], words[w]);
        features.push_back({static_cast<std::uint32_t>(mix64(phrase)),
                            background.log2_per_million(phrase) >= kStockLog2});
      }
      min_hash<kSignature>(features, kKeys, value);
      for (std::size_t k = 0; k < kSignature; ++k)
        signature_[i][k] = static_cast<std::uint16_t>((value[k] * 0x9e3779b1U) >> 16);
    }
  });
}

// Sorts the texts by the band; texts that share it stand side by side, and among them those that
// share the next band too. Each text looks at its kWindow neighbours to either side.
void Neighbours::compare_band(std::size_t band, std::size_t per_band) {
  struct Entry {
    std::uint64_t key;   // of this band
    std::uint32_t next;  // of another one
    std::uint32_t i;
  };
  const std::uint64_t picks = mix64(band + 1);
  const auto key_of = [&](std::size_t i, std::uint64_t from) {
    std::uint64_t h = 0;
    for (std::size_t k = 0; k < per_band; ++k)
      h = (h << 16) | signature_[i][(from >> (6 * k)) % kSignature];
    return h;
  };
  std::vector<Entry> entries(among_.size());
  parallel_for(entries.size(), 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      entries[i] = {key_of(i, picks), static_cast<std::uint32_t>(mix64(key_of(i, picks >> 30))),
                    static_cast<std::uint32_t>(i)};
  });
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    if (a.key != b.key) return a.key < b.key;
    return a.next != b.next ? a.next < b.next : a.i < b.i;
  });
  for (std::size_t p = 0, end = 0; p < entries.size(); p = end) {
    while (end < entries.size() && entries[end].key == entries[p].key) ++end;
    for (std::size_t q = p; q < end; ++q) met_[entries[q].i] += end - p - 1;
  }
  parallel_for(entries.size(), 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t p = begin; p < end; ++p) {
      const Entry& e = entries[p];
      const std::size_t low = p > kWindow ? p - kWindow : 0;
      const std::size_t high = std::min(entries.size(), p + kWindow + 1);
      for (std::size_t q = p; q-- > low && entries[q].key == e.key;) offer(e.i, entries[q].i);
      for (std::size_t q = p + 1; q < high && entries[q].key == e.key; ++q)
        offer(e.i, entries[q].i);
    }
  });
}

void Neighbours::offer(std::size_t i, std::size_t j) {
  const unsigned agree = agreement(signature_[i].data(), signature_[j].data());
  if (agree < kLeastAgree) return;
  auto& list = nearest_[i];
  std::size_t n = n_[i];
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

void Neighbours::count_alike(std::size_t n_bands) {
  for (std::size_t i = 0; i < among_.size(); ++i) {
    std::uint32_t n = 0;
    for (const Neighbour& near : of(i)) n += near.agree >= kAlikeAgree;
    n_alike_[i] = n;
    if (n == kMost)
      n_alike_[i] = std::max(n, static_cast<std::uint32_t>(
                                    std::min<std::uint64_t>(4 * met_[i] / n_bands, among_.size())));
  }
}

}  // namespace ovillo::cluster
