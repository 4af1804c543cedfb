// Indicators as data/indicators states them, read and checked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/assess/internal/phrase_matcher.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/record/assessment.hpp"
#include "ovillo/record/find.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::assess {

/// The closed kinds of rule. Code holds the kinds, data holds the indicators.
enum class RuleKind : std::uint8_t {
  phrases,             ///< words in a text
  written_as,          ///< a find hidden in some way
  values_in_template,  ///< several phones in one template
  value_over_many,     ///< one payer over several authors or names
  texts_share_value,   ///< two kinds of text with one contact
  passed_on_same_day,  ///< money in and on to another on one day
  returned_transfer,   ///< wages paid and sent back
  cash_at_night,       ///< cash deposits between two hours, local time
  steady_price,        ///< one price held, at or above a floor
  long_lived_value,    ///< a phone of one person's own over a long time
  age_under,           ///< a stated age
  kinds_absent,        ///< not known: no record of these kinds
  role_absent,         ///< not known: nothing with this role
  employers_unknown,   ///< not known: payers, but no list of accredited employers is held
  always,              ///< not known: no file can show it
};
std::span<const std::string_view> names(RuleKind);

/// Whether a payer on the list of accredited employers counts.
enum class Accredited : std::uint8_t { either, only, never };
std::span<const std::string_view> names(Accredited);

/// Parameters; a rule reads those that its kind documents.
struct Rule {
  RuleKind kind = RuleKind::always;
  std::vector<RecordKind> kinds;  ///< records it looks at; empty: all
  std::vector<FindKind> finds;
  std::vector<Role> roles;  ///< empty: any
  std::vector<WrittenAs> written_as;
  std::vector<std::string> over;  ///< "author", "name", "phone": the first that is stated counts
  Accredited accredited = Accredited::either;
  std::int64_t min_records = 1;
  std::int64_t min_values = 1;
  std::int64_t min_over = 1;
  std::int64_t min_authors = 0;  ///< where authors are stated at all
  std::int64_t min_days = 1;
  std::int64_t min_share_percent = 0;
  std::int64_t window_days = 0;
  std::int64_t from_hour = 22;
  std::int64_t to_hour = 6;
  std::int64_t tolerance_percent = 0;
  std::int64_t age_below = 0;
  std::int64_t age_from = 0;
  std::int64_t negation_window = 3;  ///< words before a phrase in which a negation undoes it
  std::map<std::string, std::int64_t> floor;  ///< "EUR/hour" -> least amount
};

/// Phrases of an indicator by language; a rule of two texts has two groups.
using Phrases = std::map<std::string, std::vector<std::string>>;

struct Indicator {
  std::string id, name, family, sentence, source, evidence, known_bias, reviewed_by, objections;
  SignSide side = SignSide::not_known;
  Rule rule;
  Phrases phrases;        ///< those that show it
  Phrases other_phrases;  ///< of the second text
  Phrases unless;         ///< those that take it back
};

/// What is never scored, with the reason, and words no scored phrase may hold.
struct Refused {
  std::string id, name, reason, source;
  std::vector<std::string> words;  ///< folded
};

struct Vocabulary {
  std::vector<Indicator> indicators;  ///< by id
  std::vector<Refused> refused;
  WordLists lists;
};

/// Reads words.toml, refused.toml and every other file of `folder`.
/// @error base.bad_data_file, with file and key: a missing or unknown key, a sentence or phrase
///        that does not read, an id used twice, a scored indicator on what refused.toml refuses.
Result<Vocabulary> read_vocabulary(const std::filesystem::path& folder);

}  // namespace ovillo::assess
