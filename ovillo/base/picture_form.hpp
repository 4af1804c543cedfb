// Which form of picture the first bytes of a file announce.
#pragma once

#include <cstdint>
#include <string_view>

namespace ovillo {

enum class PictureForm : std::uint8_t { none, jpeg, png, webp, gif, tiff, bmp, heif, jpeg_xl };

/// Told by content, whatever the file is called. @param head  the first bytes; 32 are enough.
PictureForm picture_form(std::string_view head);

/// Whether a file's name ends as those of pictures do, in any letter case.
bool has_picture_name(std::string_view path);

}  // namespace ovillo
