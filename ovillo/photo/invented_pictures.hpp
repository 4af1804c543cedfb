// Invented pictures for tests, fuzz corpora and benchmarks: made by program, none of anything that
// exists. Octaves of noise with shapes on them, whose spectrum falls as that of photographs does.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <string>
#include <vector>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/photo/decode.hpp"
#include "ovillo/photo/internal/shrink.hpp"

namespace ovillo::photo {

/// RGB, 8 bits, row by row.
struct InventedPicture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;

  std::uint8_t* at(int x, int y) {
    return rgb.data() + 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                             static_cast<std::size_t>(x));
  }
  const std::uint8_t* at(int x, int y) const {
    return const_cast<InventedPicture*>(this)->at(x, y);
  }
};

inline InventedPicture blank(int width, int height, std::uint8_t value = 0) {
  return {width, height,
          std::vector<std::uint8_t>(
              3 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height), value)};
}

inline std::uint8_t clamped(double value) {
  return static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
}

/// The scene of a seed: the same bytes everywhere, as only + - * / round it off.
inline InventedPicture invented(std::uint64_t seed, int width, int height) {
  Rng rng(seed);
  InventedPicture out = blank(width, height);
  const auto stride = static_cast<std::size_t>(width);
  std::vector<double> light(stride * static_cast<std::size_t>(height), 0);
  const auto light_at = [&](int x, int y) -> double& {
    return light[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x)];
  };
  double share = 90;
  for (int cells = 2; cells <= 64; cells *= 2, share *= 0.6) {
    const std::size_t side = static_cast<std::size_t>(cells) + 1;
    std::vector<double> grid(side * side);
    for (double& g : grid) g = static_cast<double>(rng.below(2001)) / 1000.0 - 1;
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const double u = static_cast<double>(x) * cells / width;
        const double v = static_cast<double>(y) * cells / height;
        const auto i = static_cast<std::size_t>(u);
        const auto j = static_cast<std::size_t>(v);
        const double a = u - static_cast<double>(i);
        const double b = v - static_cast<double>(j);
        const double top = grid[j * side + i] * (1 - a) + grid[j * side + i + 1] * a;
        const double low = grid[(j + 1) * side + i] * (1 - a) + grid[(j + 1) * side + i + 1] * a;
        light_at(x, y) += share * (top * (1 - b) + low * b);
      }
  }
  const double tint[3] = {static_cast<double>(rng.below(60)), static_cast<double>(rng.below(60)),
                          static_cast<double>(rng.below(60))};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 3; ++c) out.at(x, y)[c] = clamped(100 + tint[c] + light_at(x, y));
  for (int shape = 0; shape < 6; ++shape) {
    const auto part = [&](int of) {
      return static_cast<int>(rng.below(static_cast<std::uint64_t>(of)));
    };
    const int x0 = part(width);
    const int y0 = part(height);
    const int w = 1 + part(width / 3 + 1);
    const int h = 1 + part(height / 3 + 1);
    const int value = part(256);
    const bool round = part(2) == 1;
    for (int y = std::max(0, y0 - h); y < std::min(height, y0 + h); ++y)
      for (int x = std::max(0, x0 - w); x < std::min(width, x0 + w); ++x) {
        const double dx = static_cast<double>(x - x0) / w;
        const double dy = static_cast<double>(y - y0) / h;
        if (round && dx * dx + dy * dy > 1) continue;
        for (int c = 0; c < 3; ++c)
          out.at(x, y)[c] = static_cast<std::uint8_t>((out.at(x, y)[c] + 3 * value) / 4);
      }
  }
  return out;
}

// --- what is done to a picture between two sites ------------------------------------------------

/// Bilinear, to a given size.
inline InventedPicture resized(const InventedPicture& in, int width, int height) {
  InventedPicture out = blank(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double u = std::clamp((x + 0.5) * in.width / width - 0.5, 0.0, in.width - 1.0);
      const double v = std::clamp((y + 0.5) * in.height / height - 0.5, 0.0, in.height - 1.0);
      const int i = static_cast<int>(u);
      const int j = static_cast<int>(v);
      const int i2 = std::min(i + 1, in.width - 1);
      const int j2 = std::min(j + 1, in.height - 1);
      for (int c = 0; c < 3; ++c) {
        const double top = in.at(i, j)[c] * (1 - (u - i)) + in.at(i2, j)[c] * (u - i);
        const double low = in.at(i, j2)[c] * (1 - (u - i)) + in.at(i2, j2)[c] * (u - i);
        out.at(x, y)[c] = clamped(top * (1 - (v - j)) + low * (v - j));
      }
    }
  return out;
}

/// Takes a share of the width and height off, spread over both sides.
inline InventedPicture cropped(const InventedPicture& in, double share) {
  const int dx = static_cast<int>(in.width * share / 2);
  const int dy = static_cast<int>(in.height * share / 2);
  InventedPicture out = blank(in.width - 2 * dx, in.height - 2 * dy);
  for (int y = 0; y < out.height; ++y)
    std::memcpy(out.at(0, y), in.at(dx, y + dy), 3 * static_cast<std::size_t>(out.width));
  return out;
}

inline InventedPicture brightened(const InventedPicture& in, double factor, double plus) {
  InventedPicture out = in;
  for (std::uint8_t& value : out.rgb) value = clamped(value * factor + plus);
  return out;
}

/// A site's mark: a bar with strokes like letters across the lower part.
inline InventedPicture watermarked(const InventedPicture& in) {
  InventedPicture out = in;
  for (int y = in.height * 85 / 100; y < in.height * 93 / 100; ++y)
    for (int x = in.width / 10; x < in.width * 6 / 10; ++x)
      if ((x * 24 / in.width) % 2 == 0 || (y * 60 / in.height) % 3 == 0)
        for (int c = 0; c < 3; ++c)
          out.at(x, y)[c] = static_cast<std::uint8_t>((out.at(x, y)[c] + 255) / 2);
  return out;
}

/// The scenes of tests/golden/photo/pdq.tsv: seeds 1 to kGoldenPictures, of all shapes, every
/// fourth pale.
inline constexpr std::uint64_t kGoldenPictures = 24;
inline InventedPicture golden_picture(std::uint64_t seed) {
  constexpr int kSides[] = {640, 480, 64, 65, 97, 128, 300, 1000, 33, 720, 511};
  const auto side = [&](std::uint64_t i) { return kSides[i % std::size(kSides)]; };
  const InventedPicture scene = invented(seed, side(seed), side(3 * seed + seed / 11));
  return seed % 4 == 0 ? brightened(scene, 1.0 / static_cast<double>(seed), 100) : scene;
}

// --- files --------------------------------------------------------------------------------------

inline std::string png_file(const InventedPicture& in) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(in.width);
  image.height = static_cast<png_uint_32>(in.height);
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = 0;
  if (png_image_write_to_memory(&image, nullptr, &size, 0, in.rgb.data(), 0, nullptr) == 0)
    std::abort();
  std::string out(size, '\0');
  if (png_image_write_to_memory(&image, out.data(), &size, 0, in.rgb.data(), 0, nullptr) == 0)
    std::abort();
  out.resize(size);
  return out;
}

enum class JpegColours : std::uint8_t { rgb, cmyk };

inline std::string jpeg_file(const InventedPicture& in, int quality, bool progressive = false,
                             JpegColours colours = JpegColours::rgb) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &buffer, &size);
  info.image_width = static_cast<JDIMENSION>(in.width);
  info.image_height = static_cast<JDIMENSION>(in.height);
  info.input_components = colours == JpegColours::cmyk ? 4 : 3;
  info.in_color_space = colours == JpegColours::cmyk ? JCS_CMYK : JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  if (progressive) jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  const auto step = static_cast<std::size_t>(info.input_components);
  std::vector<std::uint8_t> line(step * static_cast<std::size_t>(in.width), 0);
  for (int y = 0; y < in.height; ++y) {
    for (int x = 0; x < in.width; ++x)
      std::memcpy(line.data() + step * static_cast<std::size_t>(x), in.at(x, y), 3);
    JSAMPROW row = line.data();
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  std::string out(reinterpret_cast<char*>(buffer), size);
  jpeg_destroy_compress(&info);
  std::free(buffer);
  return out;
}

inline std::string webp_file(const InventedPicture& in, float quality) {
  std::uint8_t* bytes = nullptr;
  const std::size_t size =
      WebPEncodeRGB(in.rgb.data(), in.width, in.height, 3 * in.width, quality, &bytes);
  std::string out(reinterpret_cast<char*>(bytes), size);
  WebPFree(bytes);
  return out;
}

/// The luma as decode() gives it, without a file between.
inline GrayPicture gray_of(const InventedPicture& in) {
  Shrink shrink(static_cast<std::uint32_t>(in.width), static_cast<std::uint32_t>(in.height));
  for (int y = 0; y < in.height; ++y)
    shrink.add_row([&](std::uint32_t x) {
      const std::uint8_t* p = in.at(static_cast<int>(x), y);
      return luma_of(p[0], p[1], p[2]);
    });
  GrayPicture out = std::move(shrink).finish();
  out.original_width = static_cast<std::uint32_t>(in.width);
  out.original_height = static_cast<std::uint32_t>(in.height);
  return out;
}

}  // namespace ovillo::photo
