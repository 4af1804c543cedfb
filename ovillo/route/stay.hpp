// Stays: somebody was at a place from then until then.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/route/grant.hpp"

namespace ovillo::route {

/// What kind of record saw the identifier there.
enum class SightingKind : std::uint8_t { advert, trip, call, booking, payment };
std::span<const std::string_view> names(SightingKind);

struct Position {
  double latitude_deg = 0;   ///< [-90, 90]
  double longitude_deg = 0;  ///< [-180, 180]
  bool operator==(const Position&) const = default;
};

/// Great-circle distance on a sphere of 6371.0088 km. @source haversine formula.
double distance_km(const Position& a, const Position& b);

struct Stay {
  std::string entity;
  std::string place;
  std::int64_t begin_utc_s = 0;
  std::int64_t end_utc_s = 0;      ///< not before begin
  std::int64_t uncertainty_s = 0;  ///< either time may be off by so much
  SightingKind kind = SightingKind::trip;
  std::optional<Position> position;
  std::string network;  ///< label; empty: not said
  std::uint64_t n_sightings = 1;

  bool operator==(const Stay&) const = default;
};

/// Sightings of one entity at one place, with none elsewhere between them and at most
/// `max_gap_days` from one to the next, are one stay. Sightings only in adverts stay apart from
/// others, so that a trip does not make a track of the adverts around it.
/// @param sightings  any order.
/// @return  ascending by entity, begin, end, place, kind.
/// @cost    O(n log n).
std::vector<Stay> join_sightings(std::vector<Stay> sightings, std::uint64_t max_gap_days = 14);

/// Stays inside a case, without those of identifiers that only adverts saw.
class GrantedStays {
 public:
  /// @param stays  as join_sightings gives them.
  GrantedStays(const RouteGrant& grant, std::vector<Stay> stays);

  [[nodiscard]] std::span<const Stay> all() const { return stays_; }
  /// Stays of one entity after the other, each in order of time.
  [[nodiscard]] std::vector<std::span<const Stay>> by_entity() const;
  /// Identifiers that only adverts saw: counted, never shown.
  [[nodiscard]] std::uint64_t n_adverts_only() const { return n_adverts_only_; }
  /// Identifiers that the grant does not cover: counted, never shown.
  [[nodiscard]] std::uint64_t n_not_covered() const { return n_not_covered_; }
  [[nodiscard]] const RouteGrant& grant() const { return grant_; }

 private:
  RouteGrant grant_;
  std::vector<Stay> stays_;
  std::uint64_t n_adverts_only_ = 0;
  std::uint64_t n_not_covered_ = 0;
};

/// Different places per network: what may be known without a grant.
struct TownCount {
  std::string network;
  std::uint64_t n_towns = 0;
};
/// @return  ascending by network; stays without one count under "".
std::vector<TownCount> towns_per_network(std::span<const Stay> stays);

/// The order in which to play stays back: by begin, then end, entity, place.
std::vector<Stay> playback(const GrantedStays& stays);

}  // namespace ovillo::route
