// A sliding window over the text of one member: what is held, more on demand, bytes accounted for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/encoding.hpp"

namespace ovillo::intake {

/// Why a row cannot be text.
struct TextFault {
  bool nul = false;    ///< a NUL byte; else: not valid in the encoding
  std::size_t at = 0;  ///< in the row as scanned
};

class TextWindow {
 public:
  /// Reads the first part of `stream` (which outlives the window) and sniffs its encoding.
  static Result<std::unique_ptr<TextWindow>> open(ByteStream& stream);

  /// Text held and not consumed; valid until more() or consume(). 64 bytes may be read past its
  /// end.
  [[nodiscard]] std::string_view view() const { return std::string_view(held_).substr(position_); }
  [[nodiscard]] bool at_end() const { return at_end_; }
  /// Takes in at least as much again as is held, or up to the end.
  Result<void> more();
  /// Lets go of the first n bytes of view().
  void consume(std::size_t n);
  /// Bytes of the member before view(), in the file's own encoding.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  [[nodiscard]] Encoding encoding() const { return encoding_; }
  /// "UTF-8 with BOM".
  [[nodiscard]] std::string describe_encoding() const;

  /// Checks one row as scanned; the first row outside ASCII decides an open encoding.
  std::optional<TextFault> check(std::string_view row);
  /// A cell as UTF-8; `scratch` holds it where it had to be rewritten.
  std::string_view decoded(std::string_view cell, std::string& scratch) const;
  /// The row's bytes as in the file.
  std::string_view raw(std::string_view row, std::string& scratch) const;
  /// How many they are.
  [[nodiscard]] std::uint64_t raw_size(std::string_view text) const;

 private:
  explicit TextWindow(ByteStream& stream) : stream_(&stream) {}
  Result<void> take_block();
  [[nodiscard]] bool is_utf16() const {
    return encoding_ == Encoding::utf16_le || encoding_ == Encoding::utf16_be;
  }

  ByteStream* stream_;
  std::string held_;
  std::size_t position_ = 0;
  std::uint64_t offset_ = 0;
  bool at_end_ = false;
  bool has_bom_ = false;
  Encoding encoding_ = Encoding::ascii_so_far;
  std::optional<Utf16Decoder> utf16_;
};

}  // namespace ovillo::intake
