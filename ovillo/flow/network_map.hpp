// Where a network is: the towns that its records name, for a map.
//
// Adverts name towns, and whom they speak of may be anybody: of what is seen only in adverts it is
// told in how many towns, never in which. Nothing here joins one town with another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/flow/case_file.hpp"
#include "ovillo/route/stay.hpp"

namespace ovillo::flow {

struct MapTown {
  std::string place;                        ///< "BE/Gent", as in Find
  std::optional<route::Position> position;  ///< empty: in no list
  double radius_km = 0;                     ///< the town reaches so far: it may be anywhere within
  std::uint64_t n_records = 0;
  std::uint64_t n_stays = 0;  ///< of them, those of kind trip
  std::vector<Time> times;    ///< of its dated records, ascending; of whom is not told
};

struct MapMember {
  EntityId entity;
  std::uint64_t n_towns = 0;
  /// Positions in NetworkMap::towns, ascending; empty: withheld, since it is seen only in adverts.
  std::optional<std::vector<std::uint32_t>> towns;
};

struct NetworkMap {
  NetworkId id;
  std::vector<MapTown> towns;      ///< most records first, then by name
  std::vector<MapMember> members;  ///< ascending by entity; those in no town are not here
};

/// @error flow.no_such_network. @cost  one pass over the finds of the network's records.
/// @source  radius: as many square kilometres as 2,000 people each need; at least 1 km.
Result<NetworkMap> network_map(CaseFile& file, std::string_view id_or_key);

std::string to_json(const NetworkMap& map);

/// A GeoJSON FeatureCollection (RFC 7946): one point a town, with what it may be read as.
std::string geojson_of(const NetworkMap& map, const std::string& purpose);

}  // namespace ovillo::flow
