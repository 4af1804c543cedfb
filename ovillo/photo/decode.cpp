#include "ovillo/photo/decode.hpp"

#include <fmt/format.h>

#include "ovillo/base/picture_form.hpp"
#include "ovillo/photo/internal/formats.hpp"

namespace ovillo::photo {

Result<void> check_size(std::uint64_t width, std::uint64_t height, const DecodeLimits& limits) {
  if (width == 0 || height == 0) return Error(ErrorCode::photo_no_pixels);
  if (width > limits.max_pixels / height)
    return Error(ErrorCode::photo_too_many_pixels, fmt::format("{} x {}", width, height));
  return {};
}

Result<GrayPicture> decode(std::string_view bytes, const DecodeLimits& limits) {
  const auto other = [](const char* form) { return Error(ErrorCode::photo_other_format, form); };
  switch (picture_form(bytes)) {
    case PictureForm::jpeg:
      return decode_jpeg(bytes, limits);
    case PictureForm::png:
      return decode_png(bytes, limits);
    case PictureForm::webp:
      return decode_webp(bytes, limits);
    case PictureForm::gif:
      return other("GIF");
    case PictureForm::tiff:
      return other("TIFF");
    case PictureForm::bmp:
      return other("BMP");
    case PictureForm::heif:
      return other("HEIF or AVIF");
    case PictureForm::jpeg_xl:
      return other("JPEG XL");
    case PictureForm::none:
      break;
  }
  return Error(ErrorCode::photo_not_a_picture);
}

}  // namespace ovillo::photo
