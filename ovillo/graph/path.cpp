#include "ovillo/graph/path.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

#include "ovillo/base/log2.hpp"

namespace ovillo::graph {

namespace {

constexpr std::uint32_t kUnseen = std::numeric_limits<std::uint32_t>::max();
constexpr std::int32_t kAnyWeight = std::numeric_limits<std::int32_t>::min();

/// Fewest edges, over edges of at least `min_weight`. Distances are counted from `to`, so that the
/// walk from `from` can take the smallest neighbour that is one step nearer.
std::vector<Node> shortest_over(const Csr& graph, Node from, Node to, std::int32_t min_weight) {
  std::vector<std::uint32_t> distance(graph.n_nodes(), kUnseen);
  std::vector<Node> queue{to};
  distance[to] = 0;
  for (std::size_t head = 0; head < queue.size() && distance[from] == kUnseen; ++head) {
    const Node v = queue[head];
    const auto neighbours = graph.neighbours(v);
    const auto weights = graph.weights(v);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      if (weights[i] < min_weight || distance[neighbours[i]] != kUnseen) continue;
      distance[neighbours[i]] = distance[v] + 1;
      queue.push_back(neighbours[i]);
    }
  }
  if (distance[from] == kUnseen) return {};
  std::vector<Node> path{from};
  while (path.back() != to) {
    const Node v = path.back();
    const auto neighbours = graph.neighbours(v);
    const auto weights = graph.weights(v);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      if (weights[i] < min_weight || distance[neighbours[i]] != distance[v] - 1) continue;
      path.push_back(neighbours[i]);
      break;
    }
  }
  return path;
}

/// The best weakest edge over all paths, by growing the widest reach from `from`.
std::int32_t widest(const Csr& graph, Node from, Node to) {
  std::vector<std::int32_t> width(graph.n_nodes(), kAnyWeight);
  std::vector<bool> done(graph.n_nodes(), false);
  std::priority_queue<std::pair<std::int32_t, Node>> queue;
  width[from] = std::numeric_limits<std::int32_t>::max();
  queue.emplace(width[from], from);
  while (!queue.empty()) {
    const auto [w, v] = queue.top();
    queue.pop();
    if (done[v]) continue;
    done[v] = true;
    if (v == to) break;
    const auto neighbours = graph.neighbours(v);
    const auto weights = graph.weights(v);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      const std::int32_t through = std::min(w, weights[i]);
      if (done[neighbours[i]] || through <= width[neighbours[i]]) continue;
      width[neighbours[i]] = through;
      queue.emplace(through, neighbours[i]);
    }
  }
  return width[to];
}

}  // namespace

std::vector<Node> shortest_path(const Csr& graph, Node from, Node to) {
  return shortest_over(graph, from, to, kAnyWeight);
}

std::vector<Node> strongest_path(const Csr& graph, Node from, Node to) {
  if (from == to) return {from};
  return shortest_over(graph, from, to, widest(graph, from, to));
}

std::vector<Node> best_product_path(const Csr& graph, Node from, Node to) {
  std::int32_t heaviest = 1;
  for (Node v = 0; v < graph.n_nodes(); ++v)
    for (const std::int32_t w : graph.weights(v)) heaviest = std::max(heaviest, w);
  // What is lost on the way to `to`: bits of the product, then edges.
  struct Loss {
    std::int64_t bits = std::numeric_limits<std::int64_t>::max() / 2;  ///< out of reach
    std::uint32_t edges = 0;
    auto operator<=>(const Loss&) const = default;
  };
  const auto through = [&](const Loss& rest, std::int32_t weight) {
    return Loss{rest.bits + log2_ratio_q16(static_cast<std::uint64_t>(heaviest),
                                           static_cast<std::uint64_t>(weight)),
                rest.edges + 1};
  };
  std::vector<Loss> loss(graph.n_nodes());
  using Entry = std::pair<Loss, Node>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  loss[to] = {0, 0};
  queue.emplace(loss[to], to);
  while (!queue.empty()) {
    const auto [best, v] = queue.top();
    queue.pop();
    if (best != loss[v]) continue;
    if (v == from) break;
    const auto neighbours = graph.neighbours(v);
    const auto weights = graph.weights(v);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      if (weights[i] < 1) continue;
      const Loss next = through(best, weights[i]);
      if (next >= loss[neighbours[i]]) continue;
      loss[neighbours[i]] = next;
      queue.emplace(next, neighbours[i]);
    }
  }
  if (from != to && loss[from].edges == 0) return {};
  std::vector<Node> path{from};
  while (path.back() != to) {
    const Node v = path.back();
    const auto neighbours = graph.neighbours(v);
    const auto weights = graph.weights(v);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      const Loss& rest = loss[neighbours[i]];
      if (weights[i] < 1 || rest.edges + 1 != loss[v].edges || through(rest, weights[i]) != loss[v])
        continue;
      path.push_back(neighbours[i]);
      break;
    }
  }
  return path;
}

}  // namespace ovillo::graph
