// How strongly a cloud of points pushes one of them off: near ones one by one, far ones as one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/graph/layout.hpp"

namespace ovillo::graph::internal {

/// The points sorted along a Z curve, and over them squares within squares, each before its parts;
/// a walk needs no stack, only where to go on when a square is taken as a whole.
class QuadTree {
 public:
  /// @param points  finite; kept by copy.
  explicit QuadTree(std::span<const Point> points);

  /// Sum over all other points of (at - other) / distance^2. Points in the same place push not.
  [[nodiscard]] Point push_at(const Point& at) const;

  /// The points' numbers along the curve: neighbours in it are near each other.
  [[nodiscard]] std::span<const Node> order() const { return order_; }

 private:
  struct Square {
    double x = 0;  ///< centre of its points
    double y = 0;
    double n = 0;
    double side2 = 0;         ///< side, squared
    std::uint32_t begin = 0;  ///< of its points; looked at one by one where there are few
    std::uint32_t end = 0;
    std::uint32_t next = 0;  ///< the square after all of its parts
  };

  void divide(std::uint32_t begin, std::uint32_t end, int level, double side);

  std::vector<std::uint32_t> code_;
  std::vector<Node> order_;
  std::vector<Point> point_;  ///< along the curve
  std::vector<Square> square_;
};

}  // namespace ovillo::graph::internal
