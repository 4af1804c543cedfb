#include "ovillo/network/name_graph.hpp"

#include <algorithm>

namespace ovillo::network {

graph::Node NameGraph::node(std::string_view which) const {
  const auto at = std::lower_bound(name.begin(), name.end(), which);
  return static_cast<graph::Node>(at != name.end() && *at == which ? at - name.begin()
                                                                   : name.end() - name.begin());
}

Result<NameGraph> name_graph(const EdgeList& edges) {
  NameGraph out;
  std::vector<std::size_t> taken;
  for (std::size_t r = 0; r < edges.a.size(); ++r) {
    if (edges.a[r].empty() || edges.b[r].empty()) {
      out.rejects.push_back({r, ErrorCode::network_empty_node});
      continue;
    }
    taken.push_back(r);
    out.name.emplace_back(edges.a[r]);
    out.name.emplace_back(edges.b[r]);
  }
  std::sort(out.name.begin(), out.name.end());
  out.name.erase(std::unique(out.name.begin(), out.name.end()), out.name.end());
  std::vector<graph::Edge> pairs;
  pairs.reserve(taken.size());
  for (const std::size_t r : taken) {
    const graph::Node a = out.node(edges.a[r]);
    const graph::Node b = out.node(edges.b[r]);
    if (a != b) pairs.push_back({std::min(a, b), std::max(a, b), 1});
  }
  const auto by_ends = [](const graph::Edge& x, const graph::Edge& y) {
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  };
  std::sort(pairs.begin(), pairs.end(), by_ends);
  pairs.erase(std::unique(pairs.begin(), pairs.end(),
                          [](const graph::Edge& x, const graph::Edge& y) {
                            return x.a == y.a && x.b == y.b;
                          }),
              pairs.end());
  if (pairs.empty()) return Error(ErrorCode::network_no_edges);
  out.graph = graph::Csr(out.name.size(), pairs);
  return out;
}

}  // namespace ovillo::network
