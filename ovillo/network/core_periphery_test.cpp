#include "ovillo/network/core_periphery.hpp"

#include <cmath>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"

namespace ovillo::network {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

TEST(CorePeriphery, FindsAnIdealCore) {
  // 1, 3 and 5 know each other; everybody else knows some of them and nobody else.
  const graph::Csr graph(8, std::vector<graph::Edge>{{1, 3, 1},
                                                     {3, 5, 1},
                                                     {5, 1, 1},
                                                     {0, 1, 1},
                                                     {2, 1, 1},
                                                     {4, 3, 1},
                                                     {6, 5, 1},
                                                     {7, 5, 1},
                                                     {7, 3, 1}});
  const auto found = core_periphery(graph);
  EXPECT_THAT(found.in_core, ElementsAre(0, 1, 0, 1, 0, 1, 0, 0));
  EXPECT_EQ(found.n_core, 3U);
  EXPECT_DOUBLE_EQ(found.correlation, 1);
}

TEST(CorePeriphery, FindsNoneAmongEquals) {
  std::vector<graph::Edge> ring;
  for (graph::Node v = 0; v < 10; ++v) ring.push_back({v, (v + 1) % 10, 1});
  const auto found = core_periphery(graph::Csr(10, ring));
  EXPECT_THAT(found.in_core, Each(0));
  EXPECT_EQ(found.correlation, 0);
  EXPECT_EQ(core_periphery(graph::Csr(0, {})).n_core, 0U);
}

/// Pearson's correlation written out pair by pair.
double plain_correlation(const graph::Csr& graph, const std::vector<std::uint8_t>& core) {
  double n = 0;
  double x = 0;
  double y = 0;
  double xx = 0;
  double yy = 0;
  double xy = 0;
  for (graph::Node a = 0; a < graph.n_nodes(); ++a) {
    std::vector<double> linked(graph.n_nodes(), 0);
    for (const graph::Node u : graph.neighbours(a)) linked[u] = 1;
    for (graph::Node b = a + 1; b < graph.n_nodes(); ++b) {
      if (core[a] != core[b]) continue;
      const double pattern = core[a];
      ++n;
      x += linked[b];
      y += pattern;
      xx += linked[b] * linked[b];
      yy += pattern * pattern;
      xy += linked[b] * pattern;
    }
  }
  return (n * xy - x * y) / std::sqrt((n * xx - x * x) * (n * yy - y * y));
}

TEST(CorePeriphery, GivesTheCorrelationOfItsCore) {
  Rng rng(3);
  for (int round = 0; round < 30; ++round) {
    std::vector<graph::Edge> edges(60);
    for (auto& e : edges)
      e = {static_cast<graph::Node>(rng.below(rng.below(25) + 1)),
           static_cast<graph::Node>(rng.below(25)), 2};
    const graph::Csr graph(25, edges);
    const auto found = core_periphery(graph);
    ASSERT_GT(found.n_core, 1U);
    EXPECT_NEAR(found.correlation, plain_correlation(graph, found.in_core), 1e-9);
  }
}

}  // namespace
}  // namespace ovillo::network
