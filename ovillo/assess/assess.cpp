#include "ovillo/assess/assess.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "ovillo/assess/internal/employers.hpp"
#include "ovillo/assess/internal/indicator.hpp"
#include "ovillo/assess/internal/rules.hpp"

namespace ovillo::assess {

namespace {

// What is loaded once and shared by every Assessor made from it.
struct Loaded {
  Vocabulary vocabulary;
  std::vector<Assessor::IndicatorInfo> infos;
  PhraseMatcher described;                              // topics: rules.hpp
  PhraseMatcher urgent;                                 // topic: number of the indicator
  std::vector<std::size_t> urgent_ages;                 // urgent indicators on stated ages
  std::set<std::string, std::less<>> urgent_languages;  // of the wordings of urgency
};

Result<void> add_phrases(PhraseMatcherBuilder& builder, const Indicator& indicator,
                         std::uint32_t first, std::uint32_t second) {
  using Use = PhraseMatcherBuilder::Use;
  const auto window = static_cast<std::uint8_t>(indicator.rule.negation_window);
  const std::tuple<const Phrases*, std::uint32_t, Use> groups[] = {
      {&indicator.phrases, first, Use::holds},
      {&indicator.unless, first, Use::unless},
      {&indicator.other_phrases, second, Use::holds},
  };
  for (const auto& [phrases, topic, use] : groups)
    for (const auto& [language, some] : *phrases)
      for (const std::string& phrase : some)
        OVILLO_CHECK(builder.add(phrase, topic, use, use == Use::holds ? window : 0));
  return {};
}

Result<std::shared_ptr<const Loaded>> load(const std::filesystem::path& folder) {
  auto loaded = std::make_shared<Loaded>();
  OVILLO_TRY(loaded->vocabulary, read_vocabulary(folder));
  const auto& indicators = loaded->vocabulary.indicators;
  OVILLO_TRY(auto described, PhraseMatcherBuilder::create(loaded->vocabulary.lists));
  OVILLO_TRY(auto urgent, PhraseMatcherBuilder::create(loaded->vocabulary.lists));
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    const Indicator& indicator = indicators[i];
    const bool is_urgent = indicator.side == SignSide::urgent;
    OVILLO_CHECK(is_urgent ? add_phrases(urgent, indicator, static_cast<std::uint32_t>(i), 0)
                           : add_phrases(described, indicator, first_topic(i), second_topic(i)));
    if (is_urgent)
      for (const auto& [language, phrases] : indicator.phrases)
        if (!phrases.empty()) loaded->urgent_languages.insert(language);
    if (is_urgent && indicator.rule.kind == RuleKind::age_under) loaded->urgent_ages.push_back(i);
    loaded->infos.push_back({indicator.id, indicator.name, std::string(name_of(indicator.side)),
                             indicator.family, indicator.source, indicator.evidence,
                             indicator.known_bias, indicator.reviewed_by, indicator.objections});
  }
  loaded->described = described.build();
  loaded->urgent = urgent.build();
  return std::shared_ptr<const Loaded>(std::move(loaded));
}

std::vector<NetworkFacts::TextMatch> described_in(const RecordFacts& record) {
  std::vector<NetworkFacts::TextMatch> out;
  for (const Reading::Seen& seen : record.reading->seen)
    if (!seen.urgent) out.push_back({seen.topic, {record.index, seen.column, seen.span}});
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.topic < b.topic; });
  return out;
}

std::int32_t count_families(const std::vector<Sign>& signs, SignSide side) {
  std::set<std::string_view> families;
  for (const Sign& sign : signs)
    if (sign.side == side) families.insert(sign.family);
  return static_cast<std::int32_t>(families.size());
}

}  // namespace

struct Assessor::Impl {
  std::shared_ptr<const Loaded> loaded;
  Employers employers;
};

Assessor::Assessor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Assessor::Assessor(Assessor&&) noexcept = default;
Assessor& Assessor::operator=(Assessor&&) noexcept = default;
Assessor::~Assessor() = default;

Result<Assessor> Assessor::open(const std::filesystem::path& data) {
  auto impl = std::make_unique<Impl>();
  OVILLO_TRY(impl->loaded, load(data / "indicators"));
  OVILLO_TRY(impl->employers, read_employers(data / "employers"));
  return Assessor(std::move(impl));
}

Assessor Assessor::with_employers(std::span<const std::string> canonical) const {
  auto impl = std::make_unique<Impl>(*impl_);
  impl->employers.insert(canonical.begin(), canonical.end());
  return Assessor(std::move(impl));
}

const std::vector<Assessor::IndicatorInfo>& Assessor::indicators() const {
  return impl_->loaded->infos;
}

Reading Assessor::read(const RecordFacts& record) const {
  Reading out;
  static thread_local Words words;
  static thread_local std::vector<PhraseMatch> found;
  for (const RecordFacts::Text& text : record.texts) {
    split_words(text.value, words);
    for (const bool urgent : {false, true}) {
      found.clear();
      (urgent ? impl_->loaded->urgent : impl_->loaded->described).match(words, found);
      for (const PhraseMatch& match : found)
        out.seen.push_back({match.topic, text.column, urgent, match.span});
    }
  }
  return out;
}

std::vector<UrgentText> Assessor::urgent(const RecordFacts& record) const {
  const auto& indicators = impl_->loaded->vocabulary.indicators;
  std::vector<std::vector<Evidence>> by_indicator;
  const auto add = [&](std::size_t i, const Evidence& evidence) {
    if (by_indicator.empty()) by_indicator.resize(indicators.size());
    by_indicator[i].push_back(evidence);
  };
  const Reading read_now = record.reading == nullptr ? read(record) : Reading{};
  const Reading& reading = record.reading == nullptr ? read_now : *record.reading;
  for (const Reading::Seen& seen : reading.seen)
    if (seen.urgent && looks_at(indicators[seen.topic].rule, record.kind))
      add(seen.topic, {record.index, seen.column, seen.span});
  for (const std::size_t i : impl_->loaded->urgent_ages)
    for (const Evidence& evidence : stated_ages_under(indicators[i].rule, record)) add(i, evidence);
  std::vector<UrgentText> out;
  for (std::size_t i = 0; i < by_indicator.size(); ++i)
    if (!by_indicator[i].empty())
      out.push_back({record.index, indicators[i].id, std::move(by_indicator[i])});
  return out;
}

bool Assessor::looks_for_urgency_in(RecordKind kind) const {
  const auto& indicators = impl_->loaded->vocabulary.indicators;
  return std::any_of(indicators.begin(), indicators.end(), [&](const Indicator& indicator) {
    return indicator.side == SignSide::urgent && indicator.rule.kind == RuleKind::phrases &&
           looks_at(indicator.rule, kind);
  });
}

bool Assessor::reads_urgency_in(std::string_view language) const {
  return impl_->loaded->urgent_languages.contains(language);
}

// Urgent texts stand in the assessment too, apart: they are read first and counted nowhere.
std::vector<Sign> Assessor::urgent_signs(std::span<const RecordFacts> records) const {
  std::map<std::string, Sighting> seen;
  for (const RecordFacts& record : records)
    for (const UrgentText& text : urgent(record)) {
      Sighting& sighting = seen[text.indicator];
      ++sighting.counts.records;
      sighting.evidence.insert(sighting.evidence.end(), text.evidence.begin(), text.evidence.end());
    }
  std::vector<Sign> out;
  for (const Indicator& indicator : impl_->loaded->vocabulary.indicators)
    if (const auto at = seen.find(indicator.id); at != seen.end())
      out.push_back({indicator.id, indicator.side, indicator.family,
                     fill_sentence(indicator.sentence, at->second.counts),
                     std::move(at->second.evidence)});
  return out;
}

Assessment Assessor::assess(std::span<const RecordFacts> given) const {
  std::vector<Reading> read_now(given.size());
  std::vector<RecordFacts> records(given.begin(), given.end());
  for (std::size_t r = 0; r < records.size(); ++r) {
    if (records[r].reading != nullptr) continue;
    read_now[r] = read(records[r]);
    records[r].reading = &read_now[r];
  }
  const auto& indicators = impl_->loaded->vocabulary.indicators;
  NetworkFacts facts{records, impl_->employers, {}};
  facts.matches.reserve(records.size());
  Assessment out;
  for (const RecordFacts& record : records) {
    facts.matches.push_back(described_in(record));
    out.newest_utc_s = std::max(out.newest_utc_s, record.time_utc_s.value_or(0));
  }
  out.signs = urgent_signs(records);
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    if (indicators[i].side == SignSide::urgent) continue;
    if (auto seen = see(indicators[i], i, facts))
      out.signs.push_back({indicators[i].id, indicators[i].side, indicators[i].family,
                           fill_sentence(indicators[i].sentence, seen->counts),
                           std::move(seen->evidence)});
  }
  std::sort(out.signs.begin(), out.signs.end(), [](const Sign& a, const Sign& b) {
    return std::tie(a.side, a.indicator) < std::tie(b.side, b.indicator);
  });
  out.families_for = count_families(out.signs, SignSide::sign_for);
  out.families_against = count_families(out.signs, SignSide::sign_against);
  return out;
}

bool shows_more_than_one_hand(const Assessment& assessment) {
  return std::any_of(assessment.signs.begin(), assessment.signs.end(), [](const Sign& sign) {
    return sign.side == SignSide::organisation && sign.family != "wording" &&
           sign.family != "recruitment" && sign.family != "money";
  });
}

bool ranks_before(const Assessment& a, const Assessment& b) {
  const std::int32_t balance_a = a.families_for - a.families_against;
  const std::int32_t balance_b = b.families_for - b.families_against;
  return balance_a != balance_b ? balance_a > balance_b : a.newest_utc_s > b.newest_utc_s;
}

}  // namespace ovillo::assess
