// Two names: may they be the same person's or company's?
//
// compare_names() reads both names into Latin words, pairs the words whatever their order, and says
// of each word what it stood against. It knows titles, particles, initials, nicknames, one name in
// several languages, the ways a script is romanised, legal forms and numbers in words. Words that
// are missing on one side are forgiven, words that contradict each other are not. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/resolve/name_vocabulary.hpp"

namespace ovillo::resolve {

enum class NameKind : std::uint8_t { person, company, other };

/// How a word of one name stood against the other name.
enum class NameRelation : std::uint8_t {
  equal,
  other_script,  ///< the same in Latin letters
  equivalent,    ///< one name or word in two languages, or a woman's and a man's surname
  nickname,
  initial,
  spelling,     ///< a few letters differ, or another romanisation
  sound,        ///< the consonants agree, between scripts
  joined,       ///< written as one word here, as several there
  initials,     ///< "PLA" for the words it abbreviates
  backwards,    ///< written from the end
  left_out,     ///< a title, a particle, a legal form: says nothing by its absence
  repeated,     ///< a word said twice
  missing,      ///< only one name has it
  contradicts,  ///< the other name has another word in its place
};
constexpr std::array<std::string_view, 14> names(NameRelation) {
  return {"equal",    "other_script", "equivalent", "nickname",   "initial",
          "spelling", "sound",        "joined",     "initials",   "backwards",
          "left_out", "repeated",     "missing",    "contradicts"};
}

struct NameReason {
  std::string a;  ///< words of the first name, in Latin letters; empty: none
  std::string b;  ///< words of the second name
  NameRelation relation = NameRelation::equal;
  std::int32_t quarter_bits = 0;  ///< what it adds to the weight
  bool operator==(const NameReason&) const = default;
};

struct NameMatch {
  bool same = false;              ///< enough agrees and nothing contradicts
  std::int32_t quarter_bits = 0;  ///< sum of the reasons: evidence for (> 0) or against, in 1/4 bit
  std::vector<NameReason> reasons;
};

/// Compares two names.
/// @param a,b   UTF-8; "Surname, Given" and "Given Surname" are the same. Ill-formed bytes
/// separate.
/// @param kind  `other` (ships, anything) is read as a company.
/// @return      symmetric but for the sides of the reasons. A name without a word is the same as
///              none. `same` is a statement on the names, not on the people: many share a name.
/// @cost        O(n) to read, then at most 24 words against 24 of at most 48 letters each;
///              bench/names.
/// @source      docs/formats/names.md.
/// @misses      Translations of company names; a single given name for a name of several words;
///              given names that differ in one letter and are in no list ("Kim Jong-sik" is
///              contradicted, "Jon-ho" for "Jon-bo" is not).
NameMatch compare_names(std::string_view a, std::string_view b, NameKind kind,
                        const NameVocabulary& vocabulary);

}  // namespace ovillo::resolve
