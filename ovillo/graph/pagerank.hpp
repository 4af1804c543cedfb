// PageRank of an undirected graph.
#pragma once

#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

struct PageRankOptions {
  double damping = 0.85;
  double tolerance = 1e-10;  ///< stop when one more step of the walk would change less, in sum
  int max_iterations = 200;
};

/// PageRank of an undirected weighted graph (each edge goes both ways, in proportion to its
/// weight; weights below 1 count as 0). Nodes without edges spread over all.
///
/// The walk on an undirected graph is symmetric once it is scaled by the roots of the strengths, so
/// its equation is solved by conjugate gradients: the same stop rule as plain iteration (the sum of
/// changes of one more step), in half of the sweeps or fewer.
///
/// @return  rank[n], sum 1 within 1e-9. The same bytes with any number of threads.
/// @cost    O(m) a sweep; 9 sweeps to 1e-4 on a power-law graph of a million nodes (plain
///          iteration: 12). 28 bytes a node besides the answer; measured in bench/graph.
/// @source  Page, Brin, Motwani & Winograd 1999; Hestenes & Stiefel 1952.
std::vector<double> pagerank(const Csr& graph, const PageRankOptions& options = {});

}  // namespace ovillo::graph
