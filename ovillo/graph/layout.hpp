// A place in the plane for every node: linked nodes near each other, others apart.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

/// In units of the length that a link would like to have.
struct Point {
  double x = 0;
  double y = 0;
  bool operator==(const Point&) const = default;
};

/// Lays a graph out by forces, from coarse to fine: links pull, all nodes push each other off.
/// Components are laid out one by one and packed side by side, the largest first. Weights play no
/// part.
///
/// @return  place[n], no two nearer than 0.2. The same bytes with any number of threads: no random
///          numbers but a seeded start, no function of a maths library but the square root.
/// @cost    O(n log n + m) a round; 20,000 nodes and 40,000 edges: see bench/graph. 200 bytes a
/// node.
/// @source  Fruchterman & Reingold 1991 (forces); Barnes & Hut 1986 (far nodes as one); Walshaw
/// 2003
///          (coarse to fine).
std::vector<Point> layout(const Csr& graph, std::uint64_t seed = 1);

/// The layout of a graph that has grown: who had a place keeps it as far as the new links allow,
/// who is new stands by its neighbours; parts linked to nothing old stand beside the rest.
///
/// @param previous  per node the place it had; empty: it is new.
/// @return          as layout(); an old node moves by a few tenths of a link, see layout_test.cpp.
std::vector<Point> grown_layout(const Csr& graph, std::span<const std::optional<Point>> previous,
                                std::uint64_t seed = 1);

}  // namespace ovillo::graph
