// recommendations on a plain register, with no workspace.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

enum class RecommendationsFormat : std::uint8_t {
  owed,   ///< who owes what, since when
  annex,  ///< the whole register as the table of an annex
  json,
};

struct RecommendationsOrder {
  std::string path;
  std::string recipient;  ///< only what this one owes; empty: all
  std::int64_t as_of_utc_s = 0;
  std::string language = "en";  ///< of the annex
  RecommendationsFormat format = RecommendationsFormat::owed;
};

/// Rows without a number, recipient or year, or with a status nobody knows, are told on `warn` with
/// row and byte and counted; so are doubts about the others.
/// @error flow.no_such_column, base.bad_argument (a language that is not there), intake.*.
Result<void> write_recommendations(const RecommendationsOrder& order,
                                   const std::filesystem::path& data, std::ostream& out,
                                   std::ostream& warn);

}  // namespace ovillo::flow
