// Sets in networks too large for an exact search: a good set and what no set can beat.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::network::internal {

struct LargeAnswer {
  std::uint64_t value = 0;       ///< largest component without `set`
  std::uint64_t bound = 0;       ///< no set of k leaves less
  std::vector<graph::Node> set;  ///< ascending
};

/// One node after the other: of the best connected 100 in the largest component, the one whose loss
/// leaves least; ties to the first.
/// @return one answer for each k from 1 to `k_to`.
/// @cost   O(100 k (n + m)).
std::vector<LargeAnswer> large_network_sets(const graph::Csr& graph,
                                            std::span<const graph::Node> candidates, unsigned k_to);

}  // namespace ovillo::network::internal
