// One entry per code point of the first two planes: what it becomes when folded.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace ovillo::cluster {

enum class Glyph : std::uint8_t {
  separator,  ///< ends a word
  letter,     ///< part of a word; `folded` is what it reads as
  alone,      ///< a word of its own: scripts written without spaces
  digit,      ///< `folded` is its value, 0 to 9
  invisible,  ///< not there: marks, zero-width characters, variation selectors
};

struct Folding {
  std::uint32_t folded : 24;
  Glyph glyph : 8;
};

class FoldingTable {
 public:
  static constexpr char32_t kSize = 0x20000;
  static const FoldingTable& instance();
  [[nodiscard]] Folding operator[](char32_t c) const { return c < kSize ? entry_[c] : beyond(c); }

 private:
  FoldingTable();
  static Folding beyond(char32_t c);
  std::vector<Folding> entry_;
};

}  // namespace ovillo::cluster
