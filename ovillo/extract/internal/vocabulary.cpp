#include "ovillo/extract/internal/vocabulary.hpp"

#include <algorithm>
#include <utility>

#include "ovillo/base/file.hpp"
#include "ovillo/extract/internal/cut.hpp"
#include "ovillo/extract/internal/marks.hpp"
#include "ovillo/extract/internal/toml_file.hpp"
#include "ovillo/text/fold.hpp"
#include "ovillo/text/tokens.hpp"

namespace ovillo::extract {

namespace {

constexpr std::size_t kSlots = 1U << 14;
constexpr std::size_t kMostIndexed = 255;  // currencies, services: an index is a byte

constexpr std::pair<std::string_view, WordClass> kLists[] = {
    {"phone_cue", WordClass::phone_cue},
    {"id_cue", WordClass::id_cue},
    {"split_word", WordClass::split_word},
    {"hour", WordClass::hour},
    {"half", WordClass::half},
    {"half_hour", WordClass::half_hour},
    {"minute", WordClass::minute},
    {"day", WordClass::day},
    {"night", WordClass::night},
    {"week", WordClass::week},
    {"month", WordClass::month},
    {"year", WordClass::year},
    {"per", WordClass::per},
    {"measure", WordClass::measure},
    {"age_unit", WordClass::age_unit},
    {"at", WordClass::at},
    {"dot", WordClass::dot},
    {"place_before", WordClass::place_before},
    {"street", WordClass::street},
    {"number_cue", WordClass::number_cue},
    {"filler", WordClass::filler},
    {"wage_cue", WordClass::wage_cue},
    {"rent_cue", WordClass::rent_cue},
    {"hours_cue", WordClass::hours_cue},
    {"few", WordClass::few},
    {"price_cue", WordClass::price_cue},
    {"time_to", WordClass::time_to},
};

std::string text_of(const toml::node_view<const toml::node> node) {
  return std::string(node.value_or(std::string_view{}));
}

}  // namespace

Result<Vocabulary> Vocabulary::open(const std::filesystem::path& data,
                                    const text::NumberWords& numbers) {
  Vocabulary vocabulary;
  vocabulary.numbers_ = &numbers;
  vocabulary.slots_.resize(kSlots);
  vocabulary.known_.assign(kFilterBits / 64, 0);
  vocabulary.mask_ = kSlots - 1;
  OVILLO_CHECK(vocabulary.load_classes(data / "words/vocabulary.toml"));
  OVILLO_CHECK(vocabulary.load_languages(data / "words/languages.tsv", 1));
  OVILLO_CHECK(vocabulary.load_languages(data / "words/numbers.tsv", 4));
  OVILLO_CHECK(vocabulary.load_currencies(data / "currencies.toml"));
  OVILLO_CHECK(vocabulary.load_services(data / "services/services.toml"));
  OVILLO_CHECK(vocabulary.load_ibans(data / "services/iban.toml"));
  if (vocabulary.n_words_ * 2 > kSlots) return bad_data(data / "words", "more words than slots");
  vocabulary.mark_words();
  vocabulary.numbers_ = nullptr;
  return vocabulary;
}

// What the classes of a word say about where things begin.
void Vocabulary::mark_words() {
  constexpr std::pair<WordClasses, Mark> kMarks[] = {
      {WordClass::at | WordClass::service, Mark::link},
      {static_cast<WordClasses>(WordClass::age_unit), Mark::quantity},
      {WordClass::phone_cue | WordClass::number_cue, Mark::cue},
      {static_cast<WordClasses>(WordClass::id_cue), Mark::reference}};
  for (Entry& entry : slots_)
    for (const auto& [classes, mark] : kMarks)
      if ((entry.classes & classes) != 0) entry.marks |= static_cast<std::uint8_t>(mark);
}

Vocabulary::Entry& Vocabulary::slot(std::string_view word) {
  const std::string folded = text::folded(word);
  const std::uint64_t hash = text::token_hash(folded);
  for (std::size_t i = hash & mask_;; i = (i + 1) & mask_) {
    if (slots_[i].hash == hash) return slots_[i];
    if (slots_[i].hash != 0) continue;
    slots_[i].hash = hash;
    known_[hash % kFilterBits / 64] |= std::uint64_t{1} << (hash % 64);
    if (numbers_->may_split(folded)) slots_[i].marks |= static_cast<std::uint8_t>(Mark::phone);
    ++n_words_;
    return slots_[i];
  }
}

Result<void> Vocabulary::load_classes(const std::filesystem::path& file) {
  OVILLO_TRY(const toml::table table, read_toml(file));
  for (const auto& [name, word_class] : kLists) {
    const toml::array* words = table[name].as_array();
    if (words == nullptr) return bad_data(file, "no list " + std::string(name));
    for (const toml::node& word : *words) {
      const auto text = word.value<std::string_view>();
      if (!text) return bad_data(file, "a word of " + std::string(name) + " is not text");
      slot(*text).classes |= static_cast<WordClasses>(word_class);
    }
  }
  return {};
}

// Rows of tab-separated cells: the language first, words with spaces between in `word_column`.
Result<void> Vocabulary::load_languages(const std::filesystem::path& file,
                                        std::size_t word_column) {
  OVILLO_TRY(const std::string rows, read_file(file));
  for (const std::string_view row : cut(rows, '\n')) {
    if (row.empty() || row.front() == '#') continue;
    const auto cells = cut(row, '\t');
    const auto* language = std::find(kLanguages.begin(), kLanguages.end(), cells[0]);
    if (cells.size() <= word_column || language == kLanguages.end())
      return bad_data(file, std::string(row));
    const auto bit = static_cast<LanguageBits>(1U << (language - kLanguages.begin()));
    WordClasses classes = 0;
    if (cells.size() == 5 && cells[3] == "strong")
      classes = static_cast<WordClasses>(WordClass::number);
    if (cells.size() == 5 && cells[3] == "sound")
      classes = static_cast<WordClasses>(WordClass::sounds_number);
    if (cells.size() == 5 && cells[3] == "weak")
      classes = static_cast<WordClasses>(WordClass::everyday_number);
    for (const std::string_view word : cut(cells[word_column], ' ')) {
      Entry& entry = slot(word);
      entry.languages |= bit;
      entry.classes |= classes;
    }
  }
  return {};
}

Result<void> Vocabulary::load_currencies(const std::filesystem::path& file) {
  OVILLO_TRY(const toml::table table, read_toml(file));
  const toml::array* rows = table["currency"].as_array();
  if (rows == nullptr) return bad_data(file, "no list currency");
  for (const toml::node& node : *rows) {
    const toml::table* row = node.as_table();
    if (row == nullptr || (*row)["words"].as_array() == nullptr)
      return bad_data(file, "a currency without words");
    for (const toml::node& word : *(*row)["words"].as_array()) {
      Entry& entry = slot(word.value_or(std::string_view{}));
      entry.classes |= static_cast<WordClasses>(WordClass::currency);
      entry.currency = static_cast<std::uint8_t>(currencies_.size());
    }
    if (currencies_.size() >= kMostIndexed) return bad_data(file, "too many currencies");
    currencies_.push_back({text_of((*row)["code"]),
                           static_cast<std::uint8_t>((*row)["minor"].value_or(std::int64_t{2}))});
  }
  return {};
}

Result<void> Vocabulary::load_services(const std::filesystem::path& file) {
  OVILLO_TRY(const toml::table table, read_toml(file));
  const toml::array* rows = table["service"].as_array();
  if (rows == nullptr) return bad_data(file, "no list service");
  for (const toml::node& node : *rows) {
    const toml::table* row = node.as_table();
    if (row == nullptr) return bad_data(file, "a service is not a table");
    const toml::array* words = (*row)["words"].as_array();
    const toml::array* hosts = (*row)["hosts"].as_array();
    const toml::array* skip = (*row)["skip"].as_array();
    if (words == nullptr || hosts == nullptr || skip == nullptr)
      return bad_data(file, "a service needs words, hosts and skip");
    const std::size_t index = services_.size();
    Service service{text_of((*row)["name"]), {}, (*row)["phone"].value_or(false)};
    for (const toml::node& part : *skip) service.skip.emplace_back(part.value_or(""));
    for (const toml::node& host : *hosts) hosts_.emplace(host.value_or(""), index);
    for (const toml::node& word : *words) {
      Entry& entry = slot(word.value_or(std::string_view{}));
      entry.classes |= static_cast<WordClasses>(WordClass::service);
      entry.service = static_cast<std::uint8_t>(index);
    }
    if (index >= kMostIndexed) return bad_data(file, "too many services");
    services_.push_back(std::move(service));
  }
  return {};
}

Result<void> Vocabulary::load_ibans(const std::filesystem::path& file) {
  OVILLO_TRY(const toml::table table, read_toml(file));
  const toml::table* lengths = table["length"].as_table();
  if (lengths == nullptr) return bad_data(file, "no table length");
  for (const auto& [country, length] : *lengths)
    iban_lengths_.emplace(country.str(),
                          static_cast<std::size_t>(length.value_or(std::int64_t{0})));
  return {};
}

const Service* Vocabulary::service_of_host(std::string_view host) const {
  const auto found = hosts_.find(std::string(host));
  return found == hosts_.end() ? nullptr : &services_[found->second];
}

std::size_t Vocabulary::iban_length(std::string_view country) const {
  const auto found = iban_lengths_.find(std::string(country));
  return found == iban_lengths_.end() ? 0 : found->second;
}

}  // namespace ovillo::extract
