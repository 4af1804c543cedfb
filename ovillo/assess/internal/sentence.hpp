// Sentences of data/indicators with the counts of what was seen.
//
//   "One payer paid for {records:advert|adverts} under {over:name|names}."
//
// {records} gives the number, {records:one|many} the number and the word that goes with it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ovillo/base/result.hpp"

namespace ovillo::assess {

/// What a rule counted. A rule fills those that its kind documents (docs/formats/indicators.md).
struct Counts {
  std::int64_t records = 0;  ///< records that show it
  std::int64_t of = 0;       ///< records that could have shown it
  std::int64_t values = 0;   ///< distinct values: phones, payers, accounts
  std::int64_t over = 0;     ///< what they were spread over: authors, names, templates
  std::int64_t days = 0;
};

/// @error base.bad_data_file: an unknown count, or a brace that is not closed.
Result<void> check_sentence(std::string_view sentence);

/// @param sentence  one that check_sentence() accepts.
std::string fill_sentence(std::string_view sentence, const Counts& counts);

}  // namespace ovillo::assess
