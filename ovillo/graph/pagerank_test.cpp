#include "ovillo/graph/pagerank.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"

namespace ovillo::graph {
namespace {

Csr random_graph(Rng& rng, std::size_t n, std::size_t m) {
  std::vector<Edge> edges(m);
  for (Edge& e : edges)
    e = {static_cast<Node>(rng.below(n)), static_cast<Node>(rng.below(n)),
         static_cast<std::int32_t>(rng.between(1, 5))};
  return Csr(n, edges);
}

TEST(PageRank, SatisfiesItsEquation) {
  Rng rng(13);
  for (int round = 0; round < 50; ++round) {
    const std::size_t n = 1 + rng.below(40);
    const Csr graph = random_graph(rng, n, rng.below(80));
    const auto rank = pagerank(graph);
    EXPECT_NEAR(std::accumulate(rank.begin(), rank.end(), 0.0), 1.0, 1e-9);
    double idle = 0;
    for (Node v = 0; v < n; ++v) idle += graph.degree(v) == 0 ? rank[v] : 0;
    for (Node v = 0; v < n; ++v) {
      double want = (0.15 + 0.85 * idle) / static_cast<double>(n);
      for (std::size_t i = 0; i < graph.degree(v); ++i) {
        const Node u = graph.neighbours(v)[i];
        const auto weights = graph.weights(u);
        want += 0.85 * rank[u] * graph.weights(v)[i] /
                std::accumulate(weights.begin(), weights.end(), 0.0);
      }
      EXPECT_NEAR(rank[v], want, 1e-8);
    }
  }
}

/// What one more step of the walk would change, in sum.
double change_of_a_step(const Csr& graph, const std::vector<double>& rank) {
  const std::size_t n = graph.n_nodes();
  std::vector<double> strength(n, 0);
  double idle = 0;
  for (Node v = 0; v < n; ++v) {
    for (const std::int32_t w : graph.weights(v)) strength[v] += w;
    if (graph.degree(v) == 0) idle += rank[v];
  }
  double change = 0;
  for (Node v = 0; v < n; ++v) {
    double next = (0.15 + 0.85 * idle) / static_cast<double>(n);
    for (std::size_t i = 0; i < graph.degree(v); ++i) {
      const Node u = graph.neighbours(v)[i];
      next += 0.85 * rank[u] * graph.weights(v)[i] / strength[u];
    }
    change += std::abs(next - rank[v]);
  }
  return change;
}

TEST(PageRank, StopsWhereItSays) {
  Rng rng(14);
  // A cycle with a few chords mixes slowly: plain iteration needs some 60 sweeps for 1e-4.
  constexpr std::size_t kNodes = 20000;
  std::vector<Edge> edges;
  for (Node v = 0; v < kNodes; ++v) edges.push_back({v, static_cast<Node>((v + 1) % kNodes), 1});
  for (int i = 0; i < 100; ++i)
    edges.push_back(
        {static_cast<Node>(rng.below(kNodes)), static_cast<Node>(rng.below(kNodes)), 7});
  const Csr graph(kNodes + 50, edges);
  for (const double tolerance : {1e-4, 1e-10}) {
    PageRankOptions options;
    options.tolerance = tolerance;
    EXPECT_LE(change_of_a_step(graph, pagerank(graph, options)), 1.001 * tolerance);
  }
}

TEST(PageRank, CountsWeightsBelowOneAsNoLink) {
  const Csr graph(4, std::vector<Edge>{{0, 1, 3}, {1, 2, -4}, {2, 3, 0}});
  const auto rank = pagerank(graph);
  const double alone = 0.15 / (4 - 0.85 * 2);
  EXPECT_NEAR(rank[2], alone, 1e-12);
  EXPECT_NEAR(rank[3], alone, 1e-12);
  EXPECT_NEAR(rank[0], alone / 0.15, 1e-9);
  EXPECT_NEAR(rank[1], alone / 0.15, 1e-9);
}

TEST(PageRank, GivesTheSameBytesWithAnyNumberOfThreads) {
  Rng rng(12);
  const Csr graph = random_graph(rng, 50000, 90000);
  set_thread_count(1);
  const auto one = pagerank(graph);
  set_thread_count(3);
  EXPECT_EQ(one, pagerank(graph));
  set_thread_count(0);
}

}  // namespace
}  // namespace ovillo::graph
