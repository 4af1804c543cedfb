// Nodes and edges without which a component falls apart.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

struct Cuts {
  std::vector<Node> articulation_points;       ///< ascending
  std::vector<std::pair<Node, Node>> bridges;  ///< ascending, first < second
};

/// Articulation points (nodes) and bridges (edges) whose removal leaves more components.
///
/// @cost    O(n + m); no recursion, so a path of a million nodes is safe.
/// @source  Hopcroft and Tarjan 1973.
Cuts cuts(const Csr& graph);

}  // namespace ovillo::graph
