#include "ovillo/network/networks.hpp"

#include <algorithm>
#include <cstddef>

#include "ovillo/base/log2.hpp"
#include "ovillo/graph/union_find.hpp"
#include "ovillo/network/communities.hpp"

namespace ovillo::network {

namespace {

/// Weight units per unit of odds (exp2_quarter_x16).
constexpr std::int32_t kUnitsPerOdds = 16;

}  // namespace

std::vector<graph::Node> networks(const EntityTable& entities, const LinkTable& links,
                                  const NetworkOptions& options) {
  const std::size_t n = entities.size();
  graph::UnionFind same(n);
  for (std::size_t l = 0; l < links.size(); ++l)
    if (links.kind[l] == LinkKind::identity) same.join(links.a[l], links.b[l]);

  std::vector<graph::Edge> edges;
  for (std::size_t l = 0; l < links.size(); ++l) {
    const std::int32_t bits = links.weight_quarter_bits[l];
    if (links.kind[l] == LinkKind::identity || bits < options.min_quarter_bits) continue;
    const std::int64_t units = exp2_quarter_x16(std::clamp(bits, 0, options.cap_quarter_bits));
    edges.push_back(
        {same.find(links.a[l]), same.find(links.b[l]), static_cast<std::int32_t>(units)});
  }
  const graph::Csr graph(n, edges);
  CpmOptions cpm;
  cpm.gamma = static_cast<double>(options.gamma_odds) * kUnitsPerOdds;
  const auto cores = cpm_communities(graph, cpm);
  std::vector<graph::Node> label = join_communities(graph, cores, options.bridge_share_per_mille);
  // Representatives are the smallest of their set, so the smallest node of a community is one too.
  for (graph::Node e = 0; e < n; ++e) label[e] = label[same.find(e)];
  return label;
}

}  // namespace ovillo::network
