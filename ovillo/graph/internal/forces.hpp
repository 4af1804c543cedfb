// Links pull, nodes push: rounds of small moves.
#pragma once

#include <span>
#include <vector>

#include "ovillo/graph/layout.hpp"

namespace ovillo::graph::internal {

struct ForceOptions {
  int rounds = 50;
  double first_move = 1;  ///< longest move of a node in the first round, in lengths of a link
  double last_move = 0.02;
};

/// Moves points along the forces of Fruchterman and Reingold, less far every round.
///
/// @param stiffness  empty, or per node what its moves are divided by (1 or more), and by which it
///                   is drawn back to where it was at the start; 1: free.
void settle(const Csr& graph, const ForceOptions& options, std::span<const double> stiffness,
            std::vector<Point>& place);

/// Pushes points apart until no two are nearer than `distance`. @cost O(n) a round, some rounds.
void separate(double distance, std::vector<Point>& place);

}  // namespace ovillo::graph::internal
