// How much a whole graph hangs on its most central node.
#pragma once

#include <span>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

/// Freeman's centralisation: the sum of distances from the largest value, over what that sum is in
/// a star of as many nodes. @return 0 where all are alike, 1 in a star; 0 below three nodes.
/// @source Freeman 1979.
double degree_centralisation(const Csr& graph);
/// @param betweenness  as betweenness() gives it.
double betweenness_centralisation(std::span<const double> betweenness);
/// @param closeness  as closeness() gives it; meant for connected graphs.
double closeness_centralisation(std::span<const double> closeness);

}  // namespace ovillo::graph
