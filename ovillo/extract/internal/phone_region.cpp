#include "ovillo/extract/internal/phone_region.hpp"

#include <algorithm>
#include <bit>

#include "ovillo/text/tokens.hpp"

namespace ovillo::extract {

namespace {

// Points of evidence. A language told by three words of its own speaks with about seven.
constexpr int kVotesOfWord = 12;  // shared among the languages the word is common in
constexpr std::uint16_t kMostWords = 60'000;
constexpr int kMostHeard = 1'000'000;
constexpr std::int32_t kMostOfLanguage = 10;
constexpr std::int32_t kPlace = 6;
constexpr std::int32_t kCurrency = 5;
constexpr std::int32_t kHost = 4;
constexpr std::int32_t kMobile = 6;
constexpr std::int32_t kGrouping = 4;
constexpr std::int32_t kClear = 4;  // ahead of the second best by so much
// Points a number needs where no region was told. Fixed lines are common shapes, so something else
// must speak for them, and less does when two things do.
constexpr std::int32_t kFewestMobile = 7;
constexpr std::int32_t kFewestFixed = 6;
constexpr std::int32_t kFewestFixedTwice = 4;
constexpr std::int32_t kMostFit = 20;

struct CurrencyRegion {
  std::string_view currency;
  std::string_view region;
};
constexpr CurrencyRegion kCurrencyRegions[] = {
    {"GBP", "GB"}, {"USD", "US"}, {"BRL", "BR"}, {"CHF", "CH"}, {"RON", "RO"}};

// The country a host ends in: ".co.uk" is GB.
std::string_view end_of_host(std::string_view canonical) {
  const std::string_view host = canonical.substr(0, canonical.find('/'));
  const std::size_t dot = host.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : host.substr(dot + 1);
}

bool same_region(std::string_view end, std::string_view region) {
  if (end.size() != 2) return false;
  if (end == "uk") return region == "GB";
  return end[0] - 'a' + 'A' == region[0] && end[1] - 'a' + 'A' == region[1];
}

}  // namespace

PhoneRegion::PhoneRegion(const Scan& scan, const Vocabulary& vocabulary, const PhonePlans& plans)
    : scan_(scan), vocabulary_(vocabulary), plans_(plans), told_(plans.plan_of(scan.region)) {}

void PhoneRegion::hear(std::string_view number_word) {
  const LanguageBits languages = vocabulary_.find(text::token_hash(number_word)).languages;
  if (languages == 0) return;
  const int share = kVotesOfWord / std::popcount(languages);
  for (std::size_t l = 0; l < kLanguages.size(); ++l)
    if ((languages >> l & 1) != 0) heard_[l] = std::min(heard_[l] + share, kMostHeard);
  weighed_ = false;
}

void PhoneRegion::weigh_words(std::array<int, kLanguages.size()>& votes) const {
  std::array<std::uint16_t, 1U << kLanguages.size()> n_words{};  // by the languages of a word
  for (const Vocabulary::Entry* word : scan_.words) {
    std::uint16_t& n = n_words[word->languages];
    if (n < kMostWords) ++n;
  }
  for (std::size_t languages = 1; languages < n_words.size(); ++languages) {
    if (n_words[languages] == 0) continue;
    const int share = n_words[languages] * kVotesOfWord / std::popcount(languages);
    for (std::size_t l = 0; l < kLanguages.size(); ++l)
      if ((languages >> l & 1) != 0) votes[l] += share;
  }
  for (std::size_t l = 0; l < kLanguages.size(); ++l)
    if (scan_.language == kLanguages[l]) votes[l] += kVotesOfWord;
}

void PhoneRegion::speak_for(std::string_view region, std::int32_t points) {
  const auto& guessed = plans_.guessed();
  for (std::size_t i = 0; i < guessed.size(); ++i)
    if (plans_.region(guessed[i]) == region) of_finds_[i] += points;
}

void PhoneRegion::weigh_finds() {
  std::uint32_t placed = 0;  // a country speaks once, however many of its places are named
  for (const Find& find : scan_.finds) {
    const std::string_view canonical = find.canonical;
    if (find.kind == FindKind::place && find.confidence_per_mille >= 700) {
      for (std::size_t i = 0; i < plans_.guessed().size(); ++i) {
        if ((placed >> i & 1) != 0 || canonical.substr(0, 2) != plans_.region(plans_.guessed()[i]))
          continue;
        placed |= 1U << i;
        of_finds_[i] += kPlace;
      }
    } else if (find.kind == FindKind::price || find.kind == FindKind::wage) {
      for (const auto& [currency, region] : kCurrencyRegions)
        if (canonical.find(currency) != canonical.npos) speak_for(region, kCurrency);
    } else if (find.kind == FindKind::url || find.kind == FindKind::email) {
      const std::string_view end = end_of_host(canonical);
      for (std::size_t i = 0; i < plans_.guessed().size(); ++i)
        if (same_region(end, plans_.region(plans_.guessed()[i]))) of_finds_[i] += kHost;
    }
  }
}

// What words and finds say is added up once; only the languages heard in glued words may change
// after that, so that a text of nothing but runs stays linear.
void PhoneRegion::weigh() {
  if (!read_text_) {
    read_text_ = true;
    weigh_words(votes_);
    weigh_finds();
  }
  weighed_ = true;
  auto votes = votes_;
  int total = 0;
  for (std::size_t l = 0; l < votes.size(); ++l) total += votes[l] += heard_[l];
  const auto& guessed = plans_.guessed();
  for (std::size_t i = 0; i < guessed.size(); ++i) {
    std::int32_t of_language = 0;
    for (const auto& [language, weight] : plans_.spoken(guessed[i])) {
      const auto* known = std::find(kLanguages.begin(), kLanguages.end(), language);
      if (known == kLanguages.end()) continue;
      const int vote = votes[static_cast<std::size_t>(known - kLanguages.begin())];
      of_language =
          std::max(of_language, kMostOfLanguage * vote * weight / (4 * (total + kVotesOfWord)));
    }
    points_[i] = plans_.prior(guessed[i]) + of_language + of_finds_[i];
  }
}

std::optional<Reading> PhoneRegion::explicit_code(std::string_view digits, bool strip_00) const {
  const auto match = plans_.match_international(digits);
  if (!match) return std::nullopt;
  return Reading{*match, strip_00, kWithCode, 30};
}

std::optional<Reading> PhoneRegion::read(std::string_view digits, const Written& written) {
  if (written.plus) return explicit_code(digits, false);
  if (digits.starts_with("00") && digits.size() >= 11) return explicit_code(digits.substr(2), true);
  if (told_) {
    if (const auto match = plans_.match_national(digits, *told_)) {
      const bool usual = plans_.usual_grouping(*told_, *written.groups);
      return Reading{*match, false, kOfRegion, usual ? 6 : 0};
    }
    const std::string_view code = plans_.code(*told_);
    if (digits.starts_with(code) && digits.size() >= code.size() + 8)
      if (const auto match = plans_.match_international(digits))
        return Reading{*match, false, kCodeWithoutSign, 0};
  }
  if (const auto guessed = guess(digits, written)) return guessed;
  return bare_code(digits, written.cue);
}

// The plan with the most points.
std::optional<Reading> PhoneRegion::guess(std::string_view digits, const Written& written) {
  std::uint32_t open = plans_.may_be_of(digits);
  if (open == 0) return std::nullopt;
  if (!weighed_) weigh();
  std::optional<Reading> best;
  std::int32_t second = 0;
  for (; open != 0; open &= open - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(open));
    const std::size_t plan = plans_.guessed()[i];
    const auto match = plans_.match_national(digits, plan);
    if (!match || match->kind == LineKind::other) continue;
    const bool mobile = match->kind == LineKind::mobile;
    const bool grouping = plans_.usual_grouping(plan, *written.groups);
    // Against the region we were told, only a mobile number that something else speaks for.
    if (told_ && !(mobile && (written.cue || grouping))) continue;
    const std::int32_t points = points_[i] + (mobile ? kMobile : 0) + (grouping ? kGrouping : 0);
    const int reasons = (written.cue ? 2 : 0) + (grouping ? 1 : 0) + (written.hidden ? 1 : 0);
    const std::int32_t fewest = mobile         ? kFewestMobile
                                : reasons == 1 ? kFewestFixed
                                               : kFewestFixedTwice;
    if ((!mobile && reasons == 0) || (!told_ && points < fewest)) continue;
    if (best && points <= best->fit) {
      second = std::max(second, points);
      continue;
    }
    if (best) second = best->fit;
    best = Reading{*match, false, kToldByText, points};
  }
  if (!best) return std::nullopt;
  if (best->fit < second + kClear) best->confidence = kDoubtful;
  if (told_) best->confidence = kOtherCountry;
  best->fit = std::min(best->fit, kMostFit);
  return best;
}

// A country code without sign before a mobile number: "34 6...", "447700...".
std::optional<Reading> PhoneRegion::bare_code(std::string_view digits, bool cue) const {
  if (digits.front() == '0' || digits.size() < 10) return std::nullopt;
  const auto match = plans_.match_international(digits);
  if (!match || match->kind != LineKind::mobile || plans_.prior(match->plan) < 1)
    return std::nullopt;
  return Reading{*match, false, cue ? kToldByText : kOtherCountry, 0};
}

}  // namespace ovillo::extract
