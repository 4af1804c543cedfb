#include "ovillo/assess/internal/indicator.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ovillo/assess/internal/phrase.hpp"
#include "ovillo/assess/internal/sentence.hpp"
#include "ovillo/assess/internal/toml_table.hpp"

namespace ovillo::assess {

namespace {

constexpr std::array<std::string_view, 15> kRuleKinds = {
    "phrases",           "written_as",        "values_in_template",
    "value_over_many",   "texts_share_value", "passed_on_same_day",
    "returned_transfer", "cash_at_night",     "steady_price",
    "long_lived_value",  "age_under",         "kinds_absent",
    "role_absent",       "employers_unknown", "always"};
constexpr std::array<std::string_view, 3> kAccredited = {"either", "only", "never"};

Result<Phrases> read_phrases(const TomlTable& table) {
  Phrases out;
  for (const std::string& language : table.keys()) {
    OVILLO_TRY(out[language], table.strings(language));
  }
  return out;
}

Result<Rule> read_rule(const TomlTable& table) {
  Rule rule;
  OVILLO_TRY(rule.kind, table.required_enum<RuleKind>("kind"));
  OVILLO_TRY(rule.kinds, table.enums<RecordKind>("kinds"));
  OVILLO_TRY(rule.finds, table.enums<FindKind>("finds"));
  OVILLO_TRY(rule.roles, table.enums<Role>("roles"));
  OVILLO_TRY(rule.written_as, table.enums<WrittenAs>("written_as"));
  OVILLO_TRY(rule.over, table.strings("over"));
  OVILLO_TRY(rule.accredited, table.enum_or("accredited", Accredited::either));
  constexpr std::pair<std::string_view, std::int64_t Rule::*> kNumbers[] = {
      {"min_records", &Rule::min_records},
      {"min_values", &Rule::min_values},
      {"min_over", &Rule::min_over},
      {"min_authors", &Rule::min_authors},
      {"min_days", &Rule::min_days},
      {"min_share_percent", &Rule::min_share_percent},
      {"window_days", &Rule::window_days},
      {"from_hour", &Rule::from_hour},
      {"to_hour", &Rule::to_hour},
      {"tolerance_percent", &Rule::tolerance_percent},
      {"age_below", &Rule::age_below},
      {"age_from", &Rule::age_from},
      {"negation_window", &Rule::negation_window},
  };
  for (const auto& [key, member] : kNumbers) {
    OVILLO_TRY(rule.*member, table.number_or(key, rule.*member));
  }
  OVILLO_TRY(const auto floor, table.table_or_empty("floor"));
  for (const std::string& unit : floor.keys()) {
    OVILLO_TRY(rule.floor[unit], floor.number_or(unit, 0));
  }
  OVILLO_CHECK(table.no_other_keys());
  return rule;
}

Result<Indicator> read_indicator(const TomlTable& table) {
  Indicator out;
  constexpr std::pair<std::string_view, std::string Indicator::*> kStrings[] = {
      {"id", &Indicator::id},
      {"name", &Indicator::name},
      {"family", &Indicator::family},
      {"sentence", &Indicator::sentence},
      {"source", &Indicator::source},
      {"evidence", &Indicator::evidence},
      {"known_bias", &Indicator::known_bias},
      {"reviewed_by", &Indicator::reviewed_by},
      {"objections", &Indicator::objections},
  };
  for (const auto& [key, member] : kStrings) {
    OVILLO_TRY(out.*member, table.required_string(key));
  }
  OVILLO_TRY(out.side, table.required_enum<SignSide>("side"));
  OVILLO_TRY(const auto rule, table.required_table("rule"));
  OVILLO_TRY(out.rule, read_rule(rule));
  constexpr std::pair<std::string_view, Phrases Indicator::*> kPhrases[] = {
      {"phrases", &Indicator::phrases},
      {"other_phrases", &Indicator::other_phrases},
      {"unless", &Indicator::unless},
  };
  for (const auto& [key, member] : kPhrases) {
    OVILLO_TRY(const auto phrases, table.table_or_empty(key));
    OVILLO_TRY(out.*member, read_phrases(phrases));
  }
  OVILLO_CHECK(table.no_other_keys());
  if (auto ok = check_sentence(out.sentence); !ok)
    return table.bad("sentence", ok.error().detail());
  return out;
}

Result<void> read_indicators(const TomlTable& root, std::vector<Indicator>& out) {
  OVILLO_TRY(const auto tables, root.tables("indicator"));
  for (const TomlTable& table : tables) {
    OVILLO_TRY(auto indicator, read_indicator(table));
    const bool repeated = std::any_of(out.begin(), out.end(),
                                      [&](const Indicator& i) { return i.id == indicator.id; });
    if (repeated) return table.bad("id", "used twice: " + indicator.id);
    out.push_back(std::move(indicator));
  }
  return root.no_other_keys();
}

Result<std::vector<Refused>> read_refused(const TomlTable& root) {
  std::vector<Refused> out;
  OVILLO_TRY(const auto tables, root.tables("refused"));
  for (const TomlTable& table : tables) {
    Refused refused;
    OVILLO_TRY(refused.id, table.required_string("id"));
    OVILLO_TRY(refused.name, table.required_string("name"));
    OVILLO_TRY(refused.reason, table.required_string("reason"));
    OVILLO_TRY(refused.source, table.required_string("source"));
    OVILLO_TRY(const auto words, table.strings("words"));
    OVILLO_TRY(const auto texts, table.strings("texts"));
    static_cast<void>(texts);  // wordings for the test that nothing of it is scored
    for (const std::string& word : words) {
      auto folded = folded_words(word);
      if (folded.size() != 1) return table.bad("words", "one word each: " + word);
      refused.words.push_back(std::move(folded.front()));
    }
    OVILLO_CHECK(table.no_other_keys());
    out.push_back(std::move(refused));
  }
  OVILLO_CHECK(root.no_other_keys());
  return out;
}

// Movement, nationality, language and ethnicity are never scored, so no scored phrase names them.
Result<void> check_refused(const Indicator& indicator, const std::vector<Refused>& all,
                           const WordLists& lists) {
  if (indicator.side == SignSide::not_known) return {};
  const auto refuses = [&](std::string_view phrase) -> Result<void> {
    OVILLO_TRY(const auto sequences, expand_phrase(phrase));
    for (const PhraseSteps& steps : sequences)
      for (const PhraseStep& step : steps)
        for (const PhraseAtom& atom : step.atoms)
          for (const Refused& refused : all)
            if (std::find(refused.words.begin(), refused.words.end(), atom.folded) !=
                refused.words.end())
              return Error(ErrorCode::base_bad_data_file,
                           fmt::format("indicator {}: \"{}\" holds \"{}\", which is refused ({})",
                                       indicator.id, phrase, atom.folded, refused.id));
    return {};
  };
  for (const Phrases* phrases : {&indicator.phrases, &indicator.other_phrases})
    for (const auto& [language, some] : *phrases)
      for (const std::string& phrase : some) OVILLO_CHECK(refuses(phrase));
  for (const auto& [name, entries] : lists)
    for (const std::string& entry : entries) OVILLO_CHECK(refuses(entry));
  for (const Refused& refused : all)
    if (refused.id == indicator.id)
      return Error(ErrorCode::base_bad_data_file,
                   fmt::format("indicator {} is refused in refused.toml", indicator.id));
  return {};
}

Result<std::vector<std::filesystem::path>> files_of(const std::filesystem::path& folder) {
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator i(folder, failed), end; !failed && i != end;
       i.increment(failed))
    if (i->path().extension() == ".toml") files.push_back(i->path());
  Locus locus;
  locus.file = folder.string();
  if (failed) return Error(ErrorCode::base_cannot_read, {}, locus);
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::span<const std::string_view> names(RuleKind) { return kRuleKinds; }
std::span<const std::string_view> names(Accredited) { return kAccredited; }

Result<Vocabulary> read_vocabulary(const std::filesystem::path& folder) {
  Vocabulary out;
  OVILLO_TRY(const auto files, files_of(folder));
  for (const auto& file : files) {
    OVILLO_TRY(const auto root, TomlTable::open(file));
    if (file.filename() == "words.toml") {
      OVILLO_TRY(const auto lists, root.required_table("lists"));
      for (const std::string& name : lists.keys()) {
        OVILLO_TRY(out.lists[name], lists.strings(name));
      }
    } else if (file.filename() == "refused.toml") {
      OVILLO_TRY(out.refused, read_refused(root));
    } else {
      OVILLO_CHECK(read_indicators(root, out.indicators));
    }
  }
  std::sort(out.indicators.begin(), out.indicators.end(),
            [](const Indicator& a, const Indicator& b) { return a.id < b.id; });
  for (const Indicator& indicator : out.indicators)
    OVILLO_CHECK(check_refused(indicator, out.refused, out.lists));
  return out;
}

}  // namespace ovillo::assess
