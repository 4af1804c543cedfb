#include "ovillo/route/impossible.hpp"

#include <algorithm>

namespace ovillo::route {

namespace {

std::optional<ImpossibleJourney> judge(const Stay& a, const Stay& b, const TravelLimits& limits) {
  if (a.place == b.place || !a.position || !b.position) return std::nullopt;
  ImpossibleJourney out{a.entity, a.place, b.place, a.end_utc_s, b.begin_utc_s, 0, std::nullopt};
  out.distance_km = distance_km(*a.position, *b.position) - 2 * limits.place_radius_km;
  if (out.distance_km <= 0) return std::nullopt;
  const std::int64_t left = a.end_utc_s - a.uncertainty_s;
  const std::int64_t arrived = b.begin_utc_s + b.uncertainty_s;
  const std::int64_t time_s = arrived - left + 2 * limits.clock_error_s;
  if (time_s <= 0) return out;
  const double speed = out.distance_km / (static_cast<double>(time_s) / 3600);
  if (speed <= limits.max_speed_kmh) return std::nullopt;
  out.speed_kmh = speed;
  return out;
}

}  // namespace

Result<std::vector<ImpossibleJourney>> impossible_journeys(const GrantedStays& stays,
                                                           const TravelLimits& limits) {
  if (!(limits.max_speed_kmh > 0) || limits.clock_error_s < 0 || limits.place_radius_km < 0)
    return Error(ErrorCode::route_bad_limit, "a speed above 0, no negative error or radius");
  std::vector<ImpossibleJourney> out;
  for (const auto of_entity : stays.by_entity()) {
    // A long stay reaches over later ones: the one that ended last counts too.
    std::size_t longest = 0;
    for (std::size_t i = 1; i < of_entity.size(); ++i) {
      if (longest != i - 1)
        if (auto found = judge(of_entity[longest], of_entity[i], limits))
          out.push_back(std::move(*found));
      if (auto found = judge(of_entity[i - 1], of_entity[i], limits))
        out.push_back(std::move(*found));
      if (of_entity[i].end_utc_s >= of_entity[longest].end_utc_s) longest = i;
    }
  }
  return out;
}

}  // namespace ovillo::route
