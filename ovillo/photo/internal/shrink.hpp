// Averages rows of pixels down as they come, so that no large picture is held in floats.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/photo/decode.hpp"

namespace ovillo::photo {

class Shrink {
 public:
  /// @param width, height  of the rows to come; at least 1.
  Shrink(std::uint32_t width, std::uint32_t height);

  /// The next row. @param value  value(x) is the luma of pixel x.
  template <class Value>
  void add_row(const Value& value) {
    if (row_ / factor_y_ >= picture_.height) return;  // the rest of a division
    float* out = picture_.luma.data() + std::size_t{row_ / factor_y_} * picture_.width;
    if (factor_x_ == 1) {
      for (std::uint32_t x = 0; x < picture_.width; ++x) out[x] += value(x);
    } else {
      for (std::uint32_t x = 0; x < picture_.width; ++x) {
        float sum = 0;
        for (std::uint32_t i = 0; i < factor_x_; ++i) sum += value(x * factor_x_ + i);
        out[x] += sum;
      }
    }
    ++row_;
  }

  /// The picture of all rows added.
  GrayPicture finish() &&;

 private:
  std::uint32_t factor_x_;
  std::uint32_t factor_y_;
  std::uint32_t row_ = 0;
  GrayPicture picture_;
};

/// ITU-R BT.601 luma, as the published algorithm takes it.
inline float luma_of(float r, float g, float b) { return 0.299F * r + 0.587F * g + 0.114F * b; }

}  // namespace ovillo::photo
