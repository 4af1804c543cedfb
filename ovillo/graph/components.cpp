#include "ovillo/graph/components.hpp"

#include "ovillo/graph/union_find.hpp"

namespace ovillo::graph {

std::vector<Node> connected_components(const Csr& graph) {
  const std::size_t n = graph.n_nodes();
  UnionFind sets(n);
  for (Node v = 0; v < n; ++v) {
    for (const Node u : graph.neighbours(v)) {
      if (u >= v) break;  // ascending: each edge once, from its larger end
      sets.join(u, v);
    }
  }
  return sets.labels();
}

ComponentList component_list(std::span<const Node> label) {
  const std::size_t n = label.size();
  ComponentList out;
  std::vector<std::uint32_t> slot(n, 0);
  for (Node v = 0; v < n; ++v) {
    if (label[v] == v) {
      slot[v] = static_cast<std::uint32_t>(out.offset.size() - 1);
      out.offset.push_back(0);
    }
  }
  for (Node v = 0; v < n; ++v) ++out.offset[slot[label[v]] + 1];
  for (std::size_t c = 1; c < out.offset.size(); ++c) out.offset[c] += out.offset[c - 1];
  std::vector<std::uint32_t> cursor(out.offset.begin(), out.offset.end() - 1);
  out.node.resize(n);
  for (Node v = 0; v < n; ++v) out.node[cursor[slot[label[v]]]++] = v;
  return out;
}

}  // namespace ovillo::graph
