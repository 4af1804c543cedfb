#include <cstdint>
#include <utility>
#include <vector>

#include <webp/decode.h>

#include "ovillo/photo/internal/formats.hpp"
#include "ovillo/photo/internal/shrink.hpp"

namespace ovillo::photo {

Result<GrayPicture> decode_webp(std::string_view bytes, const DecodeLimits& limits) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(data, bytes.size(), &features) != VP8_STATUS_OK)
    return Error(ErrorCode::photo_damaged);
  if (features.has_animation != 0) return Error(ErrorCode::photo_animated);
  const auto width = static_cast<std::uint32_t>(features.width);
  const auto height = static_cast<std::uint32_t>(features.height);
  OVILLO_CHECK(check_size(width, height, limits));
  const std::size_t stride = std::size_t{4} * width;
  std::vector<std::uint8_t> pixels(stride * height);
  if (WebPDecodeRGBAInto(data, bytes.size(), pixels.data(), pixels.size(),
                         static_cast<int>(stride)) == nullptr)
    return Error(ErrorCode::photo_damaged);
  Shrink shrink(width, height);
  for (std::uint32_t y = 0; y < height; ++y) {
    const std::uint8_t* row = pixels.data() + stride * y;
    shrink.add_row([row](std::uint32_t x) {
      const std::uint8_t* pixel = row + std::size_t{4} * x;
      const float luma = luma_of(pixel[0], pixel[1], pixel[2]);
      if (pixel[3] == 255) return luma;
      const float alpha = static_cast<float>(pixel[3]) / 255.0F;
      return luma * alpha + 255.0F * (1.0F - alpha);
    });
  }
  GrayPicture out = std::move(shrink).finish();
  out.original_width = width;
  out.original_height = height;
  return out;
}

}  // namespace ovillo::photo
