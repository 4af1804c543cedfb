// k-cores.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

/// The largest k such that the node lies in a subgraph where everybody has k neighbours or more.
///
/// @return  coreness[n]; 0 for a node alone. Edge weights play no part.
/// @cost    O(n + m).
/// @source  Batagelj and Zaversnik 2003.
std::vector<std::uint32_t> coreness(const Csr& graph);

}  // namespace ovillo::graph
