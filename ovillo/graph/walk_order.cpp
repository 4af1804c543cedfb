#include "ovillo/graph/walk_order.hpp"

#include <algorithm>
#include <numeric>

namespace ovillo::graph {

std::vector<Node> walk_order(const Csr& graph) {
  std::vector<Node> start(graph.n_nodes());
  std::iota(start.begin(), start.end(), Node{0});
  std::stable_sort(start.begin(), start.end(),
                   [&](Node a, Node b) { return graph.degree(a) > graph.degree(b); });
  std::vector<Node> order;
  order.reserve(graph.n_nodes());
  std::vector<bool> seen(graph.n_nodes(), false);
  for (const Node v : start) {
    if (seen[v]) continue;
    seen[v] = true;
    order.push_back(v);
    for (std::size_t head = order.size() - 1; head < order.size(); ++head) {
      for (const Node u : graph.neighbours(order[head])) {
        if (seen[u]) continue;
        seen[u] = true;
        order.push_back(u);
      }
    }
  }
  return order;
}

Csr renumbered(const Csr& graph, const std::vector<Node>& order) {
  std::vector<Node> number(order.size());
  for (Node i = 0; i < order.size(); ++i) number[order[i]] = i;
  std::vector<Edge> edges;
  edges.reserve(graph.n_edges());
  for (Node i = 0; i < order.size(); ++i) {
    const auto neighbours = graph.neighbours(order[i]);
    const auto weights = graph.weights(order[i]);
    for (std::size_t k = 0; k < neighbours.size(); ++k)
      if (number[neighbours[k]] < i) edges.push_back({i, number[neighbours[k]], weights[k]});
  }
  return Csr(order.size(), edges);
}

}  // namespace ovillo::graph
