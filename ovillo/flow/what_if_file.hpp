// `ovillo what-if EDGES.csv --k 1..6`: the best sets of a network given as an edge list.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/edge_file.hpp"
#include "ovillo/network/what_if.hpp"

namespace ovillo::flow {

enum class WhatIfFormat : std::uint8_t { csv, json };

struct WhatIfFileOrder {
  std::string path;
  EdgeColumns columns;
  std::string k;             ///< "3" or "1..6"; empty: 1..6
  std::string measure;       ///< a word of WhatIfMeasure; empty: largest_component
  std::string substitution;  ///< a word of Substitution; empty: none
  std::string candidates;    ///< file; empty: every node may be in a set
  std::string roles;         ///< file with name and role; empty: none
  std::uint64_t reach_steps = 0;
  std::uint64_t missing_percent = 0;
  std::uint64_t seed = 1;
  WhatIfFormat format = WhatIfFormat::csv;
};

/// Writes docs/formats/what_if.md. What the sets are made of (nodes, or people whom a named officer
/// recorded) is said in the answer (JSON) or on `warn` (CSV).
/// @error base.bad_argument, network.*, flow.no_such_column, intake.*.
Result<void> what_if_file(const WhatIfFileOrder& order, std::ostream& out, std::ostream& warn);

}  // namespace ovillo::flow
