#include "ovillo/graph/core.hpp"

#include <algorithm>
#include <cstddef>

namespace ovillo::graph {

std::vector<std::uint32_t> coreness(const Csr& graph) {
  const std::size_t n = graph.n_nodes();
  std::vector<std::uint32_t> degree(n);
  std::uint32_t max_degree = 0;
  for (Node v = 0; v < n; ++v) {
    degree[v] = static_cast<std::uint32_t>(graph.degree(v));
    max_degree = std::max(max_degree, degree[v]);
  }
  // Nodes in bins of equal remaining degree; bin[d] is where degree d starts in `order`.
  std::vector<std::uint32_t> bin(std::size_t{max_degree} + 2, 0);
  for (const std::uint32_t d : degree) ++bin[d + 1];
  for (std::size_t d = 1; d < bin.size(); ++d) bin[d] += bin[d - 1];
  std::vector<Node> order(n);
  std::vector<std::uint32_t> position(n);
  std::vector<std::uint32_t> cursor(bin.begin(), bin.end() - 1);
  for (Node v = 0; v < n; ++v) {
    position[v] = cursor[degree[v]]++;
    order[position[v]] = v;
  }
  for (std::size_t i = 0; i < n; ++i) {
    const Node v = order[i];
    for (const Node u : graph.neighbours(v)) {
      if (degree[u] <= degree[v]) continue;
      // u loses one neighbour: swap it with the first node of its bin and move the border.
      const std::uint32_t first = bin[degree[u]];
      const Node w = order[first];
      std::swap(order[position[u]], order[first]);
      std::swap(position[u], position[w]);
      ++bin[degree[u]];
      --degree[u];
    }
  }
  return degree;
}

}  // namespace ovillo::graph
