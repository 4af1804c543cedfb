// extract on a plain file, with no workspace: how the stage is tested, measured and composed.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

struct PlainColumns {
  std::string text;    ///< column with the text
  std::string id;      ///< column with the id; empty: the row number
  std::string region;  ///< a column, or a country code; empty: none assumed
};

/// One JSON line per row: {"id":..,"finds":[{"kind","canonical","begin","end","written_as"},..]}.
/// Streams: memory is bounded by one batch. Rejected rows are told on `warn`, one line each.
/// @error flow.no_such_column, intake.*.
Result<void> extract_file(const std::string& path, const PlainColumns& columns,
                          const std::filesystem::path& data, std::ostream& out, std::ostream& warn);

}  // namespace ovillo::flow
