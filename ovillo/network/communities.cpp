#include "ovillo/network/communities.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "ovillo/base/decimal.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/graph/components.hpp"
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
          const auto& community = leiden.run(part, options.max_passes);
          for (std::size_t i = 0; i < members.size(); ++i)
            label[members[i]] = members[community[i]];
        }
      });
  return label;
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
