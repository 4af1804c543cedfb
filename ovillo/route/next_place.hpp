// Where somebody may go next: an inference, off by default, with the rate at which it is right.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/route/stay.hpp"

namespace ovillo::route {

/// Never a record and never scored: a guess, in order, for planning help or a visit.
struct InferredNextPlace {
  std::string entity;
  std::string last_place;
  std::vector<std::string> places;  ///< at most three, the likeliest first
};

struct NextPlaces {
  std::vector<InferredNextPlace> inferred;  ///< ascending by entity; those with two stops or more
  std::uint64_t n_tested = 0;  ///< entities whose last journey was left out and guessed
  std::uint64_t n_hits = 0;    ///< of them, the place was among the three
  std::uint64_t n_hits_by_distance =
      0;  ///< the same, by nearness and custom alone: the bar to beat
};

/// Markov chain of order 2, falling back to order 1 and to how often everybody goes to a place and
/// how near it is. Learned from all granted stays; for the test from those without the last journey
/// of anybody.
/// @cost  O(stops * places).
NextPlaces next_places(const GrantedStays& stays, const NextPlacePermit& permit);

}  // namespace ovillo::route
