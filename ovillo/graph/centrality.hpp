// Betweenness.
#pragma once

#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

/// Exact betweenness: on how many shortest paths between two others a node lies, split paths
/// counted by their share, each unordered pair once. Edges count as one step, whatever their
/// weight.
///
/// @return  betweenness[n] >= 0. The same bytes with any number of threads: sources are cut into
///          chunks by n alone and the chunks are added up in order.
/// @cost    O(n m) time, O(n) memory per chunk (at most 16 chunks).
/// @source  Brandes 2001; figures of published networks are asserted in centrality_test.cpp.
std::vector<double> betweenness(const Csr& graph);

}  // namespace ovillo::graph
