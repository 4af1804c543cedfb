#include "ovillo/photo/internal/shrink.hpp"

#include <algorithm>
#include <utility>

namespace ovillo::photo {

namespace {

constexpr std::uint32_t kEnough = 512;  // the algorithm samples 64; 8 pixels each are plenty

std::uint32_t factor_for(std::uint32_t side) { return std::max<std::uint32_t>(1, side / kEnough); }

}  // namespace

Shrink::Shrink(std::uint32_t width, std::uint32_t height)
    : factor_x_(factor_for(width)), factor_y_(factor_for(height)) {
  picture_.width = width / factor_x_;
  picture_.height = height / factor_y_;
  picture_.luma.assign(std::size_t{picture_.width} * picture_.height, 0.0F);
}

GrayPicture Shrink::finish() && {
  if (const std::uint32_t n = factor_x_ * factor_y_; n > 1)
    for (float& value : picture_.luma) value /= static_cast<float>(n);
  return std::move(picture_);
}

}  // namespace ovillo::photo
