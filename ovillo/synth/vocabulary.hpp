// Everything an invented case is made of: phrases, names, towns, firms and phone numbers.
//
// Loaded once from data/synth and data/fiction_numbers.toml; nothing of it is in code.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/synth/fiction_numbers.hpp"
#include "ovillo/synth/phrase.hpp"

namespace ovillo::synth {

enum class Language : std::uint8_t { es, pt, fr, nl, en };
inline constexpr std::size_t kLanguages = 5;
std::string_view language_code(Language language);

/// The kinds of phrase a language file holds, in the order of the tables there.
enum class Section : std::uint8_t {
  title,
  intro,
  about,
  offer,
  where,
  rules,
  when,
  price,
  contact,
  close,
  house,
  agency,
  job_title,
  job_plain,
  job_bait,
  job_building,
  tip_neutral,
  tip_network,
  tip_debt,
  tip_documents,
  tip_earnings,
  tip_control,
  minority_advert,
  captivity_advert,
  suicide_advert,
  violence_advert,
  minority_report,
  captivity_report,
  suicide_report,
  violence_report,
  decoy_advert,
  decoy_report,
};
inline constexpr std::size_t kSections = 32;

struct LanguageVocabulary {
  std::array<std::vector<Phrase>, kSections> phrases;
  std::array<std::string, 10> digits;
  std::vector<std::string> split;
  std::vector<std::string> first_names;
  std::vector<Phrase> footers;

  const std::vector<Phrase>& operator[](Section section) const {
    return phrases[static_cast<std::size_t>(section)];
  }
};

struct Town {
  std::string country;                       ///< ISO 3166-1 alpha-2
  std::array<std::string, kLanguages> name;  ///< as each language writes it
};

/// What a transfer is for; the texts are data/synth/people.toml [purposes].
enum class Purpose : std::uint8_t {
  advert,
  rent,
  wage,
  contribution,
  accountant,
  family,
  handed_over,
  debt,
  wage_back,
  project,
  remittance,
  daily,
  cash,
};
inline constexpr std::size_t kPurposes = 13;

struct Vocabulary {
  std::array<LanguageVocabulary, kLanguages> language;
  std::vector<Town> towns;
  std::vector<std::string> family_names, streets, platforms, job_platforms;
  std::vector<std::string> accredited_firms, ordinary_firms, building_firms, accountants;
  std::array<std::vector<Phrase>, kPurposes> purposes;
  FictionNumbers numbers;

  const LanguageVocabulary& operator[](Language which) const {
    return language[static_cast<std::size_t>(which)];
  }

  /// @param data  the data folder. @error base.cannot_read, base.bad_data_file.
  static Result<Vocabulary> open(const std::filesystem::path& data);
};

}  // namespace ovillo::synth
