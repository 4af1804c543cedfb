// Betweenness: exact, or from some nodes as sources with a bound on the error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

/// Exact betweenness: on how many shortest paths between two others a node lies, split paths
/// counted by their share, each unordered pair once. Edges count as one step, whatever their
/// weight.
///
/// Eight searches run side by side, from sources near each other; nodes with one neighbour are not
/// searched from, because that neighbour sees what they see.
///
/// @return  betweenness[n] >= 0. The same bytes with any number of threads: sources are cut into
///          chunks by the graph alone and the chunks are added up in order.
/// @cost    O(n m) time; per thread 170 bytes a node and up to 40 an edge. Graphs with more than
///          1e290 shortest paths between two nodes are counted in a slower way, as exactly.
/// @source  Brandes 2001; figures of published networks are asserted in centrality_test.cpp.
std::vector<double> betweenness(const Csr& graph);

struct PivotOptions {
  std::size_t n_pivots = 100;  ///< sources drawn, at least 1; n or more: all of them, exact
  std::uint64_t seed = 1;
  double confidence = 0.95;  ///< that every node's error is within its bound, all at once
};

struct PivotBetweenness {
  std::vector<double> value;  ///< per node, on the scale of betweenness()
  std::vector<double> error;  ///< per node: the exact figure lies within value +- error
  std::size_t n_pivots = 0;   ///< sources used
};

/// Betweenness estimated from sources drawn evenly without repeats.
///
/// The bound holds for all nodes at once with probability `confidence` over the draw: per node the
/// smaller of the Hoeffding-Serfling and the empirical Bernstein-Serfling bound, each for a share
/// of 1 - confidence cut by nodes, sides and bounds (union bound). A node with at most one
/// neighbour is exactly 0. It is a bound for the worst case: the true errors are far smaller.
///
/// @cost    O(n_pivots m); memory as betweenness().
/// @source  Brandes & Pich 2007 (pivots); Bardenet & Maillard 2015 (theorems 2.4 and 4.3).
/// @misses  With few pivots the bound is wide: 100 pivots of a million nodes tell hubs from the
///          rest, not one hub from the next.
PivotBetweenness betweenness_from_pivots(const Csr& graph, const PivotOptions& options = {});

}  // namespace ovillo::graph
