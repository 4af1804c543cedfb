// The graphs of the benchmark: power-law degrees (exponent 2.5), seeded.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::bench {

/// @param n_edges  drawn with repeats and loops, so that the graph has a few fewer.
std::vector<graph::Edge> power_law_edges(std::size_t n_nodes, std::size_t n_edges,
                                         std::uint64_t seed);

}  // namespace ovillo::bench
