#include <algorithm>
#include <array>
#include <vector>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/fold.hpp"
#include "ovillo/cluster/internal/min_hash.hpp"
#include "ovillo/graph/union_find.hpp"

namespace ovillo::cluster {

namespace {

// A band is two MinHash values. At half of the pairs in common one of 20 bands agrees with
// probability 0.997, at three tenths 0.85.
constexpr std::size_t kPerBand = 2;
constexpr std::size_t kValues = SketchBatch::kBands * kPerBand;
constexpr MinHashKeys<kValues> kKeys{0x0711c0de};

constexpr std::size_t kMinWords = 4;      // fewer say nothing about a hand
constexpr std::uint32_t kStockLog2 = 10;  // one text in a thousand: everybody's pair of words

void sketch_one(const std::vector<Word>& words, const Background& background,
                std::vector<Feature>& features, std::uint64_t* band) {
  if (words.size() < kMinWords) return;
  features.clear();
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::uint64_t phrase = phrase_of(words[i - 1].hash, words[i].hash);
    features.push_back({static_cast<std::uint32_t>(mix64(phrase)),
                        background.log2_per_million(phrase) >= kStockLog2});
  }
  std::array<std::uint32_t, kValues> value;
  min_hash<kValues>(features, kKeys, value);
  for (std::size_t b = 0; b < SketchBatch::kBands; ++b) {
    std::uint64_t h = b + 1;
    bool stock = true;  // phrases everybody writes make no band on their own
    for (std::size_t k = 0; k < kPerBand; ++k) {
      h = mix64(h ^ value[b * kPerBand + k]);
      stock = stock && (value[b * kPerBand + k] & 1) != 0;
    }
    band[b] = stock ? 0 : h == 0 ? 1 : h;
  }
}

}  // namespace

SketchBatch sketch(const StringColumn& texts, const Background& background) {
  SketchBatch out;
  out.band.assign(texts.size() * SketchBatch::kBands, 0);
  parallel_for(texts.size(), 512, [&](std::size_t begin, std::size_t end) {
    std::vector<Word> words;
    std::vector<Feature> features;
    for (std::size_t i = begin; i < end; ++i) {
      fold_words(texts[i], words);
      sketch_one(words, background, features, &out.band[i * SketchBatch::kBands]);
    }
  });
  return out;
}

std::vector<std::uint32_t> candidate_components(const SketchBatch& sketches) {
  const std::size_t n = sketches.size();
  graph::UnionFind sets(n);
  struct Entry {
    std::uint64_t band;
    std::uint32_t row;
  };
  std::vector<Entry> entries;
  entries.reserve(n);
  for (std::size_t b = 0; b < SketchBatch::kBands; ++b) {
    entries.clear();
    for (std::size_t i = 0; i < n; ++i)
      if (const std::uint64_t h = sketches.band[i * SketchBatch::kBands + b]; h != 0)
        entries.push_back({h, static_cast<std::uint32_t>(i)});
    std::sort(entries.begin(), entries.end(),
              [](const Entry& x, const Entry& y) { return x.band < y.band; });
    for (std::size_t i = 1; i < entries.size(); ++i)
      if (entries[i].band == entries[i - 1].band) sets.join(entries[i - 1].row, entries[i].row);
  }
  return sets.labels();
}

}  // namespace ovillo::cluster
