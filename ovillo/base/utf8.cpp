#include "ovillo/base/utf8.hpp"

#include <cstring>

namespace ovillo {

namespace {

// Length of the well-formed sequence at `p`, or 0.
std::size_t sequence_length(const unsigned char* p, std::size_t n) {
  const unsigned char a = p[0];
  if (a < 0x80) return 1;
  const auto continues = [&](std::size_t i, unsigned char low = 0x80, unsigned char high = 0xbf) {
    return i < n && p[i] >= low && p[i] <= high;
  };
  if (a >= 0xc2 && a <= 0xdf) return continues(1) ? 2 : 0;
  if (a >= 0xe0 && a <= 0xef) {
    const unsigned char low = a == 0xe0 ? 0xa0 : 0x80;
    const unsigned char high = a == 0xed ? 0x9f : 0xbf;
    return continues(1, low, high) && continues(2) ? 3 : 0;
  }
  if (a >= 0xf0 && a <= 0xf4) {
    const unsigned char low = a == 0xf0 ? 0x90 : 0x80;
    const unsigned char high = a == 0xf4 ? 0x8f : 0xbf;
    return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  const unsigned char* p = bytes_of(text);
  const std::size_t n = text.size();
  std::size_t i = 0;
  while (i < n) {
    while (i + 8 <= n) {
      std::uint64_t word;
      std::memcpy(&word, p + i, 8);
      if ((word & 0x8080808080808080ULL) != 0) break;
      i += 8;
    }
    if (i >= n) break;
    const std::size_t length = sequence_length(p + i, n - i);
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

CodePoint decode_utf8(std::string_view text, std::size_t pos) {
  const unsigned char* p = bytes_of(text) + pos;
  const std::size_t length = sequence_length(p, text.size() - pos);
  switch (length) {
    case 1:
      return {p[0], 1};
    case 2:
      return {static_cast<char32_t>((p[0] & 0x1f) << 6 | (p[1] & 0x3f)), 2};
    case 3:
      return {static_cast<char32_t>((p[0] & 0x0f) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f)), 3};
    case 4:
      return {static_cast<char32_t>((p[0] & 0x07) << 18 | (p[1] & 0x3f) << 12 | (p[2] & 0x3f) << 6 |
                                    (p[3] & 0x3f)),
              4};
    default:
      return {U'\uFFFD', 1};
  }
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) c = U'\uFFFD';
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xc0 | c >> 6));
    out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xe0 | c >> 12));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3f)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
  } else {
    out.push_back(static_cast<char>(0xf0 | c >> 18));
    out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3f)));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3f)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
  }
}

std::string replace_invalid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode_utf8(text, i);
    append_utf8(out, c.value);
    i += c.length;
  }
  return out;
}

}  // namespace ovillo
