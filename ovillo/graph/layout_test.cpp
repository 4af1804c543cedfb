#include "ovillo/graph/layout.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"

namespace ovillo::graph {
namespace {

double distance(const Point& a, const Point& b) {
  return std::sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
}

double nearest_pair(const std::vector<Point>& place) {
  double nearest = 1e300;
  for (std::size_t a = 0; a < place.size(); ++a)
    for (std::size_t b = a + 1; b < place.size(); ++b)
      nearest = std::min(nearest, distance(place[a], place[b]));
  return nearest;
}

Csr square_grid(Node side) {
  std::vector<Edge> edges;
  for (Node y = 0; y < side; ++y) {
    for (Node x = 0; x < side; ++x) {
      if (x + 1 < side) edges.push_back({y * side + x, y * side + x + 1, 1});
      if (y + 1 < side) edges.push_back({y * side + x, (y + 1) * side + x, 1});
    }
  }
  return Csr(std::size_t{side} * side, edges);
}

/// Groups of eight who all know each other, joined in a tree, with some links across.
std::vector<Edge> cells_of_a_network(Rng& rng, Node n_groups) {
  std::vector<Edge> edges;
  for (Node g = 0; g < n_groups; ++g) {
    for (Node a = 0; a < 8; ++a)
      for (Node b = a + 1; b < 8; ++b) edges.push_back({8 * g + a, 8 * g + b, 1});
    if (g > 0) edges.push_back({8 * g, static_cast<Node>(rng.below(8 * g)), 1});
  }
  return edges;
}

/// How far distances in the plane are from steps in the graph: mean of ((s d - g) / g)^2 with the
/// best scale s.
double stress(const Csr& graph, const std::vector<Point>& place) {
  const std::size_t n = graph.n_nodes();
  double fit = 0;
  double square = 0;
  double n_pairs = 0;
  for (Node s = 0; s < n; s += 7) {
    std::vector<int> steps(n, -1);
    std::vector<Node> queue{s};
    steps[s] = 0;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const Node v = queue[head];
      for (const Node u : graph.neighbours(v)) {
        if (steps[u] >= 0) continue;
        steps[u] = steps[v] + 1;
        queue.push_back(u);
      }
      if (head == 0) continue;
      const double x = distance(place[s], place[v]) / steps[v];
      fit += x;
      square += x * x;
      ++n_pairs;
    }
  }
  return 1 - fit * fit / square / n_pairs;
}

/// The plain force layout: every pair pushes, from a seeded start.
std::vector<Point> plain_layout(const Csr& graph, int rounds) {
  const std::size_t n = graph.n_nodes();
  Rng rng(1);
  const double spread = std::sqrt(static_cast<double>(n));
  std::vector<Point> place(n);
  for (Point& p : place)
    p = {spread * static_cast<double>(rng.below(1000)) / 1000,
         spread * static_cast<double>(rng.below(1000)) / 1000};
  for (int round = 0; round < rounds; ++round) {
    const double most = 0.02 + spread / 5 * (1 - static_cast<double>(round) / rounds);
    std::vector<Point> next = place;
    for (Node v = 0; v < n; ++v) {
      Point force;
      for (Node u = 0; u < n; ++u) {
        const double d = distance(place[u], place[v]);
        if (d <= 0) continue;
        force.x += (place[v].x - place[u].x) / (d * d);
        force.y += (place[v].y - place[u].y) / (d * d);
      }
      for (const Node u : graph.neighbours(v)) {
        const double d = distance(place[u], place[v]);
        force.x += (place[u].x - place[v].x) * d;
        force.y += (place[u].y - place[v].y) * d;
      }
      const double length = distance(force, {});
      const double move = length > 0 ? std::min(length, most) / length : 0;
      next[v] = {place[v].x + force.x * move, place[v].y + force.y * move};
    }
    place = next;
  }
  return place;
}

TEST(Layout, KeepsStepsAndDistancesTogetherNoWorseThanThePlainOne) {
  Rng rng(5);
  const auto edges = cells_of_a_network(rng, 60);
  const Csr cells(480, edges);
  const Csr grid = square_grid(22);
  for (const Csr* graph : {&cells, &grid}) {
    const double ours = stress(*graph, layout(*graph));
    const double plain = stress(*graph, plain_layout(*graph, 300));
    EXPECT_LT(ours, 1.05 * plain + 0.01);
  }
  EXPECT_LT(stress(grid, layout(grid)), 0.06) << "a grid lies flat";
}

TEST(Layout, PilesNothingUp) {
  Rng rng(6);
  // A hub with leaves, which stand alike to everybody; a long chain; pairs; nodes alone.
  std::vector<Edge> edges;
  for (Node v = 1; v < 400; ++v) edges.push_back({0, v, 1});
  for (Node v = 400; v < 699; ++v) edges.push_back({v, v + 1, 1});
  for (Node v = 700; v < 760; v += 2) edges.push_back({v, v + 1, 1});
  const Csr graph(1000, edges);
  const auto place = layout(graph);
  EXPECT_GE(nearest_pair(place), 0.2);
  for (const Point& p : place) EXPECT_TRUE(std::isfinite(p.x) && std::isfinite(p.y));
  EXPECT_EQ(layout(Csr(0, {})).size(), 0U);
  EXPECT_EQ(layout(Csr(1, {})).size(), 1U);
}

TEST(Layout, GivesTheSameBytesWithAnyNumberOfThreads) {
  Rng rng(7);
  const auto edges = cells_of_a_network(rng, 100);
  const Csr graph(800, edges);
  set_thread_count(1);
  const auto one = layout(graph, 3);
  set_thread_count(3);
  EXPECT_EQ(one, layout(graph, 3));
  EXPECT_NE(one, layout(graph, 4));
  set_thread_count(0);
}

TEST(GrownLayout, MovesOldNodesLittle) {
  Rng rng(8);
  auto edges = cells_of_a_network(rng, 100);
  const auto before = layout(Csr(800, edges));
  // Forty more nodes with two links each, half of them to nodes that are new as well, and a part
  // linked to nothing old.
  for (Node v = 800; v < 840; ++v)
    for (int i = 0; i < 2; ++i) edges.push_back({v, static_cast<Node>(rng.below(v)), 1});
  for (Node v = 841; v < 850; ++v) edges.push_back({840, v, 1});
  const Csr graph(850, edges);
  std::vector<std::optional<Point>> previous(before.begin(), before.end());
  previous.resize(850);
  const auto after = grown_layout(graph, previous);
  std::vector<double> moved;
  for (std::size_t v = 0; v < 800; ++v) moved.push_back(distance(before[v], after[v]));
  std::sort(moved.begin(), moved.end());
  EXPECT_LT(moved[400], 0.4);
  EXPECT_LT(moved[760], 1.5);
  EXPECT_GE(nearest_pair(after), 0.2);
  // New nodes stand by their neighbours: much nearer than any two nodes are on average.
  double near = 0;
  for (Node v = 800; v < 840; ++v)
    for (const Node u : graph.neighbours(v)) near += distance(after[u], after[v]) / 40;
  double any = 0;
  for (Node v = 0; v < 800; ++v) any += distance(after[v], after[(v * 7 + 13) % 800]) / 800;
  EXPECT_LT(near / 2, 0.5 * any);
}

TEST(GrownLayout, LeavesWhatDoesNotChangeWhereItWas) {
  const Csr graph = square_grid(10);
  const auto before = layout(graph);
  EXPECT_EQ(grown_layout(graph, std::vector<std::optional<Point>>(before.begin(), before.end())),
            before);
  // Crowded, so that places are pushed apart at the end: that must have come to rest.
  Rng rng(5);
  std::vector<Edge> edges;
  for (int i = 0; i < 4'000; ++i)
    edges.push_back({static_cast<Node>(rng.below(40)), static_cast<Node>(rng.below(2'000)), 1});
  const Csr crowded(2'000, edges);
  const auto at_rest = layout(crowded);
  EXPECT_EQ(
      grown_layout(crowded, std::vector<std::optional<Point>>(at_rest.begin(), at_rest.end())),
      at_rest);
}

}  // namespace
}  // namespace ovillo::graph
