// network: Entity, Link -> which entities form one network.
//
// Three steps, each a function of one component alone:
//   1. Links weaker than `min_quarter_bits` are shown but join nothing. The others weigh their odds
//      (2^bits), capped, so that one certain link does not drown five good ones.
//   2. Cores: communities whose pairs hold together at `gamma_odds` on average (CPM by Leiden).
//   3. Bridges between finished cores are judged: two cores are one network when what joins them is
//      a fair share of what holds the weaker one together. A payer of nine hands is; a landlord of
//      two cases, a footer, a stock sentence is not.
// Identity links are contracted first: the same entity is never cut.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/graph/csr.hpp"
#include "ovillo/record/entity.hpp"

namespace ovillo::network {

struct NetworkOptions {
  std::int32_t min_quarter_bits = 8;   ///< 4 : 1
  std::int32_t cap_quarter_bits = 24;  ///< 64 : 1; at most 60
  std::int32_t gamma_odds = 8;         ///< mean odds per pair inside a core
  std::uint32_t bridge_share_per_mille = 333;
};

/// @return label[n]: the smallest entity index of each entity's network; an entity tied to nothing
///         is its own. The same for any order of records and any number of threads.
/// @cost   O(l log l) for l links; components in parallel.
/// @misses one hub of more entities than its links can bear is cut into its parts; a bridge of many
///         shared adverts between two lawful businesses still joins them.
std::vector<graph::Node> networks(const EntityTable& entities, const LinkTable& links,
                                  const NetworkOptions& options = {});

}  // namespace ovillo::network
