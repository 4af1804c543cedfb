// What-if sets: which k nodes, gone together, change a network most.
//
// The best k single nodes are not the best set of k. The answer here is the set, with the proof
// that no other does better, how many others do as well, and how far that still holds when somebody
// takes over or part of the links is not in the file. docs/formats/what_if.md describes the
// measures. A set is a question to think about; it says nothing about guilt.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/graph/csr.hpp"

namespace ovillo::network {

enum class WhatIfMeasure : std::uint8_t {
  largest_component,  ///< nodes in the largest connected part that remains; the least is best
  kpp_neg,            ///< Borgatti's fragmentation 1 - 2 sum(1/d) / (n (n-1)) of the n nodes that
                      ///< remain; the most is best; six decimals
  kpp_pos,            ///< how much of the network the set reaches; the most is best: nodes within
                      ///< `reach_steps`, or with 0 the mean of 1/d to the nearest member
};
std::span<const std::string_view> names(WhatIfMeasure);

/// Who takes over the links of somebody who is gone (Duijn, Kashirin, Sloot 2014).
enum class Substitution : std::uint8_t {
  none,
  degree,    ///< who has most links; ties to the first name
  distance,  ///< who is nearest; ties to more links, then to the first name
  random,    ///< anybody, by seed; 100 draws
};
std::span<const std::string_view> names(Substitution);

struct WhatIfOptions {
  WhatIfMeasure measure = WhatIfMeasure::largest_component;
  unsigned k_from = 1;  ///< at least 1
  unsigned k_to = 6;    ///< at most 12
  unsigned reach_steps = 0;
  Substitution substitution = Substitution::none;
  unsigned missing_percent = 0;  ///< of the links, taken away at random; below 100
  std::uint64_t seed = 1;
  std::uint64_t max_steps =
      1'000'000;  ///< branches per question; beyond them the answer is a bound
};

/// A value after many runs, in the form of WhatIfAnswer::value.
struct ValueRange {
  std::string lowest;
  std::string highest;
};

/// The first set of an answer, asked again in networks that lack part of the links.
struct MissingLinks {
  unsigned n_runs = 0;
  unsigned n_same_set_best = 0;  ///< runs in which no set did better than this one
  ValueRange value;              ///< of the best set of each run
};

struct WhatIfAnswer {
  unsigned k = 0;
  std::string value;  ///< plain decimal
  std::string bound;  ///< no set does better; equal to value when the value is proven
  bool exact = false;
  /// Sets of that value; empty where they were not counted (the list then holds one).
  std::optional<std::uint64_t> n_ties;
  bool n_ties_saturated = false;                 ///< there are 2^64 - 1 or more
  std::vector<std::vector<graph::Node>> sets;    ///< the first 1,000 in byte order of names
  std::optional<ValueRange> after_substitution;  ///< over the listed sets (and draws)
  std::optional<MissingLinks> missing;
};

/// @param graph  any size; above 128 nodes only largest_component, as a bound, and without
///               substitution and missing links.
/// @param candidates  nodes that may be in a set, ascending.
/// @param role   per node, empty: not known; or none at all. Who takes over has the same role where
///               anybody left has it.
/// @return       one answer per k, ascending.
/// @error        base.bad_argument; network.too_few_candidates.
/// @cost         exponential in the worst case and cut off at max_steps; measured in bench/sets.
/// @source       the largest component and its ties: own search, see
///               internal/largest_component_search.hpp; Borgatti 2006; Duijn et al. 2014.
/// @misses       directions and weights of links; what people do once they know.
Result<std::vector<WhatIfAnswer>> what_if(const graph::Csr& graph,
                                          std::span<const graph::Node> candidates,
                                          std::span<const std::string> role,
                                          const WhatIfOptions& options);

}  // namespace ovillo::network
