// Communities inside a component: the constant Potts model (CPM) by the Leiden algorithm.
//
// Two cases that share one landlord or one stock sentence are joined by a weak bridge; a plain
// component would weld them, CPM leaves them apart when the bridge weighs less than the two sides
// could bear. Deterministic: nodes in ascending order, ties to the smaller community, integer
// weights, no random numbers; the same graph gives the same labels with any thread count. The
// labels of a component depend on that component alone.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/graph/csr.hpp"

namespace ovillo::network {

struct CpmOptions {
  /// Resolution, in weight units per pair of nodes: communities keep at least this density.
  double gamma = 0.05;
  int max_passes = 20;
  /// 0: every pass goes on until nothing moves. Else all passes but the last look at a node that
  /// many times on average.
  double early_looks = 0;
};

/// @return label[n]: smallest node of each node's community; communities are connected.
/// @cost   components in parallel; measured in bench/graph.
/// @source Traag, Van Dooren & Nesterov 2011 (CPM); Traag, Waltman & van Eck 2019 (Leiden). Their
///         random choices are replaced by the best one, so the guarantee kept is connectedness,
///         not that every optimal partition can be reached.
std::vector<graph::Node> cpm_communities(const graph::Csr& graph, const CpmOptions& options);

/// The same with a size per node: gamma is paid per unit of size_a * size_b. With sizes equal to
/// the nodes' strengths and gamma = 1 / total strength this is modularity.
/// @param node_size  n sizes, each below 2^31.
std::vector<graph::Node> cpm_communities(const graph::Csr& graph,
                                         std::span<const std::uint32_t> node_size,
                                         const CpmOptions& options);

/// Communities by modularity (Leiden): more links inside than strangers of these strengths would
/// have. For a whole network at once; unlike CPM it depends on the whole graph, and small groups
/// melt together in large networks (the resolution limit), so no network of a case is made by it.
///
/// @param passes  as the iterations of others: two give most of what there is to gain.
/// @return        label[n], as cpm_communities; deterministic, no random numbers.
/// @error         network.weights_too_large when a node's weights add up to 2^31 or more.
/// @cost          measured in bench/graph. Nodes are renumbered first, and all passes but the last
///                look at a node twice on average: the last one mends what was left.
/// @source        Newman & Girvan 2004; Traag, Waltman & van Eck 2019.
Result<std::vector<graph::Node>> modularity_communities(const graph::Csr& graph, int passes = 2);

/// Modularity of a labelling, by weight: 1 - 1/communities at the most, 0 for all in one.
double modularity(const graph::Csr& graph, std::span<const graph::Node> label);

/// Joins communities whose bridge is as strong as what holds them: the weight between two, against
/// the mean strength of a node inside the weaker one. Judged on the finished communities, the best
/// bridge first (ties: heavier, then smaller labels); each join is judged anew. A community of one
/// node has nothing inside to compare with and joins its heaviest neighbour.
///
/// @param label         as cpm_communities gives it.
/// @param bridge_share  per mille of the weaker side's mean inner strength that a bridge must
/// weigh.
/// @return              label[n], communities connected if they were.
std::vector<graph::Node> join_communities(const graph::Csr& graph,
                                          std::span<const graph::Node> label,
                                          std::uint32_t bridge_share_per_mille);

}  // namespace ovillo::network
