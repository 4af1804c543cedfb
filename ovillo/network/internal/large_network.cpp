#include "ovillo/network/internal/large_network.hpp"

#include <algorithm>
#include <functional>

namespace ovillo::network::internal {

namespace {

using graph::Node;

/// Components of what is left, each a list of nodes, the largest first (ties: the first node).
std::vector<std::vector<Node>> parts(const graph::Csr& graph, const std::vector<char>& gone) {
  std::vector<std::vector<Node>> out;
  std::vector<char> seen(gone);
  for (Node start = 0; start < graph.n_nodes(); ++start) {
    if (seen[start] != 0) continue;
    seen[start] = 1;
    std::vector<Node> part{start};
    for (std::size_t i = 0; i < part.size(); ++i) {
      for (const Node u : graph.neighbours(part[i])) {
        if (seen[u] != 0) continue;
        seen[u] = 1;
        part.push_back(u);
      }
    }
    out.push_back(std::move(part));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return out;
}

/// A component of s nodes falls into at most 1 + sum(degree - 1) parts; with k nodes gone, one of
/// the k + 1 largest components is untouched.
std::uint64_t least_possible(const graph::Csr& graph, const std::vector<std::vector<Node>>& whole,
                             std::span<const Node> candidates, unsigned k) {
  std::vector<std::uint64_t> degree;
  degree.reserve(candidates.size());
  for (const Node v : candidates) degree.push_back(graph.degree(v));
  std::sort(degree.begin(), degree.end(), std::greater<>());
  std::uint64_t n_parts = 1;
  for (unsigned i = 0; i < k; ++i) n_parts += degree[i] > 0 ? degree[i] - 1 : 0;
  const std::uint64_t left = whole[0].size() > k ? whole[0].size() - k : 0;
  const std::uint64_t untouched = whole.size() > k ? whole[k].size() : 0;
  return std::max((left + n_parts - 1) / n_parts, untouched);
}

}  // namespace

std::vector<LargeAnswer> large_network_sets(const graph::Csr& graph,
                                            std::span<const Node> candidates, unsigned k_to) {
  constexpr std::size_t kTried = 100;
  std::vector<char> gone(graph.n_nodes(), 0);
  std::vector<char> may(graph.n_nodes(), 0);
  for (const Node v : candidates) may[v] = 1;
  const auto whole = parts(graph, gone);
  auto now = whole;
  std::vector<LargeAnswer> out;
  std::vector<Node> set;
  for (unsigned k = 1; k <= k_to; ++k) {
    std::vector<Node> tried;
    for (const Node v : now[0])
      if (may[v] != 0) tried.push_back(v);
    if (tried.empty())
      for (const Node v : candidates)
        if (may[v] != 0) tried.push_back(v);
    std::sort(tried.begin(), tried.end(), [&](Node a, Node b) {
      return graph.degree(a) != graph.degree(b) ? graph.degree(a) > graph.degree(b) : a < b;
    });
    tried.resize(std::min(tried.size(), kTried));
    std::size_t best = graph.n_nodes() + 1;
    Node who = 0;
    for (const Node v : tried) {
      gone[v] = 1;
      const auto then = parts(graph, gone);
      gone[v] = 0;
      if (const std::size_t size = then.empty() ? 0 : then[0].size(); size < best) {
        best = size;
        who = v;
      }
    }
    gone[who] = 1;
    may[who] = 0;
    set.push_back(who);
    now = parts(graph, gone);
    LargeAnswer answer{now.empty() ? 0 : now[0].size(), least_possible(graph, whole, candidates, k),
                       set};
    std::sort(answer.set.begin(), answer.set.end());
    out.push_back(std::move(answer));
    if (now.empty()) break;
  }
  return out;
}

}  // namespace ovillo::network::internal
