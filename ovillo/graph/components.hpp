// Connected components.
#pragma once

#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

/// @return label[n]: the smallest node of each node's component. @cost O(n + m alpha).
std::vector<Node> connected_components(const Csr& graph);

}  // namespace ovillo::graph
