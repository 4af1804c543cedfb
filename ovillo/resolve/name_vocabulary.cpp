#include "ovillo/resolve/name_vocabulary.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

#include <toml++/toml.h>

#include "ovillo/base/file.hpp"
#include "ovillo/resolve/internal/word_distance.hpp"

namespace ovillo::resolve {

namespace {

Error bad_data(const std::filesystem::path& file, std::string what) {
  return Error(ErrorCode::base_bad_data_file, std::move(what),
               {file.filename().string(), {}, {}, {}, {}});
}

Result<toml::table> read_toml(const std::filesystem::path& file) {
  OVILLO_TRY(const std::string bytes, read_file(file));
  try {
    return toml::parse(bytes, file.string());
  } catch (const toml::parse_error& fault) {
    return Error(ErrorCode::base_bad_data_file, std::string(fault.description()),
                 {file.filename().string(), {}, fault.source().begin.line, {}, {}});
  }
}

constexpr std::size_t kLongForm = 12;  // letters

bool is_phrase(std::string_view words) {
  if (words.empty() || words.front() == ' ' || words.back() == ' ') return false;
  return std::all_of(words.begin(), words.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ';
  });
}

using Words = std::vector<std::string>;

Result<Words> words_of(const std::filesystem::path& file, const std::string& name,
                       const toml::node* node) {
  const toml::array* list = node == nullptr ? nullptr : node->as_array();
  if (list == nullptr) return bad_data(file, "no list " + name);
  Words out;
  for (const toml::node& word : *list) {
    const auto text = word.value<std::string_view>();
    if (!text || !is_phrase(*text))
      return bad_data(file, "a word of " + name + " is not lower-case Latin letters: \"" +
                                std::string(text.value_or("")) + "\"");
    out.emplace_back(*text);
  }
  return out;
}

Result<std::vector<Words>> groups_of(const std::filesystem::path& file, const std::string& name,
                                     const toml::node* node) {
  const toml::array* list = node == nullptr ? nullptr : node->as_array();
  if (list == nullptr) return bad_data(file, "no list " + name);
  std::vector<Words> out;
  for (const toml::node& group : *list) {
    OVILLO_TRY(Words words, words_of(file, name, &group));
    if (words.empty()) return bad_data(file, "an empty list in " + name);
    out.push_back(std::move(words));
  }
  return out;
}

constexpr std::pair<const char*, NameWordClass> kPeopleLists[] = {
    {"given", NameWordClass::given},
    {"honorific", NameWordClass::honorific},
    {"particle", NameWordClass::particle},
    {"child_of", NameWordClass::child_of},
    {"servant_of", NameWordClass::servant}};

constexpr std::pair<const char*, FormKind> kForms[] = {{"limited", FormKind::limited},
                                                       {"stock", FormKind::stock},
                                                       {"partnership", FormKind::partnership},
                                                       {"nonprofit", FormKind::nonprofit},
                                                       {"any", FormKind::any}};

constexpr std::pair<const char*, NameWordClass> kCompanyGroups[] = {
    {"light", NameWordClass::light},
    {"common", NameWordClass::common},
    {"place", NameWordClass::place}};

}  // namespace

Result<NameVocabulary> NameVocabulary::open(const std::filesystem::path& data) {
  NameVocabulary vocabulary;
  OVILLO_CHECK(vocabulary.load_people(data / "names/people.toml"));
  OVILLO_CHECK(vocabulary.load_companies(data / "names/companies.toml"));
  return vocabulary;
}

NameWordEntry& NameVocabulary::entry(std::string_view words, NameWordClass word_class) {
  if (const std::size_t space = words.find(' '); space != std::string_view::npos)
    entries_[std::string(words.substr(0, space))].begins_phrase = true;
  NameWordEntry& out = entries_[std::string(words)];
  out.classes |= static_cast<std::uint16_t>(word_class);
  return out;
}

const NameWordEntry* NameVocabulary::misspelt_form(std::string_view glued) const {
  constexpr std::int32_t kMost = internal::kOneLetter + internal::kOneLetter / 2;
  for (const auto& [form, words] : long_forms_)
    if (glued[0] == form[0] && glued.size() + 1 >= form.size() && glued.size() <= form.size() + 1 &&
        internal::word_distance(glued, form, kMost) <= kMost)
      return find(words);
  return nullptr;
}

Result<void> NameVocabulary::load_people(const std::filesystem::path& file) {
  OVILLO_TRY(const toml::table table, read_toml(file));
  for (const auto& [name, word_class] : kPeopleLists) {
    OVILLO_TRY(const Words words, words_of(file, name, table.get(name)));
    for (const std::string& word : words) entry(word, word_class);
  }
  OVILLO_TRY(const auto equivalent, groups_of(file, "equivalent", table.get("equivalent")));
  for (std::size_t g = 0; g < equivalent.size(); ++g)
    for (const std::string& word : equivalent[g])
      entry(word, NameWordClass::given).names.push_back(static_cast<std::uint16_t>(g));
  OVILLO_TRY(const auto called, groups_of(file, "nickname", table.get("nickname")));
  for (std::size_t g = 0; g < called.size(); ++g)
    for (const std::string& word : called[g])
      entry(word, NameWordClass::given).called.push_back(static_cast<std::uint16_t>(g));
  OVILLO_TRY(patronymics_, words_of(file, "patronymic_ending", table.get("patronymic_ending")));
  std::sort(patronymics_.begin(), patronymics_.end(), [](const auto& a, const auto& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  OVILLO_TRY(const auto surnames, groups_of(file, "surname_ending", table.get("surname_ending")));
  for (const Words& pair : surnames) {
    if (pair.size() != 2) return bad_data(file, "surname_ending takes pairs");
    surnames_.emplace_back(pair[0], pair[1]);
  }
  return {};
}

Result<void> NameVocabulary::load_companies(const std::filesystem::path& file) {
  OVILLO_TRY(const toml::table table, read_toml(file));
  for (const auto& [name, kind] : kForms) {
    OVILLO_TRY(const Words words, words_of(file, name, table["form"][name].node()));
    for (const std::string& word : words) {
      entry(word, NameWordClass::form).form = kind;
      std::string glued = word;
      std::erase(glued, ' ');
      if (glued.size() >= kLongForm) long_forms_.emplace_back(std::move(glued), word);
    }
  }
  const auto words = table["words"];
  OVILLO_TRY(const Words empty, words_of(file, "empty", words["empty"].node()));
  for (const std::string& word : empty) entry(word, NameWordClass::empty);
  std::uint16_t sense = 0;
  for (const auto& [name, word_class] : kCompanyGroups) {
    OVILLO_TRY(const auto groups, groups_of(file, name, words[name].node()));
    for (const Words& group : groups) {
      ++sense;
      for (const std::string& word : group) entry(word, word_class).sense = sense;
    }
  }
  const toml::table* numbers = table["numbers"].as_table();
  if (numbers == nullptr) return bad_data(file, "no table numbers");
  for (const auto& [key, list] : *numbers) {
    std::uint16_t value = 0;
    const std::string_view digits = key.str();
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size())
      return bad_data(file, "not a number: " + std::string(digits));
    OVILLO_TRY(const Words names, words_of(file, std::string(digits), &list));
    for (const std::string& word : names) entry(word, NameWordClass::number).number = value;
  }
  return {};
}

}  // namespace ovillo::resolve
