// Journeys that nobody can have made: one identifier in two hands, or a wrong time or place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/route/stay.hpp"

namespace ovillo::route {

struct TravelLimits {
  double max_speed_kmh = 250;        ///< above 0; door to door
  std::int64_t clock_error_s = 600;  ///< between the clocks of two records, at least 0
  double place_radius_km = 10;       ///< somebody may have been so far from the place's position
};

struct ImpossibleJourney {
  std::string entity;
  std::string from;
  std::string to;
  std::int64_t left_utc_s = 0;
  std::int64_t arrived_utc_s = 0;
  double distance_km = 0;           ///< less twice the radius
  std::optional<double> speed_kmh;  ///< empty: in both places at one time
};

/// Each stay against the next of the same entity that is elsewhere, with every doubt in the
/// traveller's favour: the earliest departure, the latest arrival, the clocks apart.
/// @return  ascending by entity and time.
/// @error   route.bad_limit.
/// @misses  stays whose place has no position; what a faster journey (a flight) explains when the
///          limit is set for roads: the limit is stated with the answer.
Result<std::vector<ImpossibleJourney>> impossible_journeys(const GrantedStays& stays,
                                                           const TravelLimits& limits = {});

}  // namespace ovillo::route
