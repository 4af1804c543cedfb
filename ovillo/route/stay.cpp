#include "ovillo/route/stay.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>
#include <tuple>
#include <utility>

namespace ovillo::route {

namespace {

constexpr std::array<std::string_view, 5> kKinds = {"advert", "trip", "call", "booking", "payment"};

bool is_advert(const Stay& stay) { return stay.kind == SightingKind::advert; }

bool in_order(const Stay& a, const Stay& b) {
  return std::tie(a.entity, a.begin_utc_s, a.end_utc_s, a.place, a.kind, a.uncertainty_s,
                  a.network) < std::tie(b.entity, b.begin_utc_s, b.end_utc_s, b.place, b.kind,
                                        b.uncertainty_s, b.network);
}

}  // namespace

std::span<const std::string_view> names(SightingKind) { return kKinds; }

double distance_km(const Position& a, const Position& b) {
  constexpr double kRadiusKm = 6371.0088;
  constexpr double kRadians = std::numbers::pi / 180;
  const double dlat = (b.latitude_deg - a.latitude_deg) * kRadians;
  const double dlon = (b.longitude_deg - a.longitude_deg) * kRadians;
  const double h = std::pow(std::sin(dlat / 2), 2) + std::cos(a.latitude_deg * kRadians) *
                                                         std::cos(b.latitude_deg * kRadians) *
                                                         std::pow(std::sin(dlon / 2), 2);
  return 2 * kRadiusKm * std::asin(std::min(1.0, std::sqrt(h)));
}

std::vector<Stay> join_sightings(std::vector<Stay> sightings, std::uint64_t max_gap_days) {
  std::sort(sightings.begin(), sightings.end(), in_order);
  const auto max_gap_s = static_cast<std::int64_t>(std::min<std::uint64_t>(max_gap_days, 36'500)) *
                         std::int64_t{86'400};
  std::vector<Stay> out;
  for (Stay& next : sightings) {
    if (!out.empty()) {
      Stay& last = out.back();
      if (last.entity == next.entity && last.place == next.place &&
          is_advert(last) == is_advert(next) && last.network == next.network &&
          next.begin_utc_s - last.end_utc_s <= max_gap_s) {
        last.end_utc_s = std::max(last.end_utc_s, next.end_utc_s);
        last.uncertainty_s = std::max(last.uncertainty_s, next.uncertainty_s);
        if (!last.position) last.position = next.position;
        last.n_sightings += next.n_sightings;
        continue;
      }
    }
    out.push_back(std::move(next));
  }
  return out;
}

GrantedStays::GrantedStays(const RouteGrant& grant, std::vector<Stay> stays)
    : grant_(grant), stays_(std::move(stays)) {
  std::map<std::string, bool> seen_elsewhere;
  for (const Stay& stay : stays_) seen_elsewhere[stay.entity] |= !is_advert(stay);
  for (auto& [entity, shown] : seen_elsewhere) {
    n_adverts_only_ += !shown;
    n_not_covered_ += shown && !grant_.covers(entity);
    shown = shown && grant_.covers(entity);
  }
  std::erase_if(stays_, [&](const Stay& stay) { return !seen_elsewhere.at(stay.entity); });
  std::sort(stays_.begin(), stays_.end(), in_order);
}

std::vector<std::span<const Stay>> GrantedStays::by_entity() const {
  std::vector<std::span<const Stay>> out;
  for (std::size_t begin = 0; begin < stays_.size();) {
    std::size_t end = begin;
    while (end < stays_.size() && stays_[end].entity == stays_[begin].entity) ++end;
    out.emplace_back(stays_.data() + begin, end - begin);
    begin = end;
  }
  return out;
}

std::vector<TownCount> towns_per_network(std::span<const Stay> stays) {
  std::map<std::string, std::set<std::string>> towns;
  for (const Stay& stay : stays) towns[stay.network].insert(stay.place);
  std::vector<TownCount> out;
  for (const auto& [network, places] : towns) out.push_back({network, places.size()});
  return out;
}

std::vector<Stay> playback(const GrantedStays& stays) {
  std::vector<Stay> out(stays.all().begin(), stays.all().end());
  std::sort(out.begin(), out.end(), [](const Stay& a, const Stay& b) {
    return std::tie(a.begin_utc_s, a.end_utc_s, a.entity, a.place, a.kind) <
           std::tie(b.begin_utc_s, b.end_utc_s, b.entity, b.place, b.kind);
  });
  return out;
}

}  // namespace ovillo::route
