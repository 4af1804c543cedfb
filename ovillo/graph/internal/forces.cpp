#include "ovillo/graph/internal/forces.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "ovillo/base/parallel.hpp"
#include "ovillo/graph/internal/quad_tree.hpp"

namespace ovillo::graph::internal {

namespace {

/// A direction that depends on two numbers alone, for points in the same place.
Point direction_between(std::size_t a, std::size_t b) {
  const double x = static_cast<double>((a * 2654435761U + b * 40503U) % 1009) / 504.5 - 1;
  const double y = 1 - std::abs(x);
  return {x, (a ^ b) % 2 == 0 ? y : -y};
}

/// Points in square cells, found by the cell.
class Cells {
 public:
  Cells(double side, const std::vector<Point>& place) : side_(side) {
    for (std::size_t i = 0; i < place.size(); ++i)
      entry_.push_back({column(place[i].x), column(place[i].y), static_cast<Node>(i)});
    std::sort(entry_.begin(), entry_.end());
  }

  /// Calls visit(a, b) for each pair a < b in the same or neighbouring cells, in a fixed order.
  template <class F>
  void for_each_pair(const F& visit) const {
    for (std::size_t i = 0; i < entry_.size(); ++i) {
      const Entry& e = entry_[i];
      for (std::size_t j = i + 1; j < entry_.size() && entry_[j].x == e.x; ++j) {
        if (entry_[j].y > e.y + 1) break;
        visit(std::min(e.node, entry_[j].node), std::max(e.node, entry_[j].node));
      }
      auto next = std::lower_bound(entry_.begin(), entry_.end(), Entry{e.x + 1, e.y - 1, 0});
      for (; next != entry_.end() && next->x == e.x + 1 && next->y <= e.y + 1; ++next)
        visit(std::min(e.node, next->node), std::max(e.node, next->node));
    }
  }

 private:
  struct Entry {
    std::int64_t x;
    std::int64_t y;
    Node node;
    auto operator<=>(const Entry&) const = default;
  };
  [[nodiscard]] std::int64_t column(double at) const {
    return static_cast<std::int64_t>(std::floor(at / side_));
  }

  double side_;
  std::vector<Entry> entry_;
};

}  // namespace

void settle(const Csr& graph, const ForceOptions& options, std::span<const double> stiffness,
            std::vector<Point>& place) {
  const std::size_t n = graph.n_nodes();
  const std::vector<Point> start = place;
  std::vector<Point> next(n);
  constexpr std::size_t kGrain = 256;
  for (int round = 0; round < options.rounds; ++round) {
    const double done = static_cast<double>(round) / std::max(1, options.rounds - 1);
    // Falls fast at first and ends at last_move.
    const double most =
        options.last_move + (options.first_move - options.last_move) * (1 - done) * (1 - done);
    const QuadTree tree(place);
    parallel_for(n, kGrain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const Node v = tree.order()[i];
        Point force = tree.push_at(place[v]);
        for (const Node u : graph.neighbours(v)) {
          const double dx = place[u].x - place[v].x;
          const double dy = place[u].y - place[v].y;
          const double pull = std::sqrt(dx * dx + dy * dy);
          force.x += dx * pull;
          force.y += dy * pull;
        }
        const double stiff = stiffness.empty() ? 1 : stiffness[v];
        force.x += (stiff - 1) * (start[v].x - place[v].x);
        force.y += (stiff - 1) * (start[v].y - place[v].y);
        const double length = std::sqrt(force.x * force.x + force.y * force.y);
        const double move = length > 0 ? std::min(length, most) / length / stiff : 0;
        next[v] = {place[v].x + force.x * move, place[v].y + force.y * move};
      }
    });
    place.swap(next);
  }
}

void separate(double distance, std::vector<Point>& place) {
  constexpr int kRounds = 100;
  // Who is too close is pushed a little further than asked for, so that the rounds end; a place
  // where nobody is too close stays as it is to the bit.
  const double wanted = distance * 1.1;
  for (int round = 0; round < kRounds; ++round) {
    bool close = false;
    Cells(wanted, place).for_each_pair([&](Node a, Node b) {
      double dx = place[b].x - place[a].x;
      double dy = place[b].y - place[a].y;
      double apart = std::sqrt(dx * dx + dy * dy);
      if (apart >= distance) return;
      close = true;
      if (apart < 1e-9) {
        const Point way = direction_between(a, b);
        dx = way.x;
        dy = way.y;
        const double length = std::sqrt(dx * dx + dy * dy);
        dx /= length;
        dy /= length;
        apart = 0;
      } else {
        dx /= apart;
        dy /= apart;
      }
      const double half = (wanted - apart) / 2;
      place[a] = {place[a].x - dx * half, place[a].y - dy * half};
      place[b] = {place[b].x + dx * half, place[b].y + dy * half};
    });
    if (!close) return;
  }
}

}  // namespace ovillo::graph::internal
