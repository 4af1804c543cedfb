// The pieces a phone number may be made of: digits, number words, letters that stand for digits.
//
// A run is a sequence of such pieces with nothing but signs, spaces and joins ("y", "and") between.
// It is the lattice the decoder walks.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/extract/internal/scan.hpp"
#include "ovillo/extract/internal/sound_alike.hpp"
#include "ovillo/text/number_words.hpp"

namespace ovillo::extract {

/// Number words, and words that only sound like one.
struct NumberVocabulary {
  text::NumberWords words;
  SoundAlikes alikes;
};

enum class ItemKind : std::uint8_t { digits, word, letters, plus };

/// How a piece was written, as bits; a number has those of its pieces.
using ItemFlags = std::uint8_t;
inline constexpr ItemFlags kPlainDigits = 1;
inline constexpr ItemFlags kInWords = 2;
inline constexpr ItemFlags kLookalike = 4;  ///< letters for digits, other scripts
inline constexpr ItemFlags kEmoji = 8;      ///< keycaps, or emoji between
inline constexpr ItemFlags kSeparated = 16;
inline constexpr ItemFlags kLetters = 32;     ///< letters stand for digits
inline constexpr ItemFlags kOddLetters = 64;  ///< letters that are no O, o, l, I or i among them

struct PhoneItem {
  std::uint32_t begin = 0;  ///< folded bytes
  std::uint32_t end = 0;
  std::uint32_t token = 0;
  ItemKind kind = ItemKind::digits;
  text::NumberWord word;                ///< with ItemKind::word
  std::array<char, 8> letters{};        ///< the digits of ItemKind::letters, n_letters of them
  std::array<char, 8> other_letters{};  ///< the second choice: "g" is 9, "G" more likely 6
  std::uint8_t n_letters = 0;
  std::uint8_t flags = 0;
  std::uint8_t gap = 0;  ///< cost of what lies between this piece and the one before
  bool touches = false;  ///< nothing lies between
  bool tight = false;    ///< one sign without spaces lies between
  char sign = 0;         ///< the only sign between, if ASCII
};

/// Memory of read_run, reused from run to run.
struct RunScratch {
  std::vector<text::NumberPiece> pieces;
  std::vector<text::NumberPiece> next_pieces;
  std::string plain;
};

/// Reads the run that starts at token i.
/// @param items  cleared, then filled; empty when no run starts at i.
/// @return       the token after the run; at least i + 1.
/// @cost         O(run).
std::size_t read_run(const Scan& scan, const NumberVocabulary& numbers, std::size_t i,
                     std::vector<PhoneItem>& items, RunScratch& scratch);

}  // namespace ovillo::extract
