// An edge list as a graph of names, links without weight.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/graph/csr.hpp"
#include "ovillo/network/measures.hpp"

namespace ovillo::network {

/// Node i is name[i]; names ascend by bytes, so that the order of nodes is that of what is printed.
struct NameGraph {
  std::vector<std::string> name;
  graph::Csr graph;                 ///< each pair once, weight 1; loops left out
  std::vector<EdgeReject> rejects;  ///< network.empty_node, ascending by row

  /// The node of that name; name.size() when there is none.
  [[nodiscard]] graph::Node node(std::string_view which) const;
};

/// Weights of the list play no part. The same graph for any order of rows and either direction.
/// @error network.no_edges. @cost O(m log m).
Result<NameGraph> name_graph(const EdgeList& edges);

}  // namespace ovillo::network
