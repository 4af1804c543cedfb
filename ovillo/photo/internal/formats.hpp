// The three decoders, each behind the same shape: see decode.hpp for what they promise.
#pragma once

#include <string_view>

#include "ovillo/photo/decode.hpp"

namespace ovillo::photo {

Result<GrayPicture> decode_jpeg(std::string_view bytes, const DecodeLimits& limits);
Result<GrayPicture> decode_png(std::string_view bytes, const DecodeLimits& limits);
Result<GrayPicture> decode_webp(std::string_view bytes, const DecodeLimits& limits);

/// @error photo.no_pixels, photo.too_many_pixels.
Result<void> check_size(std::uint64_t width, std::uint64_t height, const DecodeLimits& limits);

}  // namespace ovillo::photo
