// Where the members of a chart of links stand.
//
// A force layout with a fixed number of rounds: every pair pushes apart, links pull together,
// everything is drawn gently to the middle. Only +, -, *, / and square roots, which IEEE 754 fixes
// to the last bit, so the same chart has the same places on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ovillo::report {

struct ChartPoint {
  double x = 0;
  double y = 0;
  bool operator==(const ChartPoint&) const = default;
};

struct ChartEdge {
  std::size_t a = 0;  ///< less than the number of points
  std::size_t b = 0;
  std::int32_t weight_quarter_bits = 0;
};

struct ChartPlaces {
  std::vector<ChartPoint> points;  ///< point[i] of node i, inside [0, width] x [0, height]
  double width = 0;
  double height = 0;
};

/// @param n_nodes   at most some hundred: the cost is 400 n^2.
/// @param spacing   least distance wanted between two points, and the margin around all.
/// @param width     of the drawing; the height follows from the shape, within limits.
ChartPlaces lay_out(std::size_t n_nodes, std::span<const ChartEdge> edges, double spacing,
                    double width);

/// Of all members, those to draw: at most `limit`, the ones with the heaviest links together, then
/// the ones in most records, then in order. @return  ascending positions.
std::vector<std::size_t> chosen_members(const std::vector<std::uint64_t>& link_weight,
                                        const std::vector<std::size_t>& n_records,
                                        std::size_t limit);

/// Of edges in descending weight, those to draw: at most `limit`, first the ones that hold the
/// chart together (a heaviest spanning forest), then the heaviest. @return  ascending positions.
std::vector<std::size_t> chosen_edges(std::size_t n_nodes, std::span<const ChartEdge> edges,
                                      std::size_t limit);

}  // namespace ovillo::report
