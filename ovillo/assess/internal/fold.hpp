// Folding of one character for phrase matching: case, accents, look-alikes and invisible marks go.
//
// "MÁLAGA", "malaga", "ｍａｌａｇａ", "𝗺𝗮𝗹𝗮𝗴𝗮" and "mаlаgа" (Cyrillic а) fold alike. The folded
// alphabet is a-z and 0-9; a letter of any other script folds to `kOther`, so its word matches
// nothing.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace ovillo::assess {

/// Folded symbols: 0-25 letters a-z, 26-35 digits, then these.
namespace folded {
inline constexpr std::uint8_t kDigit0 = 26;
inline constexpr std::uint8_t kOther = 36;       ///< a letter outside the folded alphabet
inline constexpr std::uint8_t kGone = 37;        ///< invisible or combining: as if not written
inline constexpr std::uint8_t kSpace = 38;       ///< separates words
inline constexpr std::uint8_t kSoft = 39;        ///< comma, newline, emoji: ends a negation
inline constexpr std::uint8_t kHard = 40;        ///< "!", "?": ends a phrase
inline constexpr std::uint8_t kDot = 41;         ///< ends a phrase when alone and before a space
inline constexpr std::uint8_t kApostrophe = 42;  ///< joins or splits, by what stands before it
inline constexpr std::uint8_t kBeyondAscii = 255;
}  // namespace folded

inline constexpr bool is_letter(std::uint8_t symbol) { return symbol < 26 || symbol == 36; }
inline constexpr bool is_digit(std::uint8_t symbol) { return symbol >= 26 && symbol < 36; }

/// Folded symbols of the 128 ASCII characters; above them `kBeyondAscii`.
extern const std::array<std::uint8_t, 256> kAsciiFold;

/// One or two folded symbols ("ß" is "ss", "œ" is "oe").
struct FoldedCharacter {
  std::uint8_t first = folded::kSpace;
  std::uint8_t second = folded::kGone;
};

/// Folds a character outside ASCII.
FoldedCharacter fold_character(char32_t c);

}  // namespace ovillo::assess
