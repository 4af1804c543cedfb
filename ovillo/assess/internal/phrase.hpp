// The phrase language of data/indicators (docs/formats/indicators.md), read and expanded.
//
//   no me (deja|dejan|dej*) ..2 salir      alternatives, a prefix, a gap of up to two words
//   (i am|i'm|im) (only|just)? @minor_age  an optional part, a named list of words
//   # euros                                any number in digits
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::assess {

/// One step of an expanded phrase.
struct PhraseStep {
  enum class Kind : std::uint8_t { word, prefix, list, number };
  Kind kind = Kind::word;
  std::string folded;    ///< the folded word or prefix, or the list's name
  std::uint8_t gap = 0;  ///< how many other words may stand before this step

  bool operator==(const PhraseStep&) const = default;
};

using PhraseSteps = std::vector<PhraseStep>;

/// Most plain sequences that one phrase may stand for.
inline constexpr std::size_t kMaxExpansions = 20'000;

/// Words as the matcher sees them: folded, in order, without marks.
std::vector<std::string> folded_words(std::string_view text);

/// Every plain sequence that `phrase` stands for.
/// @error  base.bad_data_file: an unclosed bracket, an empty phrase, too many alternatives.
Result<std::vector<PhraseSteps>> expand_phrase(std::string_view phrase);

}  // namespace ovillo::assess
