#include "ovillo/graph/csr.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/graph/components.hpp"
#include "ovillo/graph/core.hpp"
#include "ovillo/graph/cut.hpp"
#include "ovillo/graph/path.hpp"

namespace ovillo::graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A random multigraph with loops and parallel edges; m may be 0.
std::vector<Edge> random_edges(Rng& rng, std::size_t n, std::size_t m) {
  std::vector<Edge> edges(m);
  for (Edge& e : edges)
    e = {static_cast<Node>(rng.below(n)), static_cast<Node>(rng.below(n)),
         static_cast<std::int32_t>(rng.between(1, 9))};
  return edges;
}

std::size_t n_components(const Csr& graph) {
  const auto label = connected_components(graph);
  std::size_t count = 0;
  for (Node v = 0; v < label.size(); ++v) count += label[v] == v;
  return count;
}

/// The graph without one node's edges.
Csr without_node(std::size_t n, std::vector<Edge> edges, Node gone) {
  std::erase_if(edges, [&](const Edge& e) { return e.a == gone || e.b == gone; });
  return Csr(n, edges);
}

TEST(Csr, AddsParallelEdgesAndDropsLoops) {
  const std::vector<Edge> edges = {{2, 0, 5}, {0, 2, 4}, {1, 1, 9}, {0, 1, 1}};
  const Csr graph(4, edges);
  EXPECT_EQ(graph.n_nodes(), 4U);
  EXPECT_EQ(graph.n_edges(), 2U);
  EXPECT_THAT(graph.neighbours(0), ElementsAre(1, 2));
  EXPECT_THAT(graph.weights(0), ElementsAre(1, 9));
  EXPECT_THAT(graph.neighbours(2), ElementsAre(0));
  EXPECT_THAT(graph.neighbours(3), IsEmpty());
}

TEST(Csr, IsEmptyWithoutNodes) {
  EXPECT_EQ(Csr(0, {}).n_nodes(), 0U);
  EXPECT_EQ(Csr().n_edges(), 0U);
}

TEST(Csr, StaysAtTheLargestWeightInsteadOfOverflowing) {
  const std::vector<Edge> edges = {{0, 1, 2'000'000'000}, {1, 0, 2'000'000'000}};
  EXPECT_THAT(Csr(2, edges).weights(0), ElementsAre(2'147'483'647));
}

TEST(Csr, EqualsAMapWhateverTheOrderOfEdges) {
  Rng rng(1);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 1 + rng.below(40);
    auto edges = random_edges(rng, n, rng.below(200));
    std::map<std::pair<Node, Node>, std::int32_t> plain;
    for (const Edge& e : edges) {
      if (e.a == e.b) continue;
      plain[{e.a, e.b}] += e.weight;
      plain[{e.b, e.a}] += e.weight;
    }
    rng.shuffle(edges);
    const Csr graph(n, edges);
    std::map<std::pair<Node, Node>, std::int32_t> ours;
    for (Node v = 0; v < n; ++v) {
      EXPECT_TRUE(std::is_sorted(graph.neighbours(v).begin(), graph.neighbours(v).end()));
      for (std::size_t i = 0; i < graph.degree(v); ++i)
        ours[{v, graph.neighbours(v)[i]}] = graph.weights(v)[i];
    }
    EXPECT_EQ(ours, plain);
  }
}

TEST(Components, AreLabelledByTheirSmallestNode) {
  const std::vector<Edge> edges = {{5, 3}, {3, 4}, {0, 2}};
  EXPECT_THAT(connected_components(Csr(6, edges)), ElementsAre(0, 1, 0, 3, 3, 3));
}

TEST(Components, AreListedWithTheirMembers) {
  const std::vector<Node> label = {0, 1, 0, 3, 3, 3};
  const ComponentList list = component_list(label);
  ASSERT_EQ(list.size(), 3U);
  EXPECT_THAT(list[0], ElementsAre(0, 2));
  EXPECT_THAT(list[1], ElementsAre(1));
  EXPECT_THAT(list[2], ElementsAre(3, 4, 5));
}

TEST(ShortestPath, TakesTheFirstInDictionaryOrderAmongEquals) {
  const std::vector<Edge> edges = {{0, 3}, {0, 1}, {3, 4}, {1, 4}, {4, 5}};
  EXPECT_THAT(shortest_path(Csr(7, edges), 0, 5), ElementsAre(0, 1, 4, 5));
  EXPECT_THAT(shortest_path(Csr(7, edges), 0, 6), IsEmpty());
  EXPECT_THAT(shortest_path(Csr(7, edges), 6, 6), ElementsAre(6));
}

TEST(StrongestPath, PrefersALongWayOverAWeakLink) {
  const std::vector<Edge> edges = {{0, 1, 1}, {0, 2, 5}, {2, 3, 4}, {3, 1, 6}, {0, 3, 4}};
  EXPECT_THAT(strongest_path(Csr(5, edges), 0, 1), ElementsAre(0, 3, 1));
  EXPECT_THAT(strongest_path(Csr(5, edges), 0, 4), IsEmpty());
  EXPECT_THAT(strongest_path(Csr(5, edges), 4, 4), ElementsAre(4));
}

/// Weakest edge of a path; -1 when two neighbours on it share no edge.
std::int32_t weakest(const Csr& graph, const std::vector<Node>& path) {
  std::int32_t least = 1 << 30;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const auto row = graph.neighbours(path[i - 1]);
    const auto at = std::lower_bound(row.begin(), row.end(), path[i]);
    if (at == row.end() || *at != path[i]) return -1;
    least = std::min(least, graph.weights(path[i - 1])[static_cast<std::size_t>(at - row.begin())]);
  }
  return least;
}

TEST(StrongestPath, HasTheBestWeakestLinkAndThenFewestSteps) {
  Rng rng(2);
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = 2 + rng.below(12);
    const auto edges = random_edges(rng, n, rng.below(3 * n));
    const Csr graph(n, edges);
    // Plain: the strongest threshold at which the two are still joined, then a plain search there.
    for (std::int32_t threshold = 100; threshold >= 0; --threshold) {
      std::vector<Edge> strong;
      for (Node v = 0; v < n; ++v)
        for (std::size_t i = 0; i < graph.degree(v); ++i)
          if (graph.weights(v)[i] >= threshold && graph.neighbours(v)[i] > v)
            strong.push_back({v, graph.neighbours(v)[i], graph.weights(v)[i]});
      const auto plain = shortest_path(Csr(n, strong), 0, 1);
      if (plain.empty() && threshold > 0) continue;
      const auto ours = strongest_path(graph, 0, 1);
      EXPECT_EQ(ours, plain);
      if (!ours.empty()) {
        EXPECT_GE(weakest(graph, ours), threshold);
      }
      break;
    }
  }
}

TEST(Coreness, OfATriangleWithATailAndALoner) {
  const std::vector<Edge> edges = {{0, 1}, {1, 2}, {0, 2}, {2, 3}};
  EXPECT_THAT(coreness(Csr(5, edges)), ElementsAre(2, 2, 2, 1, 0));
}

TEST(Coreness, EqualsPeelingByHand) {
  Rng rng(3);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 1 + rng.below(30);
    const Csr graph(n, random_edges(rng, n, rng.below(120)));
    std::vector<std::uint32_t> plain(n, 0);
    for (std::uint32_t k = 1; k < n; ++k) {
      std::vector<bool> in(n, true);
      for (bool changed = true; changed;) {
        changed = false;
        for (Node v = 0; v < n; ++v) {
          if (!in[v]) continue;
          std::uint32_t left = 0;
          for (const Node u : graph.neighbours(v)) left += in[u];
          if (left < k) {
            in[v] = false;
            changed = true;
          }
        }
      }
      for (Node v = 0; v < n; ++v)
        if (in[v]) plain[v] = k;
    }
    EXPECT_EQ(coreness(graph), plain);
  }
}

TEST(Cuts, AreTheNodesAndEdgesWhoseLossSplitsAComponent) {
  Rng rng(4);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 1 + rng.below(20);
    const auto edges = random_edges(rng, n, rng.below(30));
    const Csr graph(n, edges);
    const Cuts found = cuts(graph);
    std::vector<Node> points;
    std::vector<std::pair<Node, Node>> bridges;
    for (Node v = 0; v < n; ++v) {
      // Without v's edges v is a component of its own, hence the one more.
      const std::size_t after = n_components(without_node(n, edges, v));
      if (after > n_components(graph) + (graph.degree(v) > 0 ? 1 : 0)) points.push_back(v);
      for (const Node u : graph.neighbours(v)) {
        if (u < v) continue;
        auto rest = edges;
        std::erase_if(
            rest, [&](const Edge& e) { return (e.a == v && e.b == u) || (e.a == u && e.b == v); });
        if (n_components(Csr(n, rest)) > n_components(graph)) bridges.emplace_back(v, u);
      }
    }
    EXPECT_EQ(found.articulation_points, points);
    EXPECT_EQ(found.bridges, bridges);
  }
}

TEST(Cuts, SurviveAPathOfAMillionNodes) {
  std::vector<Edge> edges;
  for (Node v = 0; v + 1 < 1'000'000; ++v) edges.push_back({v, v + 1});
  const Cuts found = cuts(Csr(1'000'000, edges));
  EXPECT_EQ(found.bridges.size(), 999'999U);
  EXPECT_EQ(found.articulation_points.size(), 999'998U);
}

}  // namespace
}  // namespace ovillo::graph
