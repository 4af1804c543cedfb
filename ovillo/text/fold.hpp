// Folding: one plain form of a text, with the way back to its bytes.
//
// fold() lower-cases, takes accents off, turns compatibility forms (full-width, circled,
// mathematical, superscript, Arabic-Indic ... digits and letters) into plain ones, Cyrillic and
// Greek look-alikes into Latin letters, and drops what is not seen (zero-width marks, soft hyphens,
// combining strokes). Every folded byte remembers the raw bytes it came from, so that a find in the
// folded text is a span of the raw one. Pure; the tables come from ICU's Unicode data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ovillo::text {

/// Half-open byte range [begin, end).
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const ByteRange&) const = default;
};

/// How text between U+202E (right-to-left override) and its end is read: `shown`, as a reader sees
/// it (mirrored back), or `stored`, in the order of the bytes.
enum class Order : std::uint8_t { shown, stored };

struct Folded {
  std::string text;                      ///< UTF-8; ASCII where a plain form exists
  std::vector<std::uint32_t> raw_begin;  ///< per folded byte: first raw byte it came from
  std::vector<std::uint32_t> raw_end;    ///< per folded byte: one past the last raw byte
  bool has_override = false;             ///< an U+202E was seen

  /// Raw bytes of the folded range [begin, end), end > begin. Marks that sit on the last character
  /// (keycap, stroke) belong to it.
  [[nodiscard]] ByteRange raw(std::size_t begin, std::size_t end) const;
};

/// Folds `text` into `out`, reusing its memory.
/// @param text  UTF-8; an ill-formed byte becomes U+FFFD. Shorter than 4 GiB.
/// @cost        O(n); about 1.5 ns per byte of Latin text.
/// @source      Unicode NFKC_Casefold, then marks U+0300..U+036F and enclosing marks off;
///              look-alikes: internal/lookalikes.inc.
/// @misses      vowel signs of Indic scripts are kept as they are; vulgar fractions and the ordinal
///              signs stay symbols, so that "1/2" and "2nd" do not become digits.
void fold(std::string_view text, Folded& out, Order order = Order::shown);

/// The folded form alone.
std::string folded(std::string_view text);

}  // namespace ovillo::text
