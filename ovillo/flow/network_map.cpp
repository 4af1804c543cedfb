#include "ovillo/flow/network_map.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include <nlohmann/json.hpp>

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kPeoplePerKm2 = 2000;
constexpr double kLeastRadiusKm = 1;

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

double rounded(double value, double by) { return std::round(value * by) / by; }

// Places named in one record, each once.
std::set<std::string> places_in(const Corpus& corpus, std::uint32_t record) {
  const FindBatch& finds = corpus.block(record).finds;
  const Range range = corpus.finds(record);
  std::set<std::string> places;
  for (std::size_t f = range.begin; f < range.end; ++f)
    if (finds.kind[f] == FindKind::place) places.emplace(finds.canonical[f]);
  return places;
}

MapTown town_of(const std::string& place, const route::Gazetteer& gazetteer) {
  MapTown out;
  out.place = place;
  const std::size_t slash = place.find('/');
  if (slash == std::string::npos || slash == 0) return out;  // "/Name": in no list
  const auto* town = gazetteer.find_town(place.substr(slash + 1), place.substr(0, slash));
  if (town == nullptr) return out;
  out.position = town->position;
  const double km2 = static_cast<double>(town->population) / kPeoplePerKm2;
  out.radius_km = std::max(kLeastRadiusKm, std::sqrt(km2 / std::numbers::pi));
  return out;
}

/// Towns of each record of the network, by position in Network::records.
using TownsOfRecord = std::vector<std::vector<std::uint32_t>>;

MapMember member_of(const EntityTable& entities, std::uint32_t entity, const Network& network,
                    const TownsOfRecord& towns_of, const std::vector<bool>& is_advert) {
  std::set<std::uint32_t> towns;
  bool only_adverts = true;
  const auto& postings = entities.records[entity];
  for (std::size_t p = postings.begin; p < postings.end; ++p) {
    const auto at = std::ranges::lower_bound(network.records, entities.record[p]);
    if (at == network.records.end() || *at != entities.record[p]) continue;
    const auto local = static_cast<std::size_t>(at - network.records.begin());
    only_adverts = only_adverts && is_advert[local];
    towns.insert(towns_of[local].begin(), towns_of[local].end());
  }
  MapMember out{entities.id[entity], towns.size(), {}};
  if (!only_adverts) out.towns.emplace(towns.begin(), towns.end());
  return out;
}

/// Most records first: the order in which towns are numbered.
void put_in_order(std::vector<MapTown>& towns, TownsOfRecord& towns_of) {
  std::vector<std::uint32_t> order(towns.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::greater<>{},
                           [&](std::uint32_t i) { return towns[i].n_records; });
  std::vector<std::uint32_t> number(order.size());
  std::vector<MapTown> ordered;
  for (const std::uint32_t i : order) {
    number[i] = static_cast<std::uint32_t>(ordered.size());
    ordered.push_back(std::move(towns[i]));
  }
  towns = std::move(ordered);
  for (auto& of_record : towns_of)
    for (std::uint32_t& town : of_record) town = number[town];
}

}  // namespace

Result<NetworkMap> network_map(CaseFile& file, std::string_view id_or_key) {
  OVILLO_TRY(const auto at, file.find_network(id_or_key));
  OVILLO_TRY(const auto* answer, file.answer());
  OVILLO_TRY(const auto inside, file.inside(at.component));
  OVILLO_TRY(const auto* corpus, file.corpus());
  const Network& network = answer->components[at.component].networks[at.network];
  NetworkMap out{network.id, {}, {}};
  TownsOfRecord towns_of(network.records.size());
  std::vector<bool> is_advert(network.records.size());
  std::map<std::string, std::uint32_t> number_of;
  std::vector<std::set<std::string>> places;
  for (const std::uint32_t local : network.records) {
    places.push_back(places_in(*corpus, inside.input.records[local]));
    for (const std::string& place : places.back()) number_of.emplace(place, 0);
  }
  for (auto& [place, number] : number_of) {
    number = static_cast<std::uint32_t>(out.towns.size());
    out.towns.push_back(town_of(place, file.vocabulary().towns));
  }
  for (std::size_t r = 0; r < network.records.size(); ++r) {
    const std::uint32_t record = inside.input.records[network.records[r]];
    is_advert[r] = corpus->kind(record) == RecordKind::advert;
    for (const std::string& place : places[r]) {
      MapTown& town = out.towns[number_of.at(place)];
      ++town.n_records;
      if (corpus->kind(record) == RecordKind::trip) ++town.n_stays;
      if (const auto& time = corpus->time(record)) town.times.push_back(*time);
      towns_of[r].push_back(number_of.at(place));
    }
  }
  for (MapTown& town : out.towns) std::ranges::sort(town.times);
  put_in_order(out.towns, towns_of);
  for (const std::uint32_t entity : network.entities) {
    MapMember member = member_of(inside.body.entities, entity, network, towns_of, is_advert);
    if (member.n_towns > 0) out.members.push_back(std::move(member));
  }
  std::ranges::sort(out.members, {}, &MapMember::entity);
  return out;
}

std::string to_json(const NetworkMap& map) {
  Json towns = Json::array();
  for (const MapTown& town : map.towns) {
    Json times = Json::array();
    for (const Time& time : town.times) times.push_back(format_time(time));
    const auto degrees = [&](double route::Position::* angle) {
      return town.position ? Json((*town.position).*angle) : Json();
    };
    towns.push_back({{"place", town.place},
                     {"latitude", degrees(&route::Position::latitude_deg)},
                     {"longitude", degrees(&route::Position::longitude_deg)},
                     {"radius_km", rounded(town.radius_km, 10)},
                     {"n_records", town.n_records},
                     {"n_stays", town.n_stays},
                     {"times", std::move(times)}});
  }
  Json members = Json::array();
  for (const MapMember& member : map.members)
    members.push_back({{"entity", member.entity.hex()},
                       {"n_towns", member.n_towns},
                       {"towns", member.towns ? Json(*member.towns) : Json()}});
  return text_of({{"id", map.id.hex()}, {"towns", towns}, {"members", members}});
}

std::string geojson_of(const NetworkMap& map, const std::string& purpose) {
  Json features = Json::array();
  for (const MapTown& town : map.towns) {
    Json geometry;  // null where the town is in no list (RFC 7946, 3.2)
    if (town.position)
      geometry = {{"type", "Point"},
                  {"coordinates", {town.position->longitude_deg, town.position->latitude_deg}}};
    features.push_back({{"type", "Feature"},
                        {"geometry", std::move(geometry)},
                        {"properties",
                         {{"place", town.place},
                          {"radius_km", rounded(town.radius_km, 10)},
                          {"n_records", town.n_records},
                          {"n_stays", town.n_stays}}}});
  }
  return text_of({{"type", "FeatureCollection"},
                  {"network", map.id.hex()},
                  {"purpose", purpose},
                  {"note",
                   "Towns that records of the network name, by how many; not where anybody "
                   "was. A town is its middle with a radius."},
                  {"features", std::move(features)}}) +
         '\n';
}

}  // namespace ovillo::flow
