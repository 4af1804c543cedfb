#include "ovillo/graph/closeness.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/graph/centralisation.hpp"
#include "ovillo/graph/centrality.hpp"

namespace ovillo::graph {
namespace {

Csr random_graph(Rng& rng, std::size_t n, std::size_t m) {
  std::vector<Edge> edges(m);
  for (Edge& e : edges) e = {static_cast<Node>(rng.below(n)), static_cast<Node>(rng.below(n)), 1};
  return Csr(n, edges);
}

TEST(Closeness, IsRightOnAPathOfFourAndOneAlone) {
  const auto found = closeness(Csr(5, std::vector<Edge>{{0, 1, 1}, {1, 2, 1}, {2, 3, 1}}));
  EXPECT_DOUBLE_EQ(found.closeness[0], 3.0 / 6 * 3 / 4);
  EXPECT_DOUBLE_EQ(found.closeness[1], 3.0 / 4 * 3 / 4);
  EXPECT_EQ(found.closeness[4], 0);
  EXPECT_DOUBLE_EQ(found.harmonic[0], (1 + 1.0 / 2 + 1.0 / 3) / 4);
  EXPECT_DOUBLE_EQ(found.harmonic[1], (1 + 1 + 1.0 / 2) / 4);
  EXPECT_EQ(found.harmonic[4], 0);
}

TEST(Closeness, EqualsOneSearchPerNode) {
  Rng rng(31);
  for (const std::size_t n : {1U, 63U, 64U, 65U, 300U}) {
    const Csr graph = random_graph(rng, n, n + 10);
    const auto found = closeness(graph);
    for (Node s = 0; s < n; ++s) {
      std::vector<int> steps(n, -1);
      std::vector<Node> queue{s};
      steps[s] = 0;
      double sum = 0;
      double inverse = 0;
      for (std::size_t head = 0; head < queue.size(); ++head) {
        if (head > 0) inverse += 1.0 / steps[queue[head]];
        sum += steps[queue[head]];
        for (const Node u : graph.neighbours(queue[head])) {
          if (steps[u] >= 0) continue;
          steps[u] = steps[queue[head]] + 1;
          queue.push_back(u);
        }
      }
      const auto reached = static_cast<double>(queue.size() - 1);
      const double others = static_cast<double>(n) - 1;
      EXPECT_NEAR(found.closeness[s], reached > 0 ? reached / sum * reached / others : 0, 1e-12);
      EXPECT_NEAR(found.harmonic[s], reached > 0 ? inverse / others : 0, 1e-12);
    }
  }
}

TEST(Closeness, GivesTheSameBytesWithAnyNumberOfThreads) {
  Rng rng(32);
  const Csr graph = random_graph(rng, 3000, 9000);
  set_thread_count(1);
  const auto one = closeness(graph);
  set_thread_count(3);
  const auto three = closeness(graph);
  EXPECT_EQ(one.closeness, three.closeness);
  EXPECT_EQ(one.harmonic, three.harmonic);
  set_thread_count(0);
}

TEST(Centralisation, IsOneInAStarAndZeroInARing) {
  std::vector<Edge> star;
  std::vector<Edge> ring;
  for (Node v = 1; v < 8; ++v) star.push_back({0, v, 1});
  for (Node v = 0; v < 8; ++v) ring.push_back({v, (v + 1) % 8, 1});
  const Csr hub(8, star);
  const Csr round(8, ring);
  EXPECT_DOUBLE_EQ(degree_centralisation(hub), 1);
  EXPECT_DOUBLE_EQ(betweenness_centralisation(betweenness(hub)), 1);
  EXPECT_NEAR(closeness_centralisation(closeness(hub).closeness), 1, 1e-12);
  EXPECT_EQ(degree_centralisation(round), 0);
  EXPECT_NEAR(betweenness_centralisation(betweenness(round)), 0, 1e-12);
  EXPECT_NEAR(closeness_centralisation(closeness(round).closeness), 0, 1e-12);
  EXPECT_EQ(degree_centralisation(Csr(2, std::vector<Edge>{{0, 1, 1}})), 0);
}

}  // namespace
}  // namespace ovillo::graph
