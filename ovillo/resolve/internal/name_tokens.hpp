// A name as words: Latin letters, what each word is, and how much it says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/resolve/name_pair.hpp"
#include "ovillo/text/latin.hpp"

namespace ovillo::resolve::internal {

struct NameWord {
  std::string text;                      ///< Latin letters and digits, not empty
  std::string raw;                       ///< as written; only of other scripts
  const NameWordEntry* entry = nullptr;  ///< null: unknown
  text::Script script = text::Script::latin;
  std::int32_t quarter_bits = 0;  ///< what its agreement says
  bool is_light = false;          ///< title, particle, legal form: may be left out
  bool is_patronymic = false;
  bool is_number = false;
  [[nodiscard]] bool is(NameWordClass one) const { return entry != nullptr && entry->is(one); }
};

inline constexpr std::size_t kMostWords = 24;
inline constexpr std::size_t kLongestCompared = 48;  ///< bytes; longer words are equal or not

/// Words of a name in order. What follows the 23rd word is one word.
std::vector<NameWord> name_words(std::string_view name, NameKind kind,
                                 const NameVocabulary& vocabulary);

}  // namespace ovillo::resolve::internal
