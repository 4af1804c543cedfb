// Temporal simple cycles: money that comes back to the account it left, in order of time.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/money/timeline.hpp"

namespace ovillo::money {

struct CycleOptions {
  std::int64_t window_s = 48 * 3'600;  ///< last transfer at most this long after the first; < 2^31
  unsigned max_hops = 8;               ///< transfers in a cycle, 2 to 16
  std::uint64_t max_listed = 1'000'000;  ///< cycles written down; further ones are counted
  std::uint64_t steps_at_once = 50'000'000;
  std::uint64_t steps_per_transfer = 2'000;
};

struct Cycles {
  ListIndex cycle;                       ///< cycle i is transfer[cycle[i]], in order of time
  std::vector<std::uint32_t> transfer;   ///< rows in TimedEdges
  std::vector<std::uint64_t> n_by_hops;  ///< [h]: cycles of h transfers found, listed or not
  std::uint64_t n_found = 0;             ///< sum of n_by_hops
  std::uint64_t n_starts_cut =
      0;  ///< first transfers whose search was cut: n_found is then a floor

  [[nodiscard]] bool complete() const { return n_starts_cut == 0; }
};

/// Every cycle of 2 to max_hops transfers a1 -> a2 -> ... -> a1 with strictly increasing times, no
/// account twice, and the last transfer at most window_s after the first. Two transfers between the
/// same accounts make two cycles.
///
/// How: for the first transfers of one account within a slab of time, the accounts that can still
/// send the money home within five hops, and the latest time they may do so, are marked backwards;
/// the search forwards then goes on through marked accounts only.
///
/// @return  cycles by slab of time (half a window), then account, then time of the first transfer.
///          Rows of one second keep their order, so give rows in one order.
/// @cost    O(n) memory. At most steps_at_once + n * steps_per_transfer steps of the search: a
///          start that finds no steps left is cut and counted in n_starts_cut. bench/flows.
/// @source  Kumar and Calders, 2SCENT, VLDB 2018, for the question; counts in bench/flows.
/// @misses  cycles whose transfers share one second; cycles through an account visited twice.
Cycles find_cycles(const TimedEdges& edges, const CycleOptions& options);

}  // namespace ovillo::money
