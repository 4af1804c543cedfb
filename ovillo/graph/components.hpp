// Connected components.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

/// @return label[n]: the smallest node of each node's component.
/// @cost   O(n + m alpha); where one component holds most nodes, most edges are never looked at.
/// @source Sutton, Ben-Nun & Barak 2018 (the two rounds of links).
std::vector<Node> connected_components(const Csr& graph);

/// The members of each group of a labelling, groups by their smallest node, members ascending.
struct ComponentList {
  std::vector<std::uint32_t> offset{0};
  std::vector<Node> node;

  [[nodiscard]] std::size_t size() const { return offset.size() - 1; }
  [[nodiscard]] std::span<const Node> operator[](std::size_t c) const {
    return {node.data() + offset[c], node.data() + offset[c + 1]};
  }
};

/// @param label  label[v] is the smallest node of v's group (as connected_components gives).
/// @cost  O(n).
ComponentList component_list(std::span<const Node> label);

}  // namespace ovillo::graph
