// Folding: the words of a text as they are compared, whatever script, case or disguise.
//
// One word is one 32-bit hash. Folded away: case, accents, doubled letters, zero-width and other
// invisible characters, look-alike letters of other scripts (Cyrillic and Greek "а о е" read as
// Latin), digits and signs inside words ("s0l0", "c@lle"). Every script is kept. Any run of digit
// groups ("10:00", "07700 900 123") is one word, `kNumber`. Emoji and punctuation only separate.
// Scripts written without spaces give one word per character.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ovillo::cluster {

/// The word that stands for every number.
inline constexpr std::uint32_t kNumber = 0x23232323;

/// Words after this many are not compared: bounds the work on hostile texts.
inline constexpr std::size_t kMaxWords = 4096;

struct Word {
  std::uint32_t hash = 0;
  std::uint32_t begin = 0;  ///< byte range [begin, end) in the raw text
  std::uint32_t end = 0;
  std::uint32_t n_digits = 0;  ///< for kNumber: digits in all its groups
  bool operator==(const Word&) const = default;
};

/// The first kMaxWords words of a text. Ill-formed UTF-8 bytes are skipped.
/// @param out  cleared first; kept by the caller so that a loop allocates once.
/// @cost  O(n), about 1 us per 300 bytes.
void fold_words(std::string_view text, std::vector<Word>& out);

/// Hash of a phrase of one, two or three words in a row.
constexpr std::uint64_t phrase_of(std::uint32_t word) {
  return (static_cast<std::uint64_t>(word) * 0x9e3779b97f4a7c15ULL) ^ 0x5851f42d4c957f2dULL;
}
constexpr std::uint64_t phrase_of(std::uint32_t first, std::uint32_t second) {
  std::uint64_t x = (static_cast<std::uint64_t>(first) << 32) | second;
  x = (x ^ (x >> 31)) * 0xd6e8feb86659fd93ULL;
  return x ^ (x >> 32);
}
constexpr std::uint64_t phrase_of(std::uint32_t first, std::uint32_t second, std::uint32_t third) {
  std::uint64_t x = phrase_of(first, second) + third;
  x = (x ^ (x >> 29)) * 0xbf58476d1ce4e5b9ULL;
  return x ^ (x >> 32);
}

}  // namespace ovillo::cluster
