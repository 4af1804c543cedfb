#include "ovillo/photo/decode.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ovillo/photo/internal/formats.hpp"

namespace ovillo::photo {

namespace {

using std::string_view;
using namespace std::string_view_literals;

bool is_jpeg(string_view head) { return head.starts_with("\xff\xd8\xff"sv); }
bool is_png(string_view head) { return head.starts_with("\x89PNG\r\n\x1a\n"sv); }
bool is_webp(string_view head) {
  return head.size() >= 12 && head.starts_with("RIFF"sv) && head.substr(8, 4) == "WEBP"sv;
}

// Forms that are pictures and not read. Empty: none of them.
string_view other_format(string_view head) {
  if (head.starts_with("GIF87a"sv) || head.starts_with("GIF89a"sv)) return "GIF";
  if (head.starts_with("II*\0"sv) || head.starts_with("MM\0*"sv)) return "TIFF";
  if (head.size() >= 14 && head.starts_with("BM"sv) && head.substr(6, 4) == "\0\0\0\0"sv)
    return "BMP";
  if (head.size() >= 12 && head.substr(4, 4) == "ftyp"sv) {
    constexpr std::array<string_view, 6> kStill = {"heic", "heix", "mif1", "msf1", "avif", "avis"};
    if (std::find(kStill.begin(), kStill.end(), head.substr(8, 4)) != kStill.end())
      return "HEIF or AVIF";
  }
  if (head.starts_with("\xff\x0a"sv) || head.starts_with("\0\0\0\x0cJXL "sv)) return "JPEG XL";
  return {};
}

}  // namespace

Result<void> check_size(std::uint64_t width, std::uint64_t height, const DecodeLimits& limits) {
  if (width == 0 || height == 0) return Error(ErrorCode::photo_no_pixels);
  if (width > limits.max_pixels / height)
    return Error(ErrorCode::photo_too_many_pixels, fmt::format("{} x {}", width, height));
  return {};
}

bool is_picture(string_view head) {
  return is_jpeg(head) || is_png(head) || is_webp(head) || !other_format(head).empty();
}

Result<GrayPicture> decode(string_view bytes, const DecodeLimits& limits) {
  if (is_jpeg(bytes)) return decode_jpeg(bytes, limits);
  if (is_png(bytes)) return decode_png(bytes, limits);
  if (is_webp(bytes)) return decode_webp(bytes, limits);
  if (const string_view other = other_format(bytes); !other.empty())
    return Error(ErrorCode::photo_other_format, std::string(other));
  return Error(ErrorCode::photo_not_a_picture);
}

}  // namespace ovillo::photo
