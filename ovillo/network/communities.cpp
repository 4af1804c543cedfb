#include "ovillo/network/communities.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "ovillo/base/decimal.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/graph/components.hpp"
#include "ovillo/graph/walk_order.hpp"
#include "ovillo/network/internal/join.hpp"
#include "ovillo/network/internal/leiden.hpp"

namespace ovillo::network {

namespace {

using graph::Node;

/// Components per task: small enough to share out, large enough to keep a solver's arrays warm.
constexpr std::size_t kGrain = 512;

/// Calls solve(members, begin_of_task) per component, in parallel.
template <class Task>
void for_each_component(const graph::Csr& graph, const Task& task) {
  const auto components = graph::component_list(graph::connected_components(graph));
  parallel_for(components.size(), kGrain,
               [&](std::size_t begin, std::size_t end) { task(components, begin, end); });
}

}  // namespace

std::vector<Node> cpm_communities(const graph::Csr& graph, const CpmOptions& options) {
  return cpm_communities(graph, {}, options);
}

std::vector<Node> cpm_communities(const graph::Csr& graph, std::span<const std::uint32_t> node_size,
                                  const CpmOptions& options) {
  const auto gamma_q40 = static_cast<Int128>(std::round(std::ldexp(options.gamma, 40)));
  std::vector<Node> label(graph.n_nodes());
  std::vector<Node> local(graph.n_nodes());
  for_each_component(
      graph, [&](const graph::ComponentList& components, std::size_t begin, std::size_t end) {
        internal::Leiden leiden(gamma_q40);
        internal::Subgraph part;
        for (std::size_t c = begin; c < end; ++c) {
          const auto members = components[c];
          internal::cut_out(graph, members, node_size, local, part);
          const auto& community = leiden.run(part, options.max_passes, options.early_looks);
          for (std::size_t i = 0; i < members.size(); ++i)
            label[members[i]] = members[community[i]];
        }
      });
  return label;
}

Result<std::vector<Node>> modularity_communities(const graph::Csr& graph, int passes) {
  const std::vector<Node> order = graph::walk_order(graph);
  const graph::Csr walked = graph::renumbered(graph, order);
  std::vector<std::uint32_t> strength(walked.n_nodes());
  double total = 0;
  for (Node v = 0; v < walked.n_nodes(); ++v) {
    std::int64_t sum = 0;
    for (const std::int32_t w : walked.weights(v)) sum += std::max(w, 0);
    if (sum >= std::int64_t{1} << 31) return Error(ErrorCode::network_weights_too_large);
    strength[v] = static_cast<std::uint32_t>(sum);
    total += static_cast<double>(sum);
  }
  CpmOptions options;
  options.gamma = total > 0 ? 1 / total : 0;
  options.max_passes = passes;
  options.early_looks = 2;
  const std::vector<Node> found = cpm_communities(walked, strength, options);
  // Named by the smallest node again, as the caller numbers them.
  std::vector<Node> smallest(order.size(), static_cast<Node>(order.size()));
  for (Node i = 0; i < order.size(); ++i)
    smallest[found[i]] = std::min(smallest[found[i]], order[i]);
  std::vector<Node> label(order.size());
  for (Node i = 0; i < order.size(); ++i) label[order[i]] = smallest[found[i]];
  return label;
}

double modularity(const graph::Csr& graph, std::span<const Node> label) {
  std::vector<double> strength(graph.n_nodes(), 0);
  double inside = 0;
  double total = 0;
  for (Node v = 0; v < graph.n_nodes(); ++v) {
    const auto neighbours = graph.neighbours(v);
    const auto weights = graph.weights(v);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      strength[label[v]] += weights[i];
      total += weights[i];
      if (label[neighbours[i]] == label[v]) inside += weights[i];
    }
  }
  if (total <= 0) return 0;
  double out = inside / total;
  for (const double s : strength) out -= s / total * (s / total);
  return out;
}

std::vector<Node> join_communities(const graph::Csr& graph, std::span<const Node> label,
                                   std::uint32_t bridge_share_per_mille) {
  std::vector<Node> out(graph.n_nodes());
  std::vector<Node> local(graph.n_nodes());
  for_each_component(
      graph, [&](const graph::ComponentList& components, std::size_t begin, std::size_t end) {
        internal::Subgraph part;
        std::vector<Node> community;
        for (std::size_t c = begin; c < end; ++c) {
          const auto members = components[c];
          internal::cut_out(graph, members, {}, local, part);
          community.resize(members.size());
          for (std::size_t i = 0; i < members.size(); ++i) community[i] = local[label[members[i]]];
          internal::join_bridged(part, community, bridge_share_per_mille);
          for (std::size_t i = 0; i < members.size(); ++i) out[members[i]] = members[community[i]];
        }
      });
  return out;
}

}  // namespace ovillo::network
