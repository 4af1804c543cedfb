#include "ovillo/graph/internal/quad_tree.hpp"

#include <algorithm>
#include <numeric>

namespace ovillo::graph::internal {

namespace {

constexpr int kLevels = 16;            // squares within squares: 2^16 a side
constexpr std::uint32_t kFew = 8;      // points that are not divided any more
constexpr double kNear2 = 1.0 / 0.81;  // a square is one point from side / 0.9 on

/// The bits of x, one apart.
std::uint32_t spread(std::uint32_t x) {
  x = (x | x << 8) & 0x00ff00ffU;
  x = (x | x << 4) & 0x0f0f0f0fU;
  x = (x | x << 2) & 0x33333333U;
  return (x | x << 1) & 0x55555555U;
}

}  // namespace

QuadTree::QuadTree(std::span<const Point> points) : order_(points.size()) {
  if (points.empty()) return;
  Point low = points[0];
  Point high = points[0];
  for (const Point& p : points) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  const double side = std::max({high.x - low.x, high.y - low.y, 1e-9});
  const auto cell = [&](double offset) {
    return static_cast<std::uint32_t>(std::min(offset / side * 65536, 65535.0));
  };
  std::vector<std::uint64_t> keyed(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::uint32_t code = spread(cell(points[i].x - low.x)) | spread(cell(points[i].y - low.y))
                                                                       << 1;
    keyed[i] = std::uint64_t{code} << 32 | i;
  }
  std::sort(keyed.begin(), keyed.end());
  for (std::size_t i = 0; i < keyed.size(); ++i) {
    order_[i] = static_cast<Node>(keyed[i]);
    code_.push_back(static_cast<std::uint32_t>(keyed[i] >> 32));
    point_.push_back(points[order_[i]]);
  }
  divide(0, static_cast<std::uint32_t>(points.size()), kLevels, side);
}

/// @param level  levels of squares below this one.
void QuadTree::divide(std::uint32_t begin, std::uint32_t end, int level, double side) {
  const std::size_t at = square_.size();
  square_.emplace_back();
  Square square;
  square.begin = begin;
  square.end = end;
  square.n = end - begin;
  square.side2 = side * side;
  for (std::uint32_t i = begin; i < end; ++i) {
    square.x += point_[i].x;
    square.y += point_[i].y;
  }
  square.x /= square.n;
  square.y /= square.n;
  if (end - begin > kFew && level > 0) {
    const int shift = 2 * (level - 1);
    for (std::uint32_t first = begin; first < end;) {
      const std::uint32_t quarter = code_[first] >> shift;
      const auto last =
          std::partition_point(code_.begin() + first, code_.begin() + end,
                               [&](std::uint32_t code) { return code >> shift == quarter; });
      const auto past = static_cast<std::uint32_t>(last - code_.begin());
      divide(first, past, level - 1, side / 2);
      first = past;
    }
  }
  square.next = static_cast<std::uint32_t>(square_.size());
  square_[at] = square;
}

Point QuadTree::push_at(const Point& at) const {
  Point out;
  const auto push = [&](double x, double y, double n) {
    const double dx = at.x - x;
    const double dy = at.y - y;
    const double d2 = dx * dx + dy * dy;
    if (d2 <= 0) return;
    out.x += dx * n / d2;
    out.y += dy * n / d2;
  };
  for (std::uint32_t i = 0; i < square_.size();) {
    const Square& square = square_[i];
    const double dx = at.x - square.x;
    const double dy = at.y - square.y;
    if (square.side2 * kNear2 < dx * dx + dy * dy) {
      push(square.x, square.y, square.n);
      i = square.next;
    } else if (square.next == i + 1) {
      for (std::uint32_t p = square.begin; p < square.end; ++p) push(point_[p].x, point_[p].y, 1);
      ++i;
    } else {
      ++i;
    }
  }
  return out;
}

}  // namespace ovillo::graph::internal
