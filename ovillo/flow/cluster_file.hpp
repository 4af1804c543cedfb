// cluster on a plain file, with no workspace.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

enum class ClusterFormat : std::uint8_t {
  csv,   ///< "id,cluster", a line per row; empty: alone
  json,  ///< one document: templates, members with the reason of each, stock texts
  text,  ///< the same for people
};

struct ClusterFile {
  std::string path;
  std::string text;  ///< column with the text
  std::string id;    ///< column with the id; empty: the row number
  std::string time;  ///< column by which members are put in order; empty: in the order of the rows
  ClusterFormat format = ClusterFormat::csv;
};

/// Format: docs/formats/answers.md. Rejected rows are told on `warn`, one line each.
/// @error flow.no_such_column, intake.*.
Result<void> cluster_file(const ClusterFile& asked, const std::filesystem::path& data,
                          std::ostream& out, std::ostream& warn);

}  // namespace ovillo::flow
