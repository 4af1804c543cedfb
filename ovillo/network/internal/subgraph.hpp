// One component cut out of a graph, with nodes numbered from 0 in the same order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::network::internal {

using graph::Node;

/// Weights are wide enough for sums of sums; `offset` has n + 1 entries.
struct Subgraph {
  std::vector<std::uint32_t> offset;
  std::vector<Node> neighbour;
  std::vector<std::int64_t> weight;
  std::vector<std::int64_t> size;  ///< per node

  [[nodiscard]] std::size_t n_nodes() const { return size.size(); }

  void clear() {
    offset.assign(1, 0);
    neighbour.clear();
    weight.clear();
    size.clear();
  }
  /// Calls visit(neighbour, weight) for each half-edge of v.
  template <class F>
  void for_each(Node v, const F& visit) const {
    for (std::uint32_t i = offset[v]; i < offset[v + 1]; ++i) visit(neighbour[i], weight[i]);
  }
};

/// Fills `out` with one component. @param members  a whole component, ascending. @param local
/// scratch of the graph's size: written for the members only. @param node_size  empty: 1 each.
inline void cut_out(const graph::Csr& graph, std::span<const Node> members,
                    std::span<const std::uint32_t> node_size, std::span<Node> local,
                    Subgraph& out) {
  out.clear();
  for (Node i = 0; i < members.size(); ++i) local[members[i]] = i;
  for (const Node v : members) {
    const auto neighbours = graph.neighbours(v);
    const auto weights = graph.weights(v);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      out.neighbour.push_back(local[neighbours[i]]);
      out.weight.push_back(weights[i]);
    }
    out.offset.push_back(static_cast<std::uint32_t>(out.neighbour.size()));
    out.size.push_back(node_size.empty() ? 1 : node_size[v]);
  }
}

}  // namespace ovillo::network::internal
