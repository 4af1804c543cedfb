#include <cstdint>
#include <utility>
#include <vector>

#include <png.h>

#include "ovillo/photo/internal/formats.hpp"
#include "ovillo/photo/internal/shrink.hpp"

namespace ovillo::photo {

namespace {

constexpr std::size_t kHeaderEnd = 24;  // signature, IHDR's length and name, width, height

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

// The library's own state, freed whatever happens; its errors come back as return values.
class PngImage {
 public:
  PngImage() { image.version = PNG_IMAGE_VERSION; }
  PngImage(const PngImage&) = delete;
  PngImage& operator=(const PngImage&) = delete;
  ~PngImage() { png_image_free(&image); }
  png_image image{};
};

}  // namespace

Result<GrayPicture> decode_png(std::string_view bytes, const DecodeLimits& limits) {
  // Looked at before the library: it takes a side of 0 for damage.
  if (bytes.size() < kHeaderEnd) return Error(ErrorCode::photo_damaged);
  OVILLO_CHECK(check_size(big_endian(bytes, 16), big_endian(bytes, 20), limits));
  PngImage held;
  png_image& image = held.image;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
    return Error(ErrorCode::photo_damaged);
  OVILLO_CHECK(check_size(image.width, image.height, limits));
  const std::uint32_t width = image.width;
  const std::uint32_t height = image.height;
  image.format = PNG_FORMAT_RGB;
  const std::size_t stride = std::size_t{3} * width;
  std::vector<png_byte> pixels(stride * height);
  const png_color white = {255, 255, 255};
  if (png_image_finish_read(&image, &white, pixels.data(), static_cast<png_int_32>(stride),
                            nullptr) == 0)
    return Error(ErrorCode::photo_damaged);
  Shrink shrink(width, height);
  for (std::uint32_t y = 0; y < height; ++y) {
    const png_byte* row = pixels.data() + stride * y;
    shrink.add_row([row](std::uint32_t x) {
      const png_byte* pixel = row + std::size_t{3} * x;
      return luma_of(pixel[0], pixel[1], pixel[2]);
    });
  }
  GrayPicture out = std::move(shrink).finish();
  out.original_width = width;
  out.original_height = height;
  return out;
}

}  // namespace ovillo::photo
