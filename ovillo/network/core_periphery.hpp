// Is there a core that everybody hangs on, and who is in it?
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::network {

struct CorePeriphery {
  std::vector<std::uint8_t> in_core;  ///< per node: 1 or 0
  std::size_t n_core = 0;
  double correlation = 0;  ///< with the ideal pattern, -1 to 1; 0 where there is nothing to compare
};

/// The discrete model of Borgatti and Everett: in the ideal pattern everybody in the core is
/// linked, nobody outside it is, and links between the two count neither way. For a core of k nodes
/// the best are those with the highest degrees; of all k, the one whose pattern correlates best
/// with the links is taken (ties: the smaller core). Nodes of one degree are together in or out, so
/// that no name decides. Weights play no part.
///
/// @return  a core of at least two nodes, or nobody (fewer than three nodes, or no difference).
/// @cost    O(m + n log n).
/// @source  Borgatti & Everett 1999; Lip 2011.
/// @misses  Several cores in one network look like one weak core.
CorePeriphery core_periphery(const graph::Csr& graph);

}  // namespace ovillo::network
