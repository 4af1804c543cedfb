// Travelling together, against chance.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/route/stay.hpp"

namespace ovillo::route {

struct CoTravelOptions {
  unsigned n_permutations = 4999;  ///< 99 to 99,999
  std::uint64_t seed = 1;
  std::uint64_t min_meetings = 3;  ///< pairs that met less often are not tested
};

struct CoTravel {
  std::string a;  ///< before b by bytes
  std::string b;
  std::uint64_t n_meetings = 0;  ///< pairs of their stays in the same place at the same time
  std::uint64_t n_places = 0;    ///< different places of them
  double expected = 0;           ///< mean number of meetings under permutation
  double p_value =
      1;              ///< share of permutations, this order included, with as many meetings or more
  double p_holm = 1;  ///< the same, corrected for the number of pairs tested (Holm)
};

/// Chance: within each place the stays keep their times and are dealt out anew among those who
/// stayed there, so that a busy place or a frequent visitor explains nothing. Times are widened by
/// their uncertainty.
/// @return  tested pairs, ascending by p_value, then a, b.
/// @error   route.bad_limit: permutations out of range, or above ten million pairs of stays at the
///          same place and time.
/// @cost    O(n log n + permutations * meetings).
/// @misses  two who alone visit their places: nobody is left to compare with, so p_value is 1.
Result<std::vector<CoTravel>> co_travel(const GrantedStays& stays,
                                        const CoTravelOptions& options = {});

}  // namespace ovillo::route
