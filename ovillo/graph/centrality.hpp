// Betweenness and PageRank.
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

struct PageRankOptions {
  double damping = 0.85;
  double tolerance = 1e-10;  ///< stop when the sum of changes falls below this
  int max_iterations = 200;
};

/// PageRank of an undirected weighted graph (each edge goes both ways, in proportion to its
/// weight; weights below 1 count as 0). Nodes without edges spread over all.
///
/// @return  rank[n], sum 1 within 1e-9. The same bytes with any number of threads.
/// @source  Page, Brin, Motwani & Winograd 1999.
std::vector<double> pagerank(const Csr& graph, const PageRankOptions& options = {});

}  // namespace ovillo::graph
