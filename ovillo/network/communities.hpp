// Communities inside a component: the constant Potts model (CPM) by the Leiden algorithm.
//
// Two cases that share one landlord or one stock sentence are joined by a weak bridge; a plain
// component would weld them, CPM leaves them apart when the bridge weighs less than the two sides
// could bear. Deterministic: nodes in ascending order, ties to the smaller community, integer
// weights, no random numbers; the same graph gives the same labels with any thread count.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::network {

struct CpmOptions {
  /// Resolution, in weight units per pair of nodes: communities keep at least this density.
  double gamma = 0.05;
  int max_passes = 20;
};

/// @return label[n]: smallest node of each node's community; communities are connected.
/// @source Traag, Van Dooren & Nesterov 2011 (CPM); Traag, Waltman & van Eck 2019 (Leiden).
std::vector<graph::Node> cpm_communities(const graph::Csr& graph, const CpmOptions& options);

}  // namespace ovillo::network
