// What each kind of rule sees in a network.
#pragma once

#include <optional>
#include <vector>

#include "ovillo/assess/internal/indicator.hpp"
#include "ovillo/assess/internal/network_facts.hpp"
#include "ovillo/assess/internal/sentence.hpp"

namespace ovillo::assess {

/// What a rule saw: counts for the sentence and the evidence, ascending.
struct Sighting {
  Counts counts;
  std::vector<Evidence> evidence;
};

/// Topics of an indicator's phrases in the network's matcher: 2 i for phrases, 2 i + 1 for the
/// second text.
inline std::uint32_t first_topic(std::size_t indicator) {
  return static_cast<std::uint32_t>(2 * indicator);
}
inline std::uint32_t second_topic(std::size_t indicator) { return first_topic(indicator) + 1; }

/// Applies the rule of indicator number `i`. Empty: looked, and it is not there.
std::optional<Sighting> see(const Indicator& indicator, std::size_t i, const NetworkFacts& facts);

// The rules by kind; see() calls them.
std::optional<Sighting> see_phrases(const Indicator&, std::size_t i, const NetworkFacts&);
std::optional<Sighting> see_texts_share_value(const Indicator&, std::size_t i, const NetworkFacts&);
std::optional<Sighting> see_written_as(const Rule&, const NetworkFacts&);
std::optional<Sighting> see_values_in_template(const Rule&, const NetworkFacts&);
std::optional<Sighting> see_value_over_many(const Rule&, const NetworkFacts&);
std::optional<Sighting> see_steady_price(const Rule&, const NetworkFacts&);
std::optional<Sighting> see_long_lived_value(const Rule&, const NetworkFacts&);
std::optional<Sighting> see_age_under(const Rule&, const NetworkFacts&);
std::vector<Evidence> stated_ages_under(const Rule&, const RecordFacts&);
std::optional<Sighting> see_passed_on_same_day(const Rule&, const NetworkFacts&);
std::optional<Sighting> see_returned_transfer(const Indicator&, std::size_t i, const NetworkFacts&);
std::optional<Sighting> see_cash_at_night(const Indicator&, std::size_t i, const NetworkFacts&);
std::optional<Sighting> see_absence(const Rule&, const NetworkFacts&);

/// Sorts, drops repeats, and checks the least number of records and the least share.
std::optional<Sighting> enough(const Rule& rule, Sighting sighting);

/// Whether a rule looks at records of this kind.
bool looks_at(const Rule& rule, RecordKind kind);

}  // namespace ovillo::assess
