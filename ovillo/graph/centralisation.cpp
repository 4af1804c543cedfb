#include "ovillo/graph/centralisation.hpp"

#include <algorithm>
#include <vector>

namespace ovillo::graph {

namespace {

double from_the_largest(std::span<const double> value) {
  const double largest = *std::max_element(value.begin(), value.end());
  double sum = 0;
  for (const double v : value) sum += largest - v;
  return sum;
}

}  // namespace

double degree_centralisation(const Csr& graph) {
  const auto n = static_cast<double>(graph.n_nodes());
  if (n < 3) return 0;
  std::vector<double> degree;
  for (Node v = 0; v < graph.n_nodes(); ++v) degree.push_back(static_cast<double>(graph.degree(v)));
  return from_the_largest(degree) / ((n - 1) * (n - 2));
}

double betweenness_centralisation(std::span<const double> betweenness) {
  const auto n = static_cast<double>(betweenness.size());
  if (n < 3) return 0;
  return from_the_largest(betweenness) / ((n - 1) * (n - 1) * (n - 2) / 2);
}

double closeness_centralisation(std::span<const double> closeness) {
  const auto n = static_cast<double>(closeness.size());
  if (n < 3) return 0;
  return from_the_largest(closeness) / ((n - 1) * (n - 2) / (2 * n - 3));
}

}  // namespace ovillo::graph
