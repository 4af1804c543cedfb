#include "ovillo/graph/centrality.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/base/source_folder.hpp"

namespace ovillo::graph {
namespace {

struct Named {
  Csr graph;
  std::map<std::string, Node> node;
};

/// Reads one network of the reference data ("a","b",...). @return empty graph: not there.
Named read_network(const std::string& name) {
  std::ifstream file(std::string(OVILLO_SOURCE_DIR "/../shared/data/networks/") + name);
  Named out;
  std::vector<Edge> edges;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> cell(1);
    for (const char c : line) {
      if (c == ',') {
        cell.emplace_back();
      } else if (c != '"' && c != '\r') {
        cell.back().push_back(c);
      }
    }
    if (cell.size() < 2) continue;
    const auto number = [&](const std::string& s) {
      return out.node.emplace(s, static_cast<Node>(out.node.size())).first->second;
    };
    const Node a = number(cell[0]);
    edges.push_back({a, number(cell[1]), 1});
  }
  out.graph = Csr(out.node.size(), edges);
  return out;
}

struct Published {
  const char* file;
  std::size_t n;
  std::size_t m;
  const char* node;
  double value;  ///< as printed, one decimal
};

class PublishedBetweenness : public ::testing::TestWithParam<Published> {};

// Figures of the UCINET covert networks: reference networks.md, section 2.2.
TEST_P(PublishedBetweenness, IsReproducedToThePrintedDigit) {
  const Published& want = GetParam();
  const Named network = read_network(want.file);
  if (network.node.empty()) GTEST_SKIP() << "reference data not here: " << want.file;
  EXPECT_EQ(network.graph.n_nodes(), want.n);
  EXPECT_EQ(network.graph.n_edges(), want.m);
  EXPECT_NEAR(betweenness(network.graph)[network.node.at(want.node)], want.value, 0.0501);
}

INSTANTIATE_TEST_SUITE_P(Networks, PublishedBetweenness,
                         ::testing::Values(Published{"Siren_edges.csv", 44, 103, "1", 720.6},
                                           Published{"Togo_edges.csv", 33, 47, "1", 388.3},
                                           Published{"CielNet_edges.csv", 25, 35, "N2", 176.9},
                                           Published{"CielNet_edges.csv", 25, 35, "N1", 163.1},
                                           Published{"Natarajan_cocaine_edges.csv", 28, 40, "Kay",
                                                     311.5}));

/// Betweenness by its definition, from all distances and path counts.
std::vector<double> plain_betweenness(const Csr& graph) {
  const std::size_t n = graph.n_nodes();
  constexpr int kFar = 1 << 20;
  std::vector<std::vector<int>> distance(n, std::vector<int>(n, kFar));
  std::vector<std::vector<double>> paths(n, std::vector<double>(n, 0));
  for (Node s = 0; s < n; ++s) {
    distance[s][s] = 0;
    paths[s][s] = 1;
    std::vector<Node> queue{s};
    for (std::size_t head = 0; head < queue.size(); ++head) {
      for (const Node u : graph.neighbours(queue[head])) {
        if (distance[s][u] == kFar) {
          distance[s][u] = distance[s][queue[head]] + 1;
          queue.push_back(u);
        }
        if (distance[s][u] == distance[s][queue[head]] + 1) paths[s][u] += paths[s][queue[head]];
      }
    }
  }
  std::vector<double> out(n, 0);
  for (Node v = 0; v < n; ++v)
    for (Node s = 0; s < n; ++s)
      for (Node t = s + 1; t < n; ++t)
        if (s != v && t != v && distance[s][t] < kFar &&
            distance[s][v] + distance[v][t] == distance[s][t])
          out[v] += paths[s][v] * paths[v][t] / paths[s][t];
  return out;
}

Csr random_graph(Rng& rng, std::size_t n, std::size_t m) {
  std::vector<Edge> edges(m);
  for (Edge& e : edges)
    e = {static_cast<Node>(rng.below(n)), static_cast<Node>(rng.below(n)),
         static_cast<std::int32_t>(rng.between(1, 5))};
  return Csr(n, edges);
}

TEST(Betweenness, EqualsItsDefinition) {
  Rng rng(11);
  for (int round = 0; round < 100; ++round) {
    const std::size_t n = 1 + rng.below(25);
    const Csr graph = random_graph(rng, n, rng.below(60));
    const auto ours = betweenness(graph);
    const auto plain = plain_betweenness(graph);
    for (std::size_t v = 0; v < n; ++v) EXPECT_NEAR(ours[v], plain[v], 1e-9);
  }
}

TEST(Betweenness, GivesTheSameBytesWithAnyNumberOfThreads) {
  Rng rng(12);
  const Csr graph = random_graph(rng, 500, 2000);
  set_thread_count(1);
  const auto one = betweenness(graph);
  set_thread_count(3);
  EXPECT_EQ(one, betweenness(graph));
  set_thread_count(0);
}

// A chain of bulges: each `width` nodes side by side, between nodes that all paths pass. 30^240
// paths are more than a double counts.
TEST(Betweenness, CountsMorePathsThanADoubleHolds) {
  constexpr Node kBulges = 240;
  constexpr Node kWidth = 30;
  constexpr Node kStep = kWidth + 1;
  std::vector<Edge> edges;
  for (Node b = 0; b < kBulges; ++b) {
    for (Node w = 1; w <= kWidth; ++w) {
      edges.push_back({b * kStep, b * kStep + w, 1});
      edges.push_back({b * kStep + w, (b + 1) * kStep, 1});
    }
  }
  const std::size_t n = kBulges * kStep + 1;
  const auto between = betweenness(Csr(n, edges));
  for (Node b = 1; b < kBulges; ++b) {
    // Joint b: all pairs across it, and of each bulge beside it the pairs within, by their share
    // (two nodes of a bulge have two shortest paths, one over each joint).
    const double left = b * kStep;
    const double right = static_cast<double>(n) - 1 - left;
    const double within = 2 * (kWidth * (kWidth - 1) / 2.0) / 2;
    EXPECT_NEAR(between[b * kStep] / (left * right + within), 1, 1e-9) << b;
  }
  // A node of the second bulge: its share of the paths between what lies before and behind.
  const double passes = (kStep + 1.0) * (static_cast<double>(n) - 2 * kStep);
  EXPECT_NEAR(between[kStep + 1] / (passes / kWidth), 1, 1e-9);
}

TEST(BetweennessFromPivots, IsExactWithAllNodesAsPivots) {
  Rng rng(21);
  const Csr graph = random_graph(rng, 60, 150);
  const auto all = betweenness_from_pivots(graph, {.n_pivots = 100});
  EXPECT_EQ(all.value, betweenness(graph));
  EXPECT_EQ(all.error, std::vector<double>(60, 0));
  EXPECT_EQ(all.n_pivots, 60U);
}

// The bound is for all nodes at once: in 200 draws at 95 % it may fail some ten times, and since it
// is a bound for the worst case it fails far more rarely. The mean over draws is the exact figure.
TEST(BetweennessFromPivots, LiesWithinItsBoundAndIsRightOnAverage) {
  Rng rng(22);
  const Csr graph = random_graph(rng, 300, 420);
  const auto exact = betweenness(graph);
  std::vector<double> mean(exact.size(), 0);
  constexpr int kDraws = 200;
  int n_failed = 0;
  double widest = 0;
  double worst = 0;
  for (int d = 0; d < kDraws; ++d) {
    const auto found =
        betweenness_from_pivots(graph, {.n_pivots = 150, .seed = static_cast<std::uint64_t>(d)});
    bool holds = true;
    for (std::size_t v = 0; v < exact.size(); ++v) {
      const double off = std::abs(found.value[v] - exact[v]);
      holds &= off <= found.error[v] + 1e-6;
      widest = std::max(widest, found.error[v]);
      worst = std::max(worst, off);
      mean[v] += found.value[v] / kDraws;
    }
    n_failed += holds ? 0 : 1;
  }
  EXPECT_LE(n_failed, 10);
  EXPECT_GT(worst, widest / 20) << "the bound says nothing";
  for (std::size_t v = 0; v < exact.size(); ++v)
    EXPECT_NEAR(mean[v], exact[v], 0.05 * exact[v] + 30) << v;
}

TEST(BetweennessFromPivots, HasATighterBoundWithMorePivots) {
  Rng rng(23);
  const Csr graph = random_graph(rng, 2000, 4000);
  double before = 1e300;
  for (const std::size_t k : {50, 200, 800, 1900}) {
    const auto found = betweenness_from_pivots(graph, {.n_pivots = k, .seed = 3});
    const double widest = *std::max_element(found.error.begin(), found.error.end());
    EXPECT_LT(widest, 0.75 * before);
    before = widest;
  }
}

}  // namespace
}  // namespace ovillo::graph
