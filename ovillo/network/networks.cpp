#include "ovillo/network/networks.hpp"

#include <algorithm>
#include <cstddef>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/log2.hpp"
#include "ovillo/graph/union_find.hpp"
#include "ovillo/network/communities.hpp"

namespace ovillo::network {

namespace {

/// Weight units per unit of odds (exp2_quarter_x16).
constexpr std::int32_t kUnitsPerOdds = 16;

// The entities in an order of what they are, not of their ids: ids are keyed by the installation,
// and communities of equal worth are told apart by who comes first.
std::vector<graph::Node> order_by_content(const EntityTable& entities) {
  struct Key {
    std::uint64_t hash;
    graph::Node entity;
  };
  std::vector<Key> keys;
  keys.reserve(entities.size());
  for (graph::Node e = 0; e < entities.size(); ++e)
    keys.push_back(
        {hash64(entities.canonical[e], static_cast<std::uint64_t>(entities.kind[e])), e});
  std::sort(keys.begin(), keys.end(), [](const Key& x, const Key& y) {
    return x.hash != y.hash ? x.hash < y.hash : x.entity < y.entity;
  });
  std::vector<graph::Node> order;
  order.reserve(keys.size());
  for (const Key& key : keys) order.push_back(key.entity);
  return order;
}

}  // namespace

std::vector<graph::Node> networks(const EntityTable& entities, const LinkTable& links,
                                  const NetworkOptions& options) {
  const std::size_t n = entities.size();
  const std::vector<graph::Node> entity_of = order_by_content(entities);
  std::vector<graph::Node> node_of(n);
  for (graph::Node node = 0; node < n; ++node) node_of[entity_of[node]] = node;

  graph::UnionFind same(n);
  for (std::size_t l = 0; l < links.size(); ++l)
    if (links.kind[l] == LinkKind::identity) same.join(node_of[links.a[l]], node_of[links.b[l]]);

  std::vector<graph::Edge> edges;
  for (std::size_t l = 0; l < links.size(); ++l) {
    const std::int32_t bits = links.weight_quarter_bits[l];
    if (links.kind[l] == LinkKind::identity || bits < options.min_quarter_bits) continue;
    const std::int64_t units = exp2_quarter_x16(std::clamp(bits, 0, options.cap_quarter_bits));
    edges.push_back({same.find(node_of[links.a[l]]), same.find(node_of[links.b[l]]),
                     static_cast<std::int32_t>(units)});
  }
  const graph::Csr graph(n, edges);
  CpmOptions cpm;
  cpm.gamma = static_cast<double>(options.gamma_odds) * kUnitsPerOdds;
  const auto cores = cpm_communities(graph, cpm);
  const auto community = join_communities(graph, cores, options.bridge_share_per_mille);

  // A network is named by the smallest of its entities.
  std::vector<graph::Node> smallest(n, ~graph::Node{0});
  const auto community_of = [&](graph::Node e) { return community[same.find(node_of[e])]; };
  for (graph::Node e = 0; e < n; ++e)
    smallest[community_of(e)] = std::min(smallest[community_of(e)], e);
  std::vector<graph::Node> label(n);
  for (graph::Node e = 0; e < n; ++e) label[e] = smallest[community_of(e)];
  return label;
}

}  // namespace ovillo::network
