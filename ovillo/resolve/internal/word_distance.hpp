// How far two words of names are apart, in hundredths of a letter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ovillo::resolve::internal {

/// One letter changed, added or left out; neighbours exchanged.
inline constexpr std::int32_t kOneLetter = 100;

/// Edit distance in which letters of one sound cost less than others (t and d, s and z, any two
/// vowels), a doubled letter almost nothing, and the first letter more.
/// @return  `most` + 1 when it is more than `most`.
/// @cost    O(a * b), at most kLongestCompared letters each.
std::int32_t word_distance(std::string_view a, std::string_view b, std::int32_t most);

/// The word with the ways of writing one sound made one: "sch" and "sh", "ph" and "f", "ou" and
/// "u", "y" and "i", doubled letters once.
std::string one_spelling(std::string_view word);

/// Consonants alone, those merged that Arabic, Hebrew, Chinese or Japanese do not keep apart.
/// `loose`: as Chinese and Japanese hear them, r as l.
std::string consonants(std::string_view word, bool loose);

}  // namespace ovillo::resolve::internal
