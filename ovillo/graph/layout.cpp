#include "ovillo/graph/layout.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "ovillo/base/rng.hpp"
#include "ovillo/graph/components.hpp"
#include "ovillo/graph/internal/forces.hpp"

namespace ovillo::graph {

namespace {

constexpr double kNearest = 0.2;  // no two nodes are nearer
constexpr double kMargin = 2;     // between components

double jitter(Rng& rng) { return static_cast<double>(rng.next() >> 11) * 0x1p-52 - 1; }

/// Pairs of neighbours become one node each: whoever has few links first, with the free neighbour
/// that has fewest; who finds nobody free joins the group of its first neighbour.
struct Coarse {
  Csr graph;
  std::vector<Node> group;  ///< per node of the finer graph
};

Coarse coarsen(const Csr& graph) {
  const std::size_t n = graph.n_nodes();
  const auto none = static_cast<Node>(n);
  std::vector<Node> order(n);
  std::iota(order.begin(), order.end(), Node{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Node a, Node b) { return graph.degree(a) < graph.degree(b); });
  Coarse out;
  out.group.assign(n, none);
  Node n_groups = 0;
  for (const Node v : order) {
    if (out.group[v] != none) continue;
    Node mate = none;
    for (const Node u : graph.neighbours(v))
      if (out.group[u] == none && (mate == none || graph.degree(u) < graph.degree(mate))) mate = u;
    if (mate != none) {
      out.group[v] = out.group[mate] = n_groups++;
    } else {
      out.group[v] = graph.degree(v) > 0 ? out.group[graph.neighbours(v)[0]] : n_groups++;
    }
  }
  std::vector<Edge> edges;
  for (Node v = 0; v < n; ++v)
    for (const Node u : graph.neighbours(v))
      if (u < v && out.group[u] != out.group[v]) edges.push_back({out.group[u], out.group[v], 1});
  out.graph = Csr(n_groups, edges);
  return out;
}

/// One connected graph, from coarse to fine.
std::vector<Point> lay_out_connected(const Csr& graph, Rng& rng) {
  const std::size_t n = graph.n_nodes();
  constexpr std::size_t kSmall = 40;
  std::vector<Point> place(n);
  if (n == 1) return place;
  if (n > kSmall) {
    const Coarse coarse = coarsen(graph);
    if (coarse.graph.n_nodes() < n * 9 / 10) {
      const auto groups = lay_out_connected(coarse.graph, rng);
      const double scale = std::sqrt(static_cast<double>(n) / static_cast<double>(groups.size()));
      for (Node v = 0; v < n; ++v) {
        const Point& at = groups[coarse.group[v]];
        place[v] = {at.x * scale + 0.3 * jitter(rng), at.y * scale + 0.3 * jitter(rng)};
      }
      internal::settle(graph, {.rounds = n > 5000 ? 30 : 60, .first_move = 1}, {}, place);
      return place;
    }
  }
  const double spread = std::sqrt(static_cast<double>(n));
  for (Point& p : place) p = {spread * jitter(rng), spread * jitter(rng)};
  internal::settle(graph, {.rounds = 200, .first_move = spread}, {}, place);
  return place;
}

struct Box {
  Point low;
  Point high;
};

Box box_of(std::span<const Point> place) {
  Box box{place[0], place[0]};
  for (const Point& p : place) {
    box.low = {std::min(box.low.x, p.x), std::min(box.low.y, p.y)};
    box.high = {std::max(box.high.x, p.x), std::max(box.high.y, p.y)};
  }
  return box;
}

/// Puts boxes side by side on shelves of one width.
class Shelves {
 public:
  explicit Shelves(double width) : width_(width) {}

  /// @return where the box's low corner goes.
  Point put(const Box& box) {
    const double wide = box.high.x - box.low.x + kMargin;
    const double high = box.high.y - box.low.y + kMargin;
    if (at_.x > 0 && at_.x + wide > width_) at_ = {0, at_.y + std::exchange(tallest_, 0)};
    const Point corner = at_;
    at_.x += wide;
    tallest_ = std::max(tallest_, high);
    return corner;
  }

 private:
  double width_;
  Point at_;
  double tallest_ = 0;
};

/// The component of these nodes as a graph of its own. @param local  scratch of the graph's size.
Csr cut_out(const Csr& graph, std::span<const Node> members, std::vector<Node>& local) {
  for (Node i = 0; i < members.size(); ++i) local[members[i]] = i;
  std::vector<Edge> edges;
  for (const Node v : members)
    for (const Node u : graph.neighbours(v))
      if (u < v) edges.push_back({local[u], local[v], 1});
  return Csr(members.size(), edges);
}

/// Components without a place, each laid out by itself, on shelves from `corner` on.
void place_new_components(const Csr& graph, const ComponentList& components,
                          const std::vector<std::size_t>& chosen, Point corner, Rng& rng,
                          std::vector<Point>& place) {
  std::vector<std::vector<Point>> part;
  std::vector<Node> local(graph.n_nodes());
  double area = 0;
  double widest = 0;
  for (const std::size_t c : chosen) {
    part.push_back(lay_out_connected(cut_out(graph, components[c], local), rng));
    internal::separate(kNearest, part.back());
    const Box box = box_of(part.back());
    const double wide = box.high.x - box.low.x + kMargin;
    area += wide * (box.high.y - box.low.y + kMargin);
    widest = std::max(widest, wide);
  }
  Shelves shelves(std::max(widest, 1.2 * std::sqrt(area)));
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Box box = box_of(part[i]);
    const Point at = shelves.put(box);
    const auto members = components[chosen[i]];
    for (std::size_t k = 0; k < members.size(); ++k)
      place[members[k]] = {corner.x + at.x + part[i][k].x - box.low.x,
                           corner.y + at.y + part[i][k].y - box.low.y};
  }
}

/// Numbers of the components, largest first.
std::vector<std::size_t> by_size(const ComponentList& components) {
  std::vector<std::size_t> out(components.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
    return components[a].size() > components[b].size();
  });
  return out;
}

/// Gives each new node of a component with old ones the mean place of its placed neighbours,
/// outwards from the old ones.
void place_beside(const Csr& graph, Rng& rng, std::vector<bool>& placed,
                  std::vector<Point>& place) {
  std::vector<Node> queue;
  for (Node v = 0; v < graph.n_nodes(); ++v)
    if (placed[v]) queue.push_back(v);
  std::vector<bool> queued = placed;
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const Node v = queue[head];
    if (!placed[v]) {
      Point sum;
      double n = 0;
      for (const Node u : graph.neighbours(v)) {
        if (!placed[u]) continue;
        sum = {sum.x + place[u].x, sum.y + place[u].y};
        ++n;
      }
      place[v] = {sum.x / n + 0.7 * jitter(rng), sum.y / n + 0.7 * jitter(rng)};
      placed[v] = true;
    }
    for (const Node u : graph.neighbours(v)) {
      if (queued[u]) continue;
      queued[u] = true;
      queue.push_back(u);
    }
  }
}

}  // namespace

std::vector<Point> layout(const Csr& graph, std::uint64_t seed) {
  std::vector<Point> place(graph.n_nodes());
  Rng rng(seed);
  const auto components = component_list(connected_components(graph));
  place_new_components(graph, components, by_size(components), {}, rng, place);
  return place;
}

std::vector<Point> grown_layout(const Csr& graph, std::span<const std::optional<Point>> previous,
                                std::uint64_t seed) {
  const std::size_t n = graph.n_nodes();
  std::vector<bool> placed(n, false);
  std::vector<Point> place(n);
  std::vector<double> stiffness(n, 1);
  std::vector<Point> old;
  constexpr double kStiff = 20;
  for (Node v = 0; v < n; ++v) {
    if (!previous[v]) continue;
    placed[v] = true;
    place[v] = *previous[v];
    stiffness[v] = kStiff;
    old.push_back(place[v]);
  }
  if (old.empty()) return layout(graph, seed);
  Rng rng(seed);
  place_beside(graph, rng, placed, place);
  // Forces reach across components that are packed side by side, and would blow them apart: only
  // those with somebody new are settled, each by itself.
  const auto components = component_list(connected_components(graph));
  std::vector<std::size_t> all_new;
  std::vector<Node> local(n);
  for (const std::size_t c : by_size(components)) {
    const auto members = components[c];
    if (!placed[members[0]]) {
      all_new.push_back(c);
      continue;
    }
    if (std::all_of(members.begin(), members.end(), [&](Node v) { return stiffness[v] > 1; }))
      continue;
    std::vector<Point> part;
    std::vector<double> stiff;
    for (const Node v : members) {
      part.push_back(place[v]);
      stiff.push_back(stiffness[v]);
    }
    internal::settle(cut_out(graph, members, local), {.rounds = 40, .first_move = 1}, stiff, part);
    for (std::size_t i = 0; i < members.size(); ++i) place[members[i]] = part[i];
  }
  const Box box = box_of(old);
  place_new_components(graph, components, all_new, {box.low.x, box.high.y + 2 * kMargin}, rng,
                       place);
  internal::separate(kNearest, place);
  return place;
}

}  // namespace ovillo::graph
