#include "ovillo/graph/centrality.hpp"

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"

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

}  // namespace
}  // namespace ovillo::graph
