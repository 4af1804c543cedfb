// Where the nodes of the chart stand.
//
// Stress majorisation (Gansner, Koren, North, 2004) with graph distances, a fixed number of rounds
// and no random start; components stand side by side. Only + - * / and sqrt are used, which IEEE 754
// rounds the same everywhere, and the result is rounded to whole units: same input, same bytes.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace ovillo::report {

struct Point {
  std::int32_t x = 0;
  std::int32_t y = 0;
  bool operator==(const Point&) const = default;
};

struct Layout {
  std::vector<Point> points;  ///< per node, inside [0, width] x [0, height]
  std::int32_t width = 0;
  std::int32_t height = 0;
};

/// @param n      nodes, at most some hundreds.
/// @param edges  pairs of node numbers.
/// @param gap    least distance between two nodes, in the same unit as the result.
/// @cost   O(rounds * n^2).
Layout lay_out(std::size_t n, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges,
               std::int32_t gap);

}  // namespace ovillo::report
