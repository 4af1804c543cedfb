// Any bytes as a picture: an error of photo or a bounded picture, the same twice; no crash.
#include <cstdlib>
#include <string_view>

#include "ovillo/photo/decode.hpp"
#include "ovillo/photo/pdq.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const ovillo::photo::DecodeLimits limits{.max_pixels = 200'000};
  const auto picture = ovillo::photo::decode(bytes, limits);
  if (!picture) {
    if (!picture.error().name().starts_with("photo.")) std::abort();
    return 0;
  }
  if (picture->luma.size() != std::size_t{picture->width} * picture->height) std::abort();
  if (picture->width > 1023 || picture->height > 1023) std::abort();
  const auto again = ovillo::photo::decode(bytes, limits);
  if (!again || again->luma != picture->luma) std::abort();
  if (ovillo::photo::pdq(*again).likeness != ovillo::photo::pdq(*picture).likeness) std::abort();
  return 0;
}
