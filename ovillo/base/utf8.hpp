// UTF-8: checking, decoding, encoding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ovillo {

/// Byte offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or empty
/// when all of `text` is. @cost O(n), about 10 GB/s on ASCII.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

inline bool is_valid_utf8(std::string_view text) { return !first_invalid_utf8(text); }

struct CodePoint {
  char32_t value;
  std::uint8_t length;  ///< bytes, 1 to 4
};

/// Decodes the code point that starts at `pos`. An ill-formed byte decodes as U+FFFD, length 1.
/// @param pos  less than text.size().
CodePoint decode_utf8(std::string_view text, std::size_t pos);

/// Appends `c` as UTF-8; a surrogate or a value above U+10FFFF is appended as U+FFFD.
void append_utf8(std::string& out, char32_t c);

/// `text` with each ill-formed byte replaced by U+FFFD.
std::string replace_invalid_utf8(std::string_view text);

}  // namespace ovillo
