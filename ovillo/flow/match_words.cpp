#include "ovillo/flow/match_words.hpp"

#include <fmt/format.h>

#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

using nlohmann::ordered_json;

std::string in_words(const resolve::Reason& reason) {
  return fmt::format("{} {} ({:+.2f})", name_of(reason.part), name_of(reason.agreement),
                     reason.quarter_bits / 4.0);
}

std::string_view in_words(resolve::PairOutcome outcome) {
  using resolve::PairOutcome;
  switch (outcome) {
    case PairOutcome::stands:
      return "they stand as one, unless the rows around them say otherwise";
    case PairOutcome::judged_same:
      return "a judgement says that they are the same";
    case PairOutcome::judged_not_same:
      return "a judgement says that they are not the same; no run joins them";
    case PairOutcome::judged_unsure:
      return "a judgement says unsure; this pair joins nobody";
    case PairOutcome::too_little:
      return "the evidence does not beat the odds against any two rows";
    case PairOutcome::one_family:
      return "only one kind of evidence speaks for them; a name alone, or a phone alone, is not "
             "enough";
    case PairOutcome::relatives:
      return "two relatives under one roof explain it as well as one person does";
    case PairOutcome::ruled_out:
      return "two different documents and two different birth dates rule it out";
  }
  return "";
}

ordered_json to_json(std::span<const resolve::Reason> reasons) {
  auto out = ordered_json::array();
  for (const resolve::Reason& reason : reasons)
    out.push_back({{"part", name_of(reason.part)},
                   {"agreement", name_of(reason.agreement)},
                   {"weight_bits", reason.quarter_bits / 4.0}});
  return out;
}

ordered_json to_json(const resolve::PairReport& report) {
  return {{"outcome", name_of(report.outcome)},
          {"weight_bits", report.quarter_bits / 4.0},
          {"needed_bits", report.needed_quarter_bits / 4.0},
          {"relatives_bits", report.relatives_quarter_bits / 4.0},
          {"reasons", to_json(report.reasons)}};
}

std::string line_of(const ordered_json& json) {
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace ovillo::flow
