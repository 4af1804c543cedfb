#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/fold.hpp"
#include "ovillo/cluster/internal/folded_steps.hpp"
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

struct Scratch {
  std::vector<std::uint64_t> phrases;
  std::vector<Feature> features;
};

void sketch_one(std::span<const std::uint32_t> words, const Background& background,
                Scratch& scratch, std::uint64_t* band) {
  if (words.size() < kMinWords) return;
  scratch.phrases.clear();
  for (std::size_t i = 1; i < words.size(); ++i) {
    scratch.phrases.push_back(phrase_of(words[i - 1], words[i]));
    background.prefetch(scratch.phrases.back());
  }
  std::vector<Feature>& features = scratch.features;
  features.clear();
  for (const std::uint64_t phrase : scratch.phrases)
    features.push_back({static_cast<std::uint32_t>(mix64(phrase)),
                        background.log2_per_million(phrase) >= kStockLog2});
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

SketchBatch sketch(const Folded& folded, std::size_t n, const Background& background) {
  SketchBatch out;
  out.band.assign(n * SketchBatch::kBands, 0);
  parallel_for(n, 512, [&](std::size_t begin, std::size_t end) {
    Scratch scratch;
    for (std::size_t i = begin; i < end; ++i)
      sketch_one(folded.words(i), background, scratch, &out.band[i * SketchBatch::kBands]);
  });
  return out;
}

SketchBatch sketch(const StringColumn& texts, const Background& background) {
  const std::vector<std::string_view> raw = views_of(texts);
  return sketch(Folded(raw), raw.size(), background);
}

namespace {

// The first row that showed each value of one band.
class FirstRows {
 public:
  explicit FirstRows(std::size_t n_rows) : slots_(std::bit_ceil(2 * n_rows + 2)) {}

  void prefetch(std::uint64_t band) const { __builtin_prefetch(&slots_[at(band)], 1); }
  /// @return  `row` when it is the first with this band.
  std::uint32_t first(std::uint64_t band, std::uint32_t row) {
    std::size_t i = at(band);
    while (slots_[i].band != 0 && slots_[i].band != band) i = (i + 1) & (slots_.size() - 1);
    if (slots_[i].band == 0) slots_[i] = {band, row};
    return slots_[i].row;
  }

 private:
  struct Slot {
    std::uint64_t band = 0;  // 0: free
    std::uint32_t row = 0;
  };
  [[nodiscard]] std::size_t at(std::uint64_t band) const { return band & (slots_.size() - 1); }
  std::vector<Slot> slots_;
};

struct SharedBand {
  std::uint32_t row;
  std::uint32_t first;
};

std::vector<SharedBand> rows_that_share(const SketchBatch& sketches, std::size_t b) {
  constexpr std::size_t kAhead = 16;
  const std::size_t n = sketches.size();
  const auto band = [&](std::size_t row) { return sketches.band[row * SketchBatch::kBands + b]; };
  FirstRows rows(n);
  std::vector<SharedBand> out;
  for (std::size_t row = 0; row < n; ++row) {
    if (row + kAhead < n) rows.prefetch(band(row + kAhead));
    if (band(row) == 0) continue;
    const auto r = static_cast<std::uint32_t>(row);
    if (const std::uint32_t first = rows.first(band(row), r); first != r) out.push_back({r, first});
  }
  return out;
}

}  // namespace

std::vector<std::uint32_t> candidate_components(const SketchBatch& sketches) {
  constexpr std::size_t kAtOnce = 2;  // bands: each takes some 40 bytes per row
  static_assert(SketchBatch::kBands % kAtOnce == 0);
  graph::UnionFind sets(sketches.size());
  for (std::size_t b = 0; b < SketchBatch::kBands; b += kAtOnce) {
    std::array<std::vector<SharedBand>, kAtOnce> shared;
    parallel_for(kAtOnce, 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) shared[k] = rows_that_share(sketches, b + k);
    });
    for (const auto& rows : shared)
      for (const SharedBand& s : rows) sets.join(s.row, s.first);
  }
  return sets.labels();
}

}  // namespace ovillo::cluster
