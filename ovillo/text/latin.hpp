// Names and words of any script in lower-case Latin letters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ovillo::text {

/// How the script a word is written in says its sounds.
enum class Script : std::uint8_t {
  latin,
  letters,    ///< Cyrillic, Greek, Georgian ...: each sound has its letter
  kana,       ///< Hiragana, Katakana: no consonant stands alone
  abjad,      ///< Arabic, Hebrew, Syriac: short vowels are not written
  syllables,  ///< Han, Hangul: each character is a syllable
  unread,     ///< a script nothing is known of: the word stays as it is, in lower case
};

struct LatinWord {
  std::string text;  ///< a-z and digits; of an unread script its own letters
  Script script = Script::latin;
};

/// One word (no space or punctuation inside matters) in Latin letters.
/// @param word  UTF-8; an ill-formed byte is skipped.
/// @cost        O(n); about 20 ns for an ASCII word, some microseconds for other scripts.
/// @source      Cyrillic and Greek: as passports and newspapers write them in English, internal
///              table; everything else: ICU's Any-Latin, Latin-ASCII.
/// @misses      Kanji are read as Chinese; Khmer, Lao and other scripts ICU does not know.
LatinWord to_latin(std::string_view word);

/// Whether `c` is part of a word: a letter, a digit, a mark on either.
bool is_word_part(char32_t c);

}  // namespace ovillo::text
