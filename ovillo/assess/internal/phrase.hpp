// The phrase language of data/indicators (docs/formats/indicators.md), read and expanded.
//
//   no me (deja|dejan|dej*) ..2 salir      alternatives, a prefix, a gap of up to two words
//   (i am|i'm|im) (only|just)? @minor_age  an optional part, a named list of words
//   # euros                                any number in digits
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::assess {

/// One thing that a word of a text may be.
struct PhraseAtom {
  enum class Kind : std::uint8_t { word, prefix, list, number };
  Kind kind = Kind::word;
  std::string folded;  ///< the folded word or prefix, or the list's name

  auto operator<=>(const PhraseAtom&) const = default;
};

/// One step of a phrase: a word that is any of the atoms.
struct PhraseStep {
  std::vector<PhraseAtom> atoms;  ///< sorted
  std::uint8_t gap = 0;           ///< how many other words may stand before it

  bool operator==(const PhraseStep&) const = default;
};

using PhraseSteps = std::vector<PhraseStep>;

/// Most sequences of steps that one phrase may stand for.
inline constexpr std::size_t kMaxExpansions = 2'000;

/// Most brackets of a phrase that may be open at once.
inline constexpr std::size_t kMaxOpenBrackets = 16;

/// Words as the matcher sees them: folded, in order, without marks.
std::vector<std::string> folded_words(std::string_view text);

/// The sequences of steps that `phrase` stands for. Single words between brackets stay one step;
/// only parts of several words and optional ones multiply.
/// @error  base.bad_data_file: an unclosed bracket, an empty phrase, too many alternatives,
///         brackets too deep.
Result<std::vector<PhraseSteps>> expand_phrase(std::string_view phrase);

}  // namespace ovillo::assess
