// What is left of a network when its most central nodes are taken out, step by step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::network {

/// Who goes first.
enum class DisruptionOrder : std::uint8_t {
  betweenness,  ///< on most shortest paths of what is left
  degree,       ///< most neighbours in what is left
};
std::span<const std::string_view> names(DisruptionOrder);

struct DisruptionOptions {
  DisruptionOrder order = DisruptionOrder::betweenness;
  std::size_t block = 1;      ///< nodes taken out at a time, before the order is worked out anew
  std::size_t max_steps = 0;  ///< 0: until no edge is left
};

struct DisruptionStep {
  std::vector<graph::Node> removed;  ///< in this step, first first; none in step 0
  std::size_t largest = 0;           ///< nodes of the largest component that is left
  double share = 0;                  ///< of the largest component at the start
};

/// The disruption curve: step 0 is the whole graph. The order is worked out anew on what is left
/// after each step; figures that agree to three decimals are a tie, and the smaller node goes
/// first.
///
/// A curve compares orders of removal; it is no advice whom to arrest. People who are exploited are
/// often the most central ones.
///
/// @cost    one betweenness (O(n m)) a step.
/// @source  Cavallaro, Ficara, De Meo, Fiumara, Catanese, Bagdasar, Song & Liotta 2020: the first
///          six steps of their figures are asserted in disruption_test.cpp.
std::vector<DisruptionStep> disruption_curve(const graph::Csr& graph,
                                             const DisruptionOptions& options = {});

}  // namespace ovillo::network
