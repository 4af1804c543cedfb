// Judges the bridges between the finished communities of one component.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/network/internal/subgraph.hpp"

namespace ovillo::network::internal {

/// @param community  in: per node the smallest node of its community; out: likewise after joining.
void join_bridged(const Subgraph& graph, std::vector<Node>& community,
                  std::uint32_t bridge_share_per_mille);

}  // namespace ovillo::network::internal
