#include "ovillo/network/core_periphery.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ovillo::network {

namespace {

using graph::Node;

double pairs(double n) { return n * (n - 1) / 2; }

/// Correlation over the pairs within the core (pattern 1) and those outside it (pattern 0).
double correlation(double core_pairs, double core_links, double rest_pairs, double rest_links) {
  const double links = core_links + rest_links;
  const double all = core_pairs + rest_pairs;
  const double spread = core_pairs * rest_pairs * links * (all - links);
  if (spread <= 0) return 0;
  return (core_links * (rest_pairs - rest_links) - rest_links * (core_pairs - core_links)) /
         std::sqrt(spread);
}

}  // namespace

CorePeriphery core_periphery(const graph::Csr& graph) {
  const std::size_t n = graph.n_nodes();
  CorePeriphery out;
  out.in_core.assign(n, 0);
  std::vector<Node> order(n);
  std::iota(order.begin(), order.end(), Node{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Node a, Node b) { return graph.degree(a) > graph.degree(b); });
  std::vector<std::size_t> place(n);
  for (std::size_t i = 0; i < n; ++i) place[order[i]] = i;
  double core_links = 0;
  double rest_links = static_cast<double>(graph.n_edges());
  for (std::size_t i = 0; i < n; ++i) {
    for (const Node u : graph.neighbours(order[i])) {
      if (place[u] < i) {
        ++core_links;
      } else {
        --rest_links;
      }
    }
    const std::size_t k = i + 1;
    if (k < 2 || k == n || graph.degree(order[i]) == graph.degree(order[k])) continue;
    const double fit = correlation(pairs(static_cast<double>(k)), core_links,
                                   pairs(static_cast<double>(n - k)), rest_links);
    if (fit <= out.correlation) continue;
    out.correlation = fit;
    out.n_core = k;
  }
  for (std::size_t i = 0; i < out.n_core; ++i) out.in_core[order[i]] = 1;
  return out;
}

}  // namespace ovillo::network
