#include "ovillo/network/communities.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/graph/components.hpp"

namespace ovillo::network {
namespace {

using graph::Csr;
using graph::Edge;
using graph::Node;
using ::testing::ElementsAre;

std::vector<Edge> random_edges(Rng& rng, std::size_t n, std::size_t m, std::int64_t max_weight) {
  std::vector<Edge> edges(m);
  for (Edge& e : edges)
    e = {static_cast<Node>(rng.below(n)), static_cast<Node>(rng.below(n)),
         static_cast<std::int32_t>(rng.between(1, max_weight))};
  return edges;
}

void add_clique(std::vector<Edge>& edges, Node first, Node n, std::int32_t weight) {
  for (Node a = first; a < first + n; ++a)
    for (Node b = a + 1; b < first + n; ++b) edges.push_back({a, b, weight});
}

/// CPM quality by its definition: weight inside minus gamma per pair.
double quality(const Csr& graph, const std::vector<Node>& label, double gamma) {
  double sum = 0;
  for (Node v = 0; v < graph.n_nodes(); ++v)
    for (std::size_t i = 0; i < graph.degree(v); ++i)
      if (graph.neighbours(v)[i] > v && label[graph.neighbours(v)[i]] == label[v])
        sum += graph.weights(v)[i];
  std::map<Node, double> size;
  for (const Node l : label) ++size[l];
  for (const auto& [l, n] : size) sum -= gamma * n * (n - 1) / 2;
  return sum;
}

/// The best quality over all partitions; a call a node deep, so for graphs of 8 nodes or so.
// NOLINTNEXTLINE(misc-no-recursion)
double best_quality(const Csr& graph, double gamma, std::vector<Node>& label, Node next,
                    Node n_blocks) {
  if (next == graph.n_nodes()) return quality(graph, label, gamma);
  double best = -1e300;
  for (Node block = 0; block <= n_blocks; ++block) {
    label[next] = block;
    best = std::max(
        best, best_quality(graph, gamma, label, next + 1, std::max<Node>(n_blocks, block + 1)));
  }
  return best;
}

/// Whether each community is connected and named by its smallest node.
void expect_well_formed(const Csr& graph, const std::vector<Node>& label) {
  std::vector<Edge> inside;
  for (Node v = 0; v < graph.n_nodes(); ++v)
    for (const Node u : graph.neighbours(v))
      if (u > v && label[u] == label[v]) inside.push_back({v, u});
  EXPECT_EQ(graph::connected_components(Csr(graph.n_nodes(), inside)), label);
}

TEST(CpmCommunities, LeaveAWeakBridgeBetweenTwoCliques) {
  std::vector<Edge> edges;
  add_clique(edges, 0, 5, 10);
  add_clique(edges, 5, 5, 10);
  edges.push_back({4, 5, 10});
  EXPECT_THAT(cpm_communities(Csr(10, edges), {.gamma = 1}),
              ElementsAre(0, 0, 0, 0, 0, 5, 5, 5, 5, 5));
  EXPECT_THAT(cpm_communities(Csr(10, edges), {.gamma = 0.1}),
              ElementsAre(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
}

TEST(CpmCommunities, AreTheBestPartitionOfNearlyEverySmallGraph) {
  Rng rng(21);
  int n_best = 0;
  constexpr int kRounds = 300;
  for (int round = 0; round < kRounds; ++round) {
    const std::size_t n = 1 + rng.below(8);
    const Csr graph(n, random_edges(rng, n, rng.below(2 * n + 1), 6));
    const double gamma = 0.5 + static_cast<double>(rng.below(6)) / 2;
    const auto label = cpm_communities(graph, {.gamma = gamma});
    expect_well_formed(graph, label);
    std::vector<Node> scratch(n, 0);
    const double best = best_quality(graph, gamma, scratch, 0, 0);
    EXPECT_LE(quality(graph, label, gamma), best + 1e-9);
    n_best += quality(graph, label, gamma) >= best - 1e-9;
  }
  EXPECT_GE(n_best, kRounds * 93 / 100);
}

TEST(CpmCommunities, CannotBeBetteredByMovingOneNodeOrJoiningTwo) {
  Rng rng(22);
  for (int round = 0; round < 60; ++round) {
    const std::size_t n = 5 + rng.below(40);
    const Csr graph(n, random_edges(rng, n, rng.below(4 * n), 5));
    const double gamma = 0.25 + static_cast<double>(rng.below(8)) / 4;
    auto label = cpm_communities(graph, {.gamma = gamma});
    expect_well_formed(graph, label);
    const double ours = quality(graph, label, gamma);
    for (Node v = 0; v < n; ++v) {
      const Node own = label[v];
      for (Node to = 0; to <= n; ++to) {  // n: a community of its own
        label[v] = to;
        EXPECT_LE(quality(graph, label, gamma), ours + 1e-9) << "node " << v << " to " << to;
      }
      label[v] = own;
    }
    for (Node a = 0; a < n; ++a) {
      auto joined = label;
      for (Node& l : joined)
        if (l == label[a]) l = label[0];
      EXPECT_LE(quality(graph, joined, gamma), ours + 1e-9);
    }
  }
}

TEST(CpmCommunities, OfOnePartDoNotHangOnAnother) {
  Rng rng(23);
  for (int round = 0; round < 100; ++round) {
    const std::size_t n = 2 + rng.below(30);
    const auto here = random_edges(rng, n, 3 * n, 5);
    auto both = here;
    const std::size_t far = 1 + rng.below(40);
    for (const Edge& e : random_edges(rng, far, 2 * far, 5))
      both.push_back({e.a + static_cast<Node>(n), e.b + static_cast<Node>(n), e.weight});
    const Csr alone(n, here);
    const Csr together(n + far, both);
    const CpmOptions options{.gamma = 1.5};
    auto label = cpm_communities(alone, options);
    auto whole = cpm_communities(together, options);
    whole.resize(n);
    EXPECT_EQ(whole, label);
    label = join_communities(alone, label, 333);
    auto joined = join_communities(together, cpm_communities(together, options), 333);
    joined.resize(n);
    EXPECT_EQ(joined, label);
  }
}

TEST(CpmCommunities, AreTheSameWithAnyNumberOfThreads) {
  Rng rng(24);
  const Csr graph(20'000, random_edges(rng, 20'000, 15'000, 5));
  set_thread_count(1);
  const auto one = cpm_communities(graph, {.gamma = 1});
  set_thread_count(4);
  EXPECT_EQ(cpm_communities(graph, {.gamma = 1}), one);
  EXPECT_EQ(join_communities(graph, one, 333), join_communities(graph, one, 333));
  set_thread_count(0);
}

TEST(CpmCommunities, WithStrengthAsSizeFindPlantedGroups) {
  Rng rng(25);
  std::vector<Edge> edges;
  constexpr Node kGroups = 8;
  constexpr Node kEach = 30;
  constexpr Node kNodes = kGroups * kEach;
  for (Node v = 0; v < kNodes; ++v) {
    for (int i = 0; i < 8; ++i)
      edges.push_back({v, v / kEach * kEach + static_cast<Node>(rng.below(kEach))});
    if (rng.chance_per_mille(500)) edges.push_back({v, static_cast<Node>(rng.below(kNodes))});
  }
  const Csr graph(kNodes, edges);
  std::vector<std::uint32_t> strength(graph.n_nodes(), 0);
  double total = 0;
  for (Node v = 0; v < graph.n_nodes(); ++v) {
    for (const auto w : graph.weights(v)) strength[v] += static_cast<std::uint32_t>(w);
    total += strength[v];
  }
  const auto label = cpm_communities(graph, strength, {.gamma = 1 / total});
  for (Node v = 0; v < graph.n_nodes(); ++v) EXPECT_EQ(label[v], v / kEach * kEach);
}

TEST(JoinCommunities, FollowsALongChainOfEqualLinks) {
  std::vector<Edge> edges;
  for (Node v = 0; v + 1 < 50; ++v) edges.push_back({v, v + 1, 64});
  const Csr graph(50, edges);
  const auto cores = cpm_communities(graph, {.gamma = 20});
  EXPECT_NE(cores, std::vector<Node>(50, 0));  // cores alone would break the chain
  EXPECT_EQ(join_communities(graph, cores, 333), std::vector<Node>(50, 0));
}

TEST(JoinCommunities, KeepsASingleBridgeFromWeldingTwoCores) {
  std::vector<Edge> edges;
  add_clique(edges, 0, 5, 64);
  add_clique(edges, 5, 5, 64);
  edges.push_back({0, 10, 64});  // one node, strongly tied to a node of either side
  edges.push_back({5, 10, 64});
  const Csr graph(11, edges);
  const auto label = join_communities(graph, cpm_communities(graph, {.gamma = 16}), 333);
  EXPECT_NE(label[0], label[5]);
  EXPECT_TRUE(label[10] == label[0] || label[10] == label[5]);
  expect_well_formed(graph, label);
}

TEST(JoinCommunities, EqualsJudgingEveryPairAnew) {
  Rng rng(26);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 2 + rng.below(20);
    const Csr graph(n, random_edges(rng, n, 2 * n, 50));
    const auto cores = cpm_communities(graph, {.gamma = 15});
    // Plain: all pairs of communities, the best bridge joined, and everything measured again.
    auto plain = cores;
    while (true) {
      std::map<Node, double> inner, size;
      std::map<std::pair<Node, Node>, double> bridge;
      for (Node v = 0; v < n; ++v) {
        ++size[plain[v]];
        for (std::size_t i = 0; i < graph.degree(v); ++i) {
          const Node u = graph.neighbours(v)[i];
          if (plain[u] == plain[v]) {
            inner[plain[v]] += graph.weights(v)[i];
          } else if (plain[v] < plain[u]) {
            bridge[{plain[v], plain[u]}] += graph.weights(v)[i];
          }
        }
      }
      std::pair<double, double> best{0, 0};
      std::pair<Node, Node> pair;
      for (const auto& [ends, weight] : bridge) {
        const double mean =
            std::min(inner[ends.first] / size[ends.first], inner[ends.second] / size[ends.second]);
        const std::pair<double, double> score{mean == 0 ? 1e300 : weight / mean, weight};
        if (weight < 0.333 * mean - 1e-9) continue;
        if (score.first > best.first * (1 + 1e-12) ||
            (score.first > best.first * (1 - 1e-12) && score.second > best.second)) {
          best = score;
          pair = ends;
        }
      }
      if (best.first == 0) break;
      for (Node& l : plain)
        if (l == pair.second) l = pair.first;
    }
    EXPECT_EQ(join_communities(graph, cores, 333), plain) << "round " << round;
  }
}

// Zachary's karate club: the best modularity there is, 0.4198, is known.
TEST(ModularityCommunities, FindsTheBestOfTheKarateClub) {
  const std::vector<std::vector<graph::Node>> later = {
      {1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31},
      {2, 3, 7, 13, 17, 19, 21, 30},
      {3, 7, 8, 9, 13, 27, 28, 32},
      {7, 12, 13},
      {6, 10},
      {6, 10, 16},
      {16},
      {},
      {30, 32, 33},
      {33},
      {},
      {},
      {},
      {33},
      {32, 33},
      {32, 33},
      {},
      {},
      {32, 33},
      {33},
      {32, 33},
      {},
      {32, 33},
      {25, 27, 29, 32, 33},
      {25, 27, 31},
      {31},
      {29, 33},
      {33},
      {31, 33},
      {32, 33},
      {32, 33},
      {32, 33},
      {33},
      {}};
  std::vector<graph::Edge> edges;
  for (graph::Node v = 0; v < later.size(); ++v)
    for (const graph::Node u : later[v]) edges.push_back({v, u, 1});
  const graph::Csr club(later.size(), edges);
  ASSERT_EQ(club.n_edges(), 78U);
  const auto label = modularity_communities(club, 10);
  ASSERT_TRUE(label.has_value());
  EXPECT_NEAR(modularity(club, *label), 0.4198, 0.0005);
  EXPECT_NEAR(modularity(club, std::vector<graph::Node>(34, 0)), 0, 1e-12);
}

TEST(ModularityCommunities, RefusesWeightsItCannotAddUp) {
  const graph::Csr heavy(3, std::vector<graph::Edge>{{0, 1, 2'000'000'000}, {1, 2, 2'000'000'000}});
  EXPECT_EQ(modularity_communities(heavy).error().code(), ErrorCode::network_weights_too_large);
}

TEST(ModularityCommunities, KeepsSeparatePartsApartAndNamesThemByTheirFirst) {
  const graph::Csr two(7, std::vector<graph::Edge>{
                              {1, 2, 1}, {2, 3, 1}, {1, 3, 1}, {4, 5, 3}, {5, 6, 3}, {4, 6, 3}});
  EXPECT_EQ(*modularity_communities(two), (std::vector<graph::Node>{0, 1, 1, 1, 4, 4, 4}));
}

}  // namespace
}  // namespace ovillo::network
