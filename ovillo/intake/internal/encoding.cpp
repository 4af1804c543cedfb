#include "ovillo/intake/internal/encoding.hpp"

#include <algorithm>

#include "ovillo/base/utf8.hpp"

namespace ovillo::intake {

namespace {

void append_three_bytes(std::string& out, std::uint16_t unit) {
  out.push_back(static_cast<char>(0xe0 | unit >> 12));
  out.push_back(static_cast<char>(0x80 | (unit >> 6 & 0x3f)));
  out.push_back(static_cast<char>(0x80 | (unit & 0x3f)));
}

// UTF-16 without a mark: text of any language has ASCII (spaces, separators, digits), whose zero
// bytes all stand on the same side.
Encoding utf16_without_mark(std::string_view head) {
  const std::size_t n = std::min<std::size_t>(head.size() & ~std::size_t{1}, 4096);
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < n; i += 2) {
    even += head[i] == 0 ? 1 : 0;
    odd += head[i + 1] == 0 ? 1 : 0;
  }
  const std::size_t units = n / 2;
  if (units < 4) return Encoding::ascii_so_far;
  if (odd * 4 > units && even * 20 < odd) return Encoding::utf16_le;
  if (even * 4 > units && odd * 20 < even) return Encoding::utf16_be;
  return Encoding::ascii_so_far;
}

}  // namespace

std::string_view describe(Encoding encoding) {
  switch (encoding) {
    case Encoding::ascii_so_far:
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::windows_1252:
      return "Windows-1252";
    case Encoding::utf16_le:
      return "UTF-16 little endian";
    case Encoding::utf16_be:
      return "UTF-16 big endian";
    case Encoding::utf32:
      return "UTF-32";
  }
  return "";
}

Encoding encoding_of(std::string_view text) {
  std::size_t well_formed = 0;
  std::size_t broken = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const CodePoint c = decode_utf8(text, i);
    (c.length > 1 ? well_formed : broken) += 1;
    i += c.length;
  }
  if (well_formed == 0 && broken == 0) return Encoding::ascii_so_far;
  return well_formed >= broken ? Encoding::utf8 : Encoding::windows_1252;
}

SniffedEncoding sniff_encoding(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\xef\xbb\xbf"sv)) return {Encoding::utf8, 3};
  if (head.starts_with("\xff\xfe\0\0"sv) || head.starts_with("\0\0\xfe\xff"sv))
    return {Encoding::utf32, 4};
  if (head.starts_with("\xff\xfe"sv)) return {Encoding::utf16_le, 2};
  if (head.starts_with("\xfe\xff"sv)) return {Encoding::utf16_be, 2};
  if (const Encoding wide = utf16_without_mark(head); wide != Encoding::ascii_so_far)
    return {wide, 0};
  // A character cut at the end of the head says nothing.
  std::size_t end = head.size();
  for (int i = 0; i < 4 && end > 0 && (head[end - 1] & 0x80) != 0; ++i) --end;
  return {encoding_of(head.substr(0, end)), 0};
}

void Utf16Decoder::unit(std::uint16_t value, std::string& out) {
  if (high_ != 0) {
    if (value >= 0xdc00 && value <= 0xdfff) {
      append_utf8(out, 0x10000 + ((static_cast<char32_t>(high_) - 0xd800) << 10) + value - 0xdc00);
      high_ = 0;
      return;
    }
    append_three_bytes(out, high_);
    high_ = 0;
  }
  if (value >= 0xd800 && value <= 0xdbff) {
    high_ = value;
  } else if (value >= 0xdc00 && value <= 0xdfff) {
    append_three_bytes(out, value);
  } else {
    append_utf8(out, value);
  }
}

void Utf16Decoder::decode(std::string_view block, std::string& out) {
  for (const char c : block) {
    const auto byte = static_cast<unsigned char>(c);
    if (!has_byte_) {
      byte_ = byte;
      has_byte_ = true;
      continue;
    }
    has_byte_ = false;
    unit(static_cast<std::uint16_t>(big_endian_ ? byte_ << 8 | byte : byte << 8 | byte_), out);
  }
}

void Utf16Decoder::finish(std::string& out) {
  if (high_ != 0) append_three_bytes(out, high_);
  high_ = 0;
  if (has_byte_) out.push_back('\xff');
  has_byte_ = false;
}

std::uint64_t utf16_bytes(std::string_view text) {
  std::uint64_t n = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0) == 0x80) continue;
    n += byte == 0xff ? 1 : byte >= 0xf0 ? 4 : 2;
  }
  return n;
}

void append_utf16(std::string& out, std::string_view text, bool big_endian) {
  const auto put = [&](std::uint32_t unit) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xff);
    out.push_back(big_endian ? high : low);
    out.push_back(big_endian ? low : high);
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead == 0xff) {  // the odd byte at the end; which one it was is not known
      out.push_back('\xff');
      ++i;
    } else if (lead == 0xed && i + 2 < text.size() &&
               (static_cast<unsigned char>(text[i + 1]) & 0x20) != 0) {  // lone surrogate
      put(0xd000u | (static_cast<unsigned char>(text[i + 1]) & 0x3fu) << 6 |
          (static_cast<unsigned char>(text[i + 2]) & 0x3fu));
      i += 3;
    } else {
      const CodePoint c = decode_utf8(text, i);
      if (c.value >= 0x10000) {
        put(0xd800 + ((c.value - 0x10000) >> 10));
        put(0xdc00 + ((c.value - 0x10000) & 0x3ff));
      } else {
        put(c.value);
      }
      i += c.length;
    }
  }
}

}  // namespace ovillo::intake
