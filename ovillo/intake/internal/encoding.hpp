// Character encodings of a file: which one it is, and its text as UTF-8.
//
// UTF-8 and single-byte files are scanned as they stand and their cells decoded; UTF-16 is
// rewritten as UTF-8 on the way in, reversibly: a lone surrogate becomes its three-byte form, which
// is no UTF-8, so that the row is rejected and its original bytes can still be given back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ovillo::intake {

enum class Encoding : std::uint8_t {
  ascii_so_far,  ///< decided by the first row that is not ASCII
  utf8,
  windows_1252,  ///< also reads Latin-1, of which it is a superset in text
  utf16_le,
  utf16_be,
  utf32,  ///< recognised, not read
};

/// "UTF-8", "Windows-1252", ...
std::string_view describe(Encoding encoding);

struct SniffedEncoding {
  Encoding encoding = Encoding::ascii_so_far;
  std::size_t bom_bytes = 0;
};

/// @param head  the first bytes of the file; a character may be cut at its end.
SniffedEncoding sniff_encoding(std::string_view head);

/// What bytes outside ASCII look like: UTF-8 when at least as many well-formed sequences as bytes
/// that are part of none.
Encoding encoding_of(std::string_view text);

/// Rewrites UTF-16 as UTF-8, block by block.
class Utf16Decoder {
 public:
  explicit Utf16Decoder(bool big_endian) : big_endian_(big_endian) {}
  void decode(std::string_view block, std::string& out);
  /// What is left at the end: a lone surrogate, an odd byte (0xFF in `out`).
  void finish(std::string& out);

 private:
  void unit(std::uint16_t value, std::string& out);
  bool big_endian_;
  bool has_byte_ = false;
  unsigned char byte_ = 0;
  std::uint16_t high_ = 0;
};

/// Bytes that `text`, as written by Utf16Decoder, had in the file.
std::uint64_t utf16_bytes(std::string_view text);

/// The bytes themselves.
void append_utf16(std::string& out, std::string_view text, bool big_endian);

}  // namespace ovillo::intake
