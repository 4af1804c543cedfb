// Paths between two nodes.
//
// Both answers are unique: among equally good paths the one whose node numbers come first in
// dictionary order, so that `why A B` prints the same chain on every machine.
#pragma once

#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

/// A path with the fewest edges.
/// @return  nodes from `from` to `to`, both included; empty: there is none. One node when equal.
/// @cost    O(n + m), two arrays of n.
std::vector<Node> shortest_path(const Csr& graph, Node from, Node to);

/// A path whose weakest edge is as strong as can be; among those, one with the fewest edges.
/// @return  as shortest_path.
/// @cost    O(m log n).
std::vector<Node> strongest_path(const Csr& graph, Node from, Node to);

/// A path with the largest product of weights, each taken as a share of the heaviest in the graph
/// (weights as chances that a link holds); among those, one with the fewest edges. Edges that weigh
/// less than 1 are left out.
/// @return  as shortest_path. Products that differ by less than a 30,000th a link may be taken for
///          equal: the logarithms are fixed-point, so that the answer is the same everywhere.
/// @cost    O(m log n).
std::vector<Node> best_product_path(const Csr& graph, Node from, Node to);

}  // namespace ovillo::graph
