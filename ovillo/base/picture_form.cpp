#include "ovillo/base/picture_form.hpp"

#include <algorithm>
#include <array>

namespace ovillo {

PictureForm picture_form(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\xff\xd8\xff"sv)) return PictureForm::jpeg;
  if (head.starts_with("\x89PNG\r\n\x1a\n"sv)) return PictureForm::png;
  if (head.size() >= 12 && head.starts_with("RIFF"sv) && head.substr(8, 4) == "WEBP"sv)
    return PictureForm::webp;
  if (head.starts_with("GIF87a"sv) || head.starts_with("GIF89a"sv)) return PictureForm::gif;
  if (head.starts_with("II*\0"sv) || head.starts_with("MM\0*"sv)) return PictureForm::tiff;
  if (head.size() >= 14 && head.starts_with("BM"sv) && head.substr(6, 4) == "\0\0\0\0"sv)
    return PictureForm::bmp;
  if (head.starts_with("\xff\x0a"sv) || head.starts_with("\0\0\0\x0cJXL "sv))
    return PictureForm::jpeg_xl;
  if (head.size() < 12 || head.substr(4, 4) != "ftyp"sv) return PictureForm::none;
  constexpr std::array<std::string_view, 6> kHeif = {"heic", "heix", "mif1",
                                                     "msf1", "avif", "avis"};
  const bool is_heif = std::find(kHeif.begin(), kHeif.end(), head.substr(8, 4)) != kHeif.end();
  return is_heif ? PictureForm::heif : PictureForm::none;
}

bool has_picture_name(std::string_view path) {
  constexpr std::array<std::string_view, 11> kEnds = {
      ".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif"};
  const auto same = [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
  };
  return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) {
    return path.size() > end.size() && std::equal(end.rbegin(), end.rend(), path.rbegin(),
                                                  [&](char e, char p) { return same(p, e); });
  });
}

}  // namespace ovillo
