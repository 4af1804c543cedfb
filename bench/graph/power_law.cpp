#include "power_law.hpp"

#include <algorithm>
#include <cmath>

#include "ovillo/base/rng.hpp"

namespace ovillo::bench {

std::vector<graph::Edge> power_law_edges(std::size_t n_nodes, std::size_t n_edges,
                                         std::uint64_t seed) {
  // Chung and Lu: node i is drawn in proportion to (i + i0)^(-1 / (exponent - 1)); i0 bounds the
  // largest degree.
  const double i0 = 400.0 * static_cast<double>(n_nodes) / 1e6 + 10;
  std::vector<double> up_to(n_nodes);
  double sum = 0;
  for (std::size_t i = 0; i < n_nodes; ++i)
    up_to[i] = sum += std::pow(static_cast<double>(i) + i0, -1.0 / 1.5);
  Rng rng(seed);
  const auto draw = [&] {
    const double x = static_cast<double>(rng.next() >> 11) * 0x1p-53 * sum;
    const auto at = std::upper_bound(up_to.begin(), up_to.end(), x);
    return static_cast<graph::Node>(
        std::min<std::size_t>(static_cast<std::size_t>(at - up_to.begin()), n_nodes - 1));
  };
  std::vector<graph::Edge> edges(n_edges);
  for (graph::Edge& e : edges) {
    e.a = draw();
    e.b = draw();
  }
  // Numbers carry no meaning: without this the hubs would lie side by side in memory.
  std::vector<graph::Node> number(n_nodes);
  for (std::size_t i = 0; i < n_nodes; ++i) number[i] = static_cast<graph::Node>(i);
  rng.shuffle(number);
  for (graph::Edge& e : edges) e = {number[e.a], number[e.b], 1};
  return edges;
}

}  // namespace ovillo::bench
