// Windows-1252, which also reads Latin-1.
#pragma once

#include <string>
#include <string_view>

namespace ovillo::text {

/// The character of one byte. The five unassigned bytes are the C1 controls, as in browsers.
/// @source  WHATWG Encoding, windows-1252.
char16_t windows_1252_character(unsigned char byte);

/// Appends Windows-1252 text as UTF-8.
void append_windows_1252(std::string& out, std::string_view text);

}  // namespace ovillo::text
