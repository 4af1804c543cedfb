// decode: bytes of a picture -> gray pixels, bounded.
//
// The one place where untrusted pictures meet foreign decoders (libjpeg-turbo, libpng, libwebp).
// They run in this process today. Everything they are given and everything they give passes this
// interface as plain values, so that it can move into a helper process under resource limits
// without a change elsewhere. Nothing here looks for faces or persons, and no picture is kept.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::photo {

/// Luma of a picture, row by row, 0 (black) to 255 (white). A side of 1,024 pixels or more is
/// averaged down by a whole factor, so that each side is at most 1,023: what a likeness needs.
struct GrayPicture {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<float> luma;           ///< width * height
  std::uint32_t original_width = 0;  ///< before averaging
  std::uint32_t original_height = 0;
};

struct DecodeLimits {
  std::uint64_t max_pixels = 50'000'000;  ///< looked at before anything is decoded
};

/// Reads a JPEG, PNG or WebP, told by its content whatever it is called.
///
/// Transparent pixels are shown on white; 16-bit samples are read as 8-bit; of JPEG the luma plane
/// is taken as stored. Orientation tags are not applied.
/// @error photo.not_a_picture, photo.other_format, photo.too_many_pixels, photo.no_pixels,
///        photo.damaged (also: cut short, or more than 40 scans), photo.animated,
///        photo.colour_model (CMYK, YCCK, 12-bit).
/// @cost  O(pixels); memory at most 4 bytes a pixel within max_pixels, for JPEG the coefficients of
///        a progressive one (256 MB at most).
Result<GrayPicture> decode(std::string_view bytes, const DecodeLimits& limits = {});

}  // namespace ovillo::photo
