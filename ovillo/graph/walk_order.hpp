// Nodes numbered so that neighbours lie near each other in memory.
#pragma once

#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

/// All nodes in the order of a breadth-first walk, from hubs (ties: the smaller node): who follows
/// each other is near each other in the graph. @return order[n]. @cost O(n log n + m).
std::vector<Node> walk_order(const Csr& graph);

/// The graph with order[i] as node i. @param order  all nodes, each once. @cost O(n + m).
Csr renumbered(const Csr& graph, const std::vector<Node>& order);

}  // namespace ovillo::graph
