#include "ovillo/synth/vocabulary.hpp"

#include <toml++/toml.h>

#include "ovillo/base/file.hpp"

namespace ovillo::synth {
namespace {

constexpr std::array<std::string_view, kLanguages> kLanguageCodes{"es", "pt", "fr", "nl", "en"};

// Table and key of each Section, in its order.
constexpr std::array<std::pair<std::string_view, std::string_view>, kSections> kSectionKeys{{
    {"advert", "title"},
    {"advert", "intro"},
    {"advert", "about"},
    {"advert", "offer"},
    {"advert", "where"},
    {"advert", "rules"},
    {"advert", "when"},
    {"advert", "price"},
    {"advert", "contact"},
    {"advert", "close"},
    {"advert", "house"},
    {"advert", "agency"},
    {"job", "title"},
    {"job", "plain"},
    {"job", "bait"},
    {"job", "building"},
    {"tip", "neutral"},
    {"tip", "network"},
    {"tip", "debt"},
    {"tip", "documents"},
    {"tip", "earnings"},
    {"tip", "control"},
    {"urgent", "minority_advert"},
    {"urgent", "captivity_advert"},
    {"urgent", "suicide_advert"},
    {"urgent", "violence_advert"},
    {"urgent", "minority_report"},
    {"urgent", "captivity_report"},
    {"urgent", "suicide_report"},
    {"urgent", "violence_report"},
    {"decoy", "advert"},
    {"decoy", "report"},
}};

constexpr std::array<std::string_view, kPurposes> kPurposeKeys{
    "advert", "rent",      "wage",    "contribution", "accountant", "family", "handed_over",
    "debt",   "wage_back", "project", "remittance",   "daily",      "cash"};

Result<toml::table> parse_toml(const std::filesystem::path& path) {
  OVILLO_TRY(const std::string bytes, read_file(path));
  try {
    return toml::table(toml::parse(bytes));
  } catch (const toml::parse_error& error) {
    return Error(ErrorCode::base_bad_data_file,
                 path.filename().string() + ": " + std::string(error.description()));
  }
}

Result<std::vector<std::string>> strings(const toml::table& file, std::string_view table,
                                         std::string_view key) {
  const toml::array* array = file[table][key].as_array();
  std::vector<std::string> out;
  if (array != nullptr)
    for (const auto& node : *array) out.push_back(node.value_or(std::string{}));
  if (out.empty())
    return Error(ErrorCode::base_bad_data_file,
                 "synth: " + std::string(table) + "." + std::string(key) + " is missing");
  return out;
}

Result<std::vector<Phrase>> phrases(const toml::table& file, std::string_view table,
                                    std::string_view key, const WordLists& lists) {
  OVILLO_TRY(const auto texts, strings(file, table, key));
  std::vector<Phrase> out;
  for (const std::string& text : texts) {
    OVILLO_TRY(Phrase phrase, Phrase::parse(text, lists));
    out.push_back(std::move(phrase));
  }
  return out;
}

Result<LanguageVocabulary> open_language(const std::filesystem::path& path) {
  OVILLO_TRY(const toml::table file, parse_toml(path));
  LanguageVocabulary out;
  WordLists lists;
  if (const toml::table* words = file["words"].as_table())
    for (const auto& [key, node] : *words) {
      OVILLO_TRY(auto list, strings(file, "words", key.str()));
      lists.emplace_back(std::string(key.str()), std::move(list));
    }
  for (std::size_t i = 0; i < kSections; ++i) {
    OVILLO_TRY(out.phrases[i], phrases(file, kSectionKeys[i].first, kSectionKeys[i].second, lists));
  }
  const toml::array* digits = file["digits"].as_array();
  const toml::array* split = file["split"].as_array();
  if (digits == nullptr || digits->size() != 10 || split == nullptr || split->empty())
    return Error(ErrorCode::base_bad_data_file, path.filename().string() + ": digits, split");
  for (std::size_t i = 0; i < 10; ++i) out.digits[i] = (*digits)[i].value_or(std::string{});
  for (const auto& node : *split) out.split.push_back(node.value_or(std::string{}));
  return out;
}

Result<std::vector<Town>> open_towns(const std::filesystem::path& path) {
  OVILLO_TRY(const toml::table file, parse_toml(path));
  std::vector<Town> out;
  if (const toml::array* array = file["town"].as_array())
    for (const auto& node : *array) {
      const toml::table& row = *node.as_table();
      Town town;
      town.country = row["country"].value_or(std::string{});
      const std::string name = row["name"].value_or(std::string{});
      for (std::size_t i = 0; i < kLanguages; ++i)
        town.name[i] = row[kLanguageCodes[i]].value_or(name);
      out.push_back(std::move(town));
    }
  if (out.empty()) return Error(ErrorCode::base_bad_data_file, "towns.toml is empty");
  return out;
}

}  // namespace

std::string_view language_code(Language language) {
  return kLanguageCodes[static_cast<std::size_t>(language)];
}

Result<Vocabulary> Vocabulary::open(const std::filesystem::path& data) {
  const std::filesystem::path folder = data / "synth";
  Vocabulary out;
  OVILLO_TRY(out.numbers, FictionNumbers::open(data));
  OVILLO_TRY(out.towns, open_towns(folder / "towns.toml"));
  OVILLO_TRY(const toml::table people, parse_toml(folder / "people.toml"));
  for (std::size_t i = 0; i < kLanguages; ++i) {
    LanguageVocabulary& language = out.language[i];
    OVILLO_TRY(language, open_language(folder / (std::string(kLanguageCodes[i]) + ".toml")));
    OVILLO_TRY(language.first_names, strings(people, "first_names", kLanguageCodes[i]));
    OVILLO_TRY(language.footers, phrases(people, "footers", kLanguageCodes[i], {}));
  }
  OVILLO_TRY(out.family_names, strings(people, "family_names", "all"));
  OVILLO_TRY(out.streets, strings(people, "streets", "all"));
  OVILLO_TRY(out.platforms, strings(people, "platforms", "all"));
  OVILLO_TRY(out.job_platforms, strings(people, "platforms", "jobs"));
  OVILLO_TRY(out.accredited_firms, strings(people, "firms", "accredited"));
  OVILLO_TRY(out.ordinary_firms, strings(people, "firms", "ordinary"));
  OVILLO_TRY(out.building_firms, strings(people, "firms", "building"));
  OVILLO_TRY(out.accountants, strings(people, "firms", "accountants"));
  for (std::size_t i = 0; i < kPurposes; ++i) {
    OVILLO_TRY(out.purposes[i], phrases(people, "purposes", kPurposeKeys[i], {}));
  }
  return out;
}

}  // namespace ovillo::synth
