#include "ovillo/report/internal/chart_layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ovillo::report {

namespace {

constexpr int kRounds = 400;

// Points on a sunflower: the golden angle by repeated turning, without sine and cosine.
std::vector<ChartPoint> sunflower(std::size_t n) {
  constexpr double kCosine = -0.7373688780783197;
  constexpr double kSine = 0.6754902942615238;
  std::vector<ChartPoint> points(n);
  double x = 1;
  double y = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double radius = std::sqrt(static_cast<double>(i) + 0.5);
    points[i] = {radius * x, radius * y};
    const double turned = x * kCosine - y * kSine;
    y = x * kSine + y * kCosine;
    x = turned;
  }
  return points;
}

struct Offset {
  double x, y, length;
};

Offset between(const ChartPoint& from, const ChartPoint& to) {
  constexpr double kTiny = 1e-3;
  const double x = to.x - from.x;
  const double y = to.y - from.y;
  const double length = std::sqrt(x * x + y * y);
  // Two points on one spot part sideways.
  return length < kTiny ? Offset{kTiny, 0, kTiny} : Offset{x, y, length};
}

void push_apart(const std::vector<ChartPoint>& points, std::vector<ChartPoint>& force) {
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t j = i + 1; j < points.size(); ++j) {
      const Offset d = between(points[i], points[j]);
      const double strength = 1 / (d.length * d.length);
      force[i].x -= d.x * strength;
      force[i].y -= d.y * strength;
      force[j].x += d.x * strength;
      force[j].y += d.y * strength;
    }
}

// A link pulls by its length, less where its ends have many links: a hub does not swallow its
// neighbours.
void pull_together(std::span<const ChartEdge> edges, const std::vector<double>& degree,
                   const std::vector<ChartPoint>& points, std::vector<ChartPoint>& force) {
  for (const ChartEdge& edge : edges) {
    if (edge.a == edge.b) continue;
    const Offset d = between(points[edge.a], points[edge.b]);
    const double strength = d.length / std::sqrt(std::min(degree[edge.a], degree[edge.b]));
    force[edge.a].x += d.x * strength;
    force[edge.a].y += d.y * strength;
    force[edge.b].x -= d.x * strength;
    force[edge.b].y -= d.y * strength;
  }
}

// The page is wider than high, so the pull to the middle is stronger up and down.
void pull_to_middle(const std::vector<ChartPoint>& points, std::vector<ChartPoint>& force) {
  constexpr double kAcross = 0.10;
  constexpr double kUp = 0.22;
  for (std::size_t i = 0; i < points.size(); ++i) {
    force[i].x -= points[i].x * kAcross;
    force[i].y -= points[i].y * kUp;
  }
}

void move(const std::vector<ChartPoint>& force, double furthest, std::vector<ChartPoint>& points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double length = std::sqrt(force[i].x * force[i].x + force[i].y * force[i].y);
    const double step = length > furthest ? furthest / length : 1.0;
    points[i].x += force[i].x * step;
    points[i].y += force[i].y * step;
  }
}

// Parts points that stand closer than `spacing`, in drawing units.
void part(double spacing, std::vector<ChartPoint>& points) {
  constexpr int kPasses = 60;
  for (int pass = 0; pass < kPasses; ++pass) {
    bool moved = false;
    for (std::size_t i = 0; i < points.size(); ++i)
      for (std::size_t j = i + 1; j < points.size(); ++j) {
        const Offset d = between(points[i], points[j]);
        if (d.length >= spacing) continue;
        const double share = (spacing - d.length) / d.length / 2;
        points[i].x -= d.x * share;
        points[i].y -= d.y * share;
        points[j].x += d.x * share;
        points[j].y += d.y * share;
        moved = true;
      }
    if (!moved) return;
  }
}

struct Box {
  double left, top, right, bottom;
};

Box around(const std::vector<ChartPoint>& points) {
  Box box{points[0].x, points[0].y, points[0].x, points[0].y};
  for (const ChartPoint& p : points)
    box = {std::min(box.left, p.x), std::min(box.top, p.y), std::max(box.right, p.x),
           std::max(box.bottom, p.y)};
  return box;
}

// Brings the points into [spacing, width - spacing] across and shifts them down to the margin.
ChartPlaces fitted(std::vector<ChartPoint> points, double spacing, double width) {
  // The drawing may be stretched either way, since place has no meaning, but not out of shape.
  constexpr double kHighest = 0.62;  // of the width
  constexpr double kMostStretch = 1.7;
  const double room = width - 2 * spacing;
  Box box = around(points);
  // Few members need no wide drawing: neighbours stand some three spacings apart.
  const double wanted = std::min(room, 3 * spacing * std::sqrt(static_cast<double>(points.size())));
  const double across = std::max(box.right - box.left, 1e-9);
  const double down = std::max(box.bottom - box.top, 1e-9);
  const double most_across = wanted / across;
  const double most_up = wanted * kHighest / down;
  const double across_scale = std::min(most_across, most_up * kMostStretch);
  const double up_scale = std::min(most_up, most_across * kMostStretch);
  for (ChartPoint& p : points) p = {p.x * across_scale, p.y * up_scale};
  part(spacing, points);
  box = around(points);
  const double squeeze = std::min(1.0, room / std::max(box.right - box.left, 1e-9));
  const double left = (width - (box.right - box.left) * squeeze) / 2;
  for (ChartPoint& p : points)
    p = {left + (p.x - box.left) * squeeze, spacing + (p.y - box.top) * squeeze};
  return {std::move(points), width, (box.bottom - box.top) * squeeze + 2 * spacing};
}

std::size_t root_of(std::vector<std::size_t>& parent, std::size_t node) {
  while (parent[node] != node) node = parent[node] = parent[parent[node]];
  return node;
}

}  // namespace

ChartPlaces lay_out(std::size_t n_nodes, std::span<const ChartEdge> edges, double spacing,
                    double width) {
  if (n_nodes == 0) return {{}, width, 2 * spacing};
  std::vector<double> degree(n_nodes, 0);
  for (const ChartEdge& edge : edges) {
    ++degree[edge.a];
    ++degree[edge.b];
  }
  std::vector<ChartPoint> points = sunflower(n_nodes);
  const double size = std::sqrt(static_cast<double>(n_nodes));
  std::vector<ChartPoint> force(n_nodes);
  for (int round = 0; round < kRounds; ++round) {
    std::fill(force.begin(), force.end(), ChartPoint{});
    push_apart(points, force);
    pull_together(edges, degree, points, force);
    pull_to_middle(points, force);
    const double left = static_cast<double>(kRounds - round) / kRounds;
    move(force, 0.3 * size * left * left + 0.002, points);
  }
  return fitted(std::move(points), spacing, width);
}

std::vector<std::size_t> chosen_members(const std::vector<std::uint64_t>& link_weight,
                                        const std::vector<std::size_t>& n_records,
                                        std::size_t limit) {
  std::vector<std::size_t> order(link_weight.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return link_weight[x] != link_weight[y] ? link_weight[x] > link_weight[y]
                                            : n_records[x] > n_records[y];
  });
  if (order.size() > limit) order.resize(limit);
  std::sort(order.begin(), order.end());
  return order;
}

std::vector<std::size_t> chosen_edges(std::size_t n_nodes, std::span<const ChartEdge> edges,
                                      std::size_t limit) {
  std::vector<std::size_t> parent(n_nodes);
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  std::vector<std::size_t> chosen;
  std::vector<std::size_t> spare;
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const std::size_t a = root_of(parent, edges[e].a);
    const std::size_t b = root_of(parent, edges[e].b);
    if (a == b) {
      spare.push_back(e);
      continue;
    }
    parent[std::max(a, b)] = std::min(a, b);
    chosen.push_back(e);
  }
  for (const std::size_t e : spare)
    if (chosen.size() < limit) chosen.push_back(e);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace ovillo::report
