#include "ovillo/graph/components.hpp"

#include <algorithm>
#include <cstddef>

#include "ovillo/graph/union_find.hpp"

namespace ovillo::graph {

namespace {

/// A set that most of the first links ended in: the commonest of some thousand spread over the
/// nodes.
Node common_set(UnionFind& sets, std::size_t n) {
  constexpr std::size_t kSample = 1024;
  std::vector<Node> met;
  for (std::size_t v = 0; v < n; v += n / kSample + 1)
    met.push_back(sets.find(static_cast<Node>(v)));
  std::sort(met.begin(), met.end());
  Node best = 0;
  std::size_t most = 0;
  for (std::size_t i = 0, begin = 0; i < met.size(); ++i) {
    if (met[i] != met[begin]) begin = i;
    if (i + 1 - begin > most) {
      most = i + 1 - begin;
      best = met[i];
    }
  }
  return best;
}

}  // namespace

std::vector<Node> connected_components(const Csr& graph) {
  const std::size_t n = graph.n_nodes();
  if (n == 0) return {};
  UnionFind sets(n);
  // Two edges a node join nearly all of a large component; whoever is in it by then need not look
  // at the rest of its edges, because those who are not yet look at theirs.
  constexpr std::size_t kFirst = 2;
  for (Node v = 0; v < n; ++v) {
    const auto neighbours = graph.neighbours(v);
    for (std::size_t i = 0; i < std::min(kFirst, neighbours.size()); ++i)
      sets.join(neighbours[i], v);
  }
  const Node large = sets.find(common_set(sets, n));
  for (Node v = 0; v < n; ++v) {
    const auto neighbours = graph.neighbours(v);
    if (neighbours.size() <= kFirst || sets.find(v) == sets.find(large)) continue;
    for (const Node u : neighbours.subspan(kFirst)) sets.join(u, v);
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
