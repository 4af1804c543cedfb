// Circuits: the same round of places, travelled again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/route/stay.hpp"

namespace ovillo::route {

struct CircuitOptions {
  /// How far one round may be from the median round, in percent of it.
  unsigned tolerance_percent = 25;
};

struct Circuit {
  std::string entity;
  std::vector<std::string> places;  ///< one round, from where it was first begun
  std::uint64_t n_rounds = 0;       ///< closed walks, at least 2
  std::int64_t period_s = 0;        ///< median time from a place to the same place one round later
  std::int64_t spread_s = 0;        ///< the furthest that any round is from it
  std::int64_t begin_utc_s = 0;
  std::int64_t end_utc_s = 0;
};

/// A walk that comes back to where it began, twice or more: A B C A B C A. Stays at one place in a
/// row count as one.
/// @return  by entity, then begin; a round inside a longer run of itself is told once.
/// @error   route.bad_limit: a tolerance above 100.
/// @cost    O(s^2) per entity of s stays.
/// @misses  a round with a place left out or added; rounds whose times differ more than the
///          tolerance.
Result<std::vector<Circuit>> circuits(const GrantedStays& stays,
                                      const CircuitOptions& options = {});

}  // namespace ovillo::route
