// What is known of the words of names: data/names/people.toml and data/names/companies.toml.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::resolve {

/// What a word can be, as bits; a word may be several things.
enum class NameWordClass : std::uint16_t {
  given = 1U << 0,      ///< a given name
  honorific = 1U << 1,  ///< a title or form of address
  particle = 1U << 2,   ///< belongs to the next word of a surname
  child_of = 1U << 3,   ///< "bin", "ibn", "bint": fixes who is whose child
  servant = 1U << 4,    ///< "abdul" and its spellings
  form = 1U << 5,       ///< legal form of a company
  light = 1U << 6,      ///< "group", "holding"
  common = 1U << 7,     ///< what many companies do
  empty = 1U << 8,      ///< "the", "of"
  place = 1U << 9,      ///< a country or city
  number = 1U << 10,
};

/// Kinds of legal forms. Two different ones are two companies; `any` goes with all.
enum class FormKind : std::uint8_t { any, limited, stock, partnership, nonprofit };

struct NameWordEntry {
  std::uint16_t classes = 0;
  FormKind form = FormKind::any;
  std::uint16_t sense = 0;            ///< words of companies: equal for words of one thing; 0: none
  std::uint16_t number = 0;           ///< with NameWordClass::number
  bool begins_phrase = false;         ///< a phrase of several words begins with it
  std::vector<std::uint16_t> names;   ///< groups of given names that are one name
  std::vector<std::uint16_t> called;  ///< groups of a full name and its nicknames
  [[nodiscard]] bool is(NameWordClass one) const {
    return (classes & static_cast<std::uint16_t>(one)) != 0;
  }
};

class NameVocabulary {
 public:
  static constexpr std::size_t kLongestPhrase = 6;  ///< words

  /// Reads data/names. @error base.cannot_read, base.bad_data_file with what is wrong.
  static Result<NameVocabulary> open(const std::filesystem::path& data);

  /// The entry of a word or of a phrase (one space between words), in Latin letters; null: unknown.
  [[nodiscard]] const NameWordEntry* find(std::string_view words) const {
    const auto found = entries_.find(words);
    return found == entries_.end() ? nullptr : &found->second;
  }

  /// The legal form that `glued`, words without spaces between, is a misspelling of, by its longest
  /// spellings (12 letters and more); null: none.
  [[nodiscard]] const NameWordEntry* misspelt_form(std::string_view glued) const;

  /// Endings of patronymics, longest first.
  [[nodiscard]] const std::vector<std::string>& patronymic_endings() const { return patronymics_; }
  /// The endings of a woman's surname and of a man's of the same family.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& surname_endings() const {
    return surnames_;
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
      return std::hash<std::string_view>{}(word);
    }
  };
  Result<void> load_people(const std::filesystem::path& file);
  Result<void> load_companies(const std::filesystem::path& file);
  NameWordEntry& entry(std::string_view words, NameWordClass word_class);

  std::unordered_map<std::string, NameWordEntry, Hash, std::equal_to<>> entries_;
  std::vector<std::pair<std::string, std::string>> long_forms_;  // without spaces, as listed
  std::vector<std::string> patronymics_;
  std::vector<std::pair<std::string, std::string>> surnames_;
};

}  // namespace ovillo::resolve
