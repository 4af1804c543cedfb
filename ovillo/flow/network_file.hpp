// `ovillo network EDGES.csv --measures ...`: measures of a plain edge list.
#pragma once

#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

struct NetworkFileOrder {
  std::string path;
  std::string measures;  ///< with commas; empty: degree, component
  std::string from;      ///< column; empty: the first
  std::string to;        ///< column; empty: the second
  std::string weight;    ///< column; empty: every edge weighs 1
};

/// CSV: node and one column per measure, nodes in byte order. Format: docs/formats/network.md.
/// @error flow.no_such_column, network.*, intake.*.
Result<void> measure_file(const NetworkFileOrder& order, std::ostream& out, std::ostream& warn);

/// The measures there are: "component, degree, ...", for help.
std::string measure_names();

}  // namespace ovillo::flow
