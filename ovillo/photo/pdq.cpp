#include "ovillo/photo/pdq.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <vector>

namespace ovillo::photo {

namespace {

constexpr std::size_t kSamples = 64;
constexpr std::size_t kFrequencies = 16;
constexpr std::uint32_t kSmallest = 5;

using Samples = std::array<std::array<float, kSamples>, kSamples>;
using Frequencies = std::array<float, kFrequencies * kFrequencies>;

// How far a box reaches to either side of its pixel: two passes of half a sample's width.
struct Reach {
  explicit Reach(std::size_t side) {
    const std::size_t width = (side + 2 * kSamples - 1) / (2 * kSamples);
    after = (width + 2) / 2 - 1;
    before = width - after - 1;
  }
  std::size_t before;
  std::size_t after;
};

// Slides one window along n places: calls add(i) and remove(i) for what enters and leaves, and
// write(i, count) for each place in turn.
template <class Add, class Remove, class Write>
void slide(std::size_t n, const Add& add, const Remove& remove, const Write& write) {
  const Reach reach(n);
  std::size_t count = 0;
  for (; count < reach.after; ++count) add(count);
  for (std::size_t i = 0; i < n; ++i) {
    if (i + reach.after < n) {
      add(i + reach.after);
      ++count;
    }
    if (i > reach.before) {
      remove(i - reach.before - 1);
      --count;
    }
    write(i, static_cast<float>(count));
  }
}

void blur_rows(const std::vector<float>& in, std::vector<float>& out, std::size_t width) {
  for (std::size_t row = 0; row < in.size(); row += width) {
    float sum = 0;
    slide(
        width, [&](std::size_t i) { sum += in[row + i]; },
        [&](std::size_t i) { sum -= in[row + i]; },
        [&](std::size_t i, float count) { out[row + i] = sum / count; });
  }
}

// All columns at once, row by row: the same sums in the same order, in the order of memory.
void blur_columns(const std::vector<float>& in, std::vector<float>& out, std::size_t width) {
  std::vector<float> sums(width, 0.0F);
  slide(
      in.size() / width,
      [&](std::size_t i) {
        for (std::size_t x = 0; x < width; ++x) sums[x] += in[i * width + x];
      },
      [&](std::size_t i) {
        for (std::size_t x = 0; x < width; ++x) sums[x] -= in[i * width + x];
      },
      [&](std::size_t i, float count) {
        for (std::size_t x = 0; x < width; ++x) out[i * width + x] = sums[x] / count;
      });
}

Samples samples_of(const GrayPicture& picture) {
  std::vector<float> luma = picture.luma;
  if (picture.width != kSamples || picture.height != kSamples) {
    std::vector<float> between(luma.size());
    for (int pass = 0; pass < 2; ++pass) {
      blur_rows(luma, between, picture.width);
      blur_columns(between, luma, picture.width);
    }
  }
  const auto centre = [](std::size_t i, std::uint32_t side) {
    return static_cast<std::size_t>((static_cast<double>(i) + 0.5) * side / kSamples);
  };
  Samples out;
  for (std::size_t i = 0; i < kSamples; ++i)
    for (std::size_t j = 0; j < kSamples; ++j)
      out[i][j] = luma[centre(i, picture.height) * picture.width + centre(j, picture.width)];
  return out;
}

// The sum of steps between neighbours in whole per cent of the range, so that faint ones count
// nothing, scaled as published.
int quality_of(const Samples& samples) {
  int sum = 0;
  const auto step = [](float a, float b) {
    return std::abs(static_cast<int>((a - b) * 100 / 255));
  };
  for (std::size_t i = 0; i < kSamples; ++i)
    for (std::size_t j = 0; j < kSamples; ++j) {
      if (i + 1 < kSamples) sum += step(samples[i][j], samples[i + 1][j]);
      if (j + 1 < kSamples) sum += step(samples[i][j], samples[i][j + 1]);
    }
  return std::min(sum / 90, 100);
}

// Rows 1 to 16 of the cosine transform of 64 values.
const std::array<std::array<float, kSamples>, kFrequencies>& cosines() {
  static const auto table = [] {
    std::array<std::array<float, kSamples>, kFrequencies> out{};
    const float scale = std::sqrt(2.0F / kSamples);
    for (std::size_t i = 0; i < kFrequencies; ++i)
      for (std::size_t j = 0; j < kSamples; ++j)
        out[i][j] = static_cast<float>(
            scale * std::cos(std::numbers::pi / 2 / kSamples * static_cast<double>(i + 1) *
                             static_cast<double>(2 * j + 1)));
    return out;
  }();
  return table;
}

Frequencies frequencies_of(const Samples& samples) {
  const auto& cosine = cosines();
  Frequencies out{};
  for (std::size_t i = 0; i < kFrequencies; ++i) {
    std::array<float, kSamples> row{};
    for (std::size_t k = 0; k < kSamples; ++k)
      for (std::size_t j = 0; j < kSamples; ++j) row[j] += cosine[i][k] * samples[k][j];
    for (std::size_t j = 0; j < kFrequencies; ++j) {
      float sum = 0;
      for (std::size_t k = 0; k < kSamples; ++k) sum += row[k] * cosine[j][k];
      out[i * kFrequencies + j] = sum;
    }
  }
  return out;
}

}  // namespace

Pdq pdq(const GrayPicture& picture) {
  Pdq out;
  if (picture.width < kSmallest || picture.height < kSmallest) return out;
  const Samples samples = samples_of(picture);
  out.quality = quality_of(samples);
  const Frequencies frequencies = frequencies_of(samples);
  Frequencies sorted = frequencies;
  const auto middle = sorted.begin() + sorted.size() / 2 - 1;  // the lower of the two middle ones
  std::nth_element(sorted.begin(), middle, sorted.end());
  for (std::size_t k = 0; k < frequencies.size(); ++k)
    if (frequencies[k] > *middle) out.likeness.words[k / 64] |= std::uint64_t{1} << (k % 64);
  return out;
}

std::optional<Likeness> likeness_of(const GrayPicture& picture) {
  if (picture.original_width < kMinSide || picture.original_height < kMinSide) return std::nullopt;
  const Pdq hashed = pdq(picture);
  if (hashed.quality < kMinQuality) return std::nullopt;
  return hashed.likeness;
}

}  // namespace ovillo::photo
