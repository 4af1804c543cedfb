// `ovillo network EDGES.csv [MORE.csv ...] --check`: doubts about the lists themselves.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/edge_file.hpp"

namespace ovillo::flow {

struct CheckFilesOrder {
  std::vector<std::string> paths;
  EdgeColumns columns;
  bool said_directed = false;
};

/// CSV: file, doubt, other, node, n, meaning; only the header when nothing is in doubt. Format:
/// docs/formats/network.md.
/// @error flow.no_such_column, intake.*.
Result<void> check_files(const CheckFilesOrder& order, std::ostream& out, std::ostream& warn);

}  // namespace ovillo::flow
