#include "ovillo/network/disruption.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "ovillo/graph/centrality.hpp"
#include "ovillo/graph/components.hpp"

namespace ovillo::network {

namespace {

using graph::Node;

constexpr std::array<std::string_view, 2> kNames = {"betweenness", "degree"};

/// The graph without the nodes that are gone, which stay as numbers without edges.
graph::Csr without(const graph::Csr& graph, const std::vector<bool>& gone) {
  std::vector<graph::Edge> edges;
  for (Node v = 0; v < graph.n_nodes(); ++v)
    for (const Node u : graph.neighbours(v))
      if (u < v && !gone[u] && !gone[v]) edges.push_back({u, v, 1});
  return graph::Csr(graph.n_nodes(), edges);
}

std::size_t largest_component(const graph::Csr& graph, const std::vector<bool>& gone) {
  std::vector<std::size_t> size(graph.n_nodes(), 0);
  const auto label = graph::connected_components(graph);
  std::size_t largest = 0;
  for (Node v = 0; v < graph.n_nodes(); ++v)
    if (!gone[v]) largest = std::max(largest, ++size[label[v]]);
  return largest;
}

/// In thousandths, so that what differs by rounding alone is a tie.
std::vector<std::int64_t> centrality(const graph::Csr& graph, DisruptionOrder order) {
  std::vector<std::int64_t> out(graph.n_nodes());
  if (order == DisruptionOrder::degree) {
    for (Node v = 0; v < graph.n_nodes(); ++v)
      out[v] = static_cast<std::int64_t>(graph.degree(v)) * 1000;
    return out;
  }
  const auto between = graph::betweenness(graph);
  for (Node v = 0; v < graph.n_nodes(); ++v)
    out[v] = static_cast<std::int64_t>(std::round(between[v] * 1000));
  return out;
}

/// The `count` most central of those left, first first.
std::vector<Node> most_central(const graph::Csr& graph, const std::vector<bool>& gone,
                               const DisruptionOptions& options) {
  const auto value = centrality(graph, options.order);
  std::vector<Node> left;
  for (Node v = 0; v < graph.n_nodes(); ++v)
    if (!gone[v]) left.push_back(v);
  const std::size_t count = std::min(std::max<std::size_t>(options.block, 1), left.size());
  std::partial_sort(
      left.begin(), left.begin() + static_cast<std::ptrdiff_t>(count), left.end(),
      [&](Node a, Node b) { return value[a] != value[b] ? value[a] > value[b] : a < b; });
  left.resize(count);
  return left;
}

}  // namespace

std::span<const std::string_view> names(DisruptionOrder) { return kNames; }

std::vector<DisruptionStep> disruption_curve(const graph::Csr& graph,
                                             const DisruptionOptions& options) {
  std::vector<bool> gone(graph.n_nodes(), false);
  graph::Csr left = without(graph, gone);
  std::vector<DisruptionStep> out(1);
  out[0].largest = largest_component(left, gone);
  out[0].share = graph.n_nodes() == 0 ? 0 : 1;
  while (left.n_edges() > 0 && (options.max_steps == 0 || out.size() <= options.max_steps)) {
    DisruptionStep step;
    step.removed = most_central(left, gone, options);
    for (const Node v : step.removed) gone[v] = true;
    left = without(left, gone);
    step.largest = largest_component(left, gone);
    step.share = static_cast<double>(step.largest) / static_cast<double>(out[0].largest);
    out.push_back(std::move(step));
  }
  return out;
}

}  // namespace ovillo::network
