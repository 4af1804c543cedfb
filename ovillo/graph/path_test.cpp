#include "ovillo/graph/path.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"

namespace ovillo::graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// 0-3 by one weak link, by two of weight 5, or by 9, 9 and 4.
Csr three_ways() {
  return Csr(8, std::vector<Edge>{
                    {0, 3, 1}, {0, 1, 5}, {1, 3, 5}, {0, 2, 9}, {2, 4, 9}, {4, 3, 4}, {6, 7, 9}});
}

TEST(Paths, ChooseByLinksByTheWeakestLinkOrByTheProduct) {
  const Csr graph = three_ways();
  EXPECT_THAT(shortest_path(graph, 0, 3), ElementsAre(0, 3));
  EXPECT_THAT(strongest_path(graph, 0, 3), ElementsAre(0, 1, 3));
  // (5/9)^2 = .309 against 4/9 = .444 and 1/9.
  EXPECT_THAT(best_product_path(graph, 0, 3), ElementsAre(0, 2, 4, 3));
  EXPECT_THAT(best_product_path(graph, 3, 0), ElementsAre(3, 4, 2, 0));
  EXPECT_THAT(best_product_path(graph, 3, 3), ElementsAre(3));
  EXPECT_THAT(best_product_path(graph, 0, 7), IsEmpty());
}

/// The best product over all simple paths, by trying them.
double best_product(const Csr& graph, Node from, Node to, double heaviest) {
  std::vector<bool> used(graph.n_nodes(), false);
  double best = 0;
  const std::function<void(Node, double)> walk = [&](Node v, double product) {
    if (v == to) {
      best = std::max(best, product);
      return;
    }
    used[v] = true;
    for (std::size_t i = 0; i < graph.degree(v); ++i)
      if (!used[graph.neighbours(v)[i]])
        walk(graph.neighbours(v)[i], product * graph.weights(v)[i] / heaviest);
    used[v] = false;
  };
  walk(from, 1);
  return best;
}

TEST(BestProductPath, IsTheBestOfAllPaths) {
  Rng rng(41);
  for (int round = 0; round < 200; ++round) {
    std::vector<Edge> edges(10);
    for (Edge& e : edges)
      e = {static_cast<Node>(rng.below(7)), static_cast<Node>(rng.below(7)),
           static_cast<std::int32_t>(rng.between(1, 1000))};
    const Csr graph(7, edges);
    double heaviest = 1;
    for (Node v = 0; v < 7; ++v)
      for (const std::int32_t w : graph.weights(v)) heaviest = std::max<double>(heaviest, w);
    const auto path = best_product_path(graph, 0, 6);
    const double best = best_product(graph, 0, 6, heaviest);
    double product = path.empty() ? 0 : 1;
    for (std::size_t i = 1; i < path.size(); ++i) {
      const auto neighbours = graph.neighbours(path[i - 1]);
      const auto at = std::find(neighbours.begin(), neighbours.end(), path[i]);
      ASSERT_NE(at, neighbours.end());
      product *=
          graph.weights(path[i - 1])[static_cast<std::size_t>(at - neighbours.begin())] / heaviest;
    }
    EXPECT_NEAR(product, best, 1e-3 * best);
  }
}

}  // namespace
}  // namespace ovillo::graph
