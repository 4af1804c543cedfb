// PDQ: what a picture looks like, in 256 bits.
//
// Our own implementation of the published algorithm: luma, two passes of a box filter in both
// directions (a Jarosz filter), 64 x 64 samples, the 16 x 16 low frequencies of their cosine
// transform without the constant one, and a bit per frequency above the median. It sees the whole
// picture and no person in it.
#pragma once

#include <optional>

#include "ovillo/photo/decode.hpp"
#include "ovillo/record/photo.hpp"

namespace ovillo::photo {

struct Pdq {
  Likeness likeness;
  int quality = 0;  ///< 0 (flat) to 100, from the gradients of the 64 x 64 samples
};

/// @return  hash and quality; all zero where a side is below 5 pixels.
/// @cost    O(pixels); bench/photo.
/// @source  Davis and Rosen, The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing
///          Algorithm, 2019. Compared bit by bit with PyPI's pdqhash: tests/golden/photo.
/// @misses  turned, mirrored and strongly cropped pictures; see docs/formats/photo.md.
Pdq pdq(const GrayPicture& picture);

/// Quality below which the authors advise against comparing.
inline constexpr int kMinQuality = 50;
/// Side below which a picture (an icon, a button) has no likeness.
inline constexpr std::uint32_t kMinSide = 64;

/// The likeness, where the picture is large and varied enough to have one.
std::optional<Likeness> likeness_of(const GrayPicture& picture);

}  // namespace ovillo::photo
