#include "ovillo/flow/routes_file.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include <fmt/format.h>

#include "ovillo/base/time.hpp"
#include "ovillo/flow/candidates_file.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/flow/sightings_file.hpp"
#include "ovillo/record/kinds.hpp"
#include "ovillo/route/circuit.hpp"
#include "ovillo/route/co_travel.hpp"
#include "ovillo/route/impossible.hpp"
#include "ovillo/route/next_place.hpp"

namespace ovillo::flow {

namespace {

constexpr std::array<std::string_view, 6> kShows = {"towns",     "stays",      "circuits",
                                                    "co_travel", "impossible", "next"};

double days(std::int64_t seconds) { return static_cast<double>(seconds) / 86'400; }

std::string joined(const std::vector<std::string>& places) {
  return csv_cell(fmt::format("{}", fmt::join(places, "; ")));
}

void write_towns(std::span<const route::Stay> stays, std::ostream& out) {
  out << "network,n_towns\n";
  for (const auto& one : route::towns_per_network(stays))
    out << fmt::format("{},{}\n", csv_cell(one.network), one.n_towns);
}

void write_stays(const route::GrantedStays& stays, std::ostream& out) {
  out << "from,to,entity,place,kind,uncertainty_minutes,n_sightings\n";
  for (const route::Stay& one : route::playback(stays))
    out << fmt::format("{},{},{},{},{},{},{}\n", format_utc(one.begin_utc_s),
                       format_utc(one.end_utc_s), csv_cell(one.entity), csv_cell(one.place),
                       name_of(one.kind), one.uncertainty_s / 60, one.n_sightings);
}

Result<void> write_circuits(const route::GrantedStays& stays, unsigned tolerance_percent,
                            std::ostream& out) {
  OVILLO_TRY(const auto found, route::circuits(stays, {tolerance_percent}));
  out << "entity,places,n_rounds,period_days,spread_days,from,to\n";
  for (const auto& one : found)
    out << fmt::format("{},{},{},{:.2f},{:.2f},{},{}\n", csv_cell(one.entity), joined(one.places),
                       one.n_rounds, days(one.period_s), days(one.spread_s),
                       format_utc(one.begin_utc_s), format_utc(one.end_utc_s));
  return {};
}

Result<void> write_co_travel(const route::GrantedStays& stays, std::uint64_t seed,
                             std::ostream& out) {
  route::CoTravelOptions options;
  options.seed = seed;
  OVILLO_TRY(const auto found, route::co_travel(stays, options));
  out << "a,b,n_meetings,n_places,expected,p_value,p_holm\n";
  for (const auto& one : found)
    out << fmt::format("{},{},{},{},{:.3f},{:.4f},{:.4f}\n", csv_cell(one.a), csv_cell(one.b),
                       one.n_meetings, one.n_places, one.expected, one.p_value, one.p_holm);
  return {};
}

Result<void> write_impossible(const route::GrantedStays& stays, const route::TravelLimits& limits,
                              std::ostream& out) {
  OVILLO_TRY(const auto found, route::impossible_journeys(stays, limits));
  out << "entity,from,to,left,arrived,distance_km,speed_kmh,limit_kmh\n";
  for (const auto& one : found)
    out << fmt::format("{},{},{},{},{},{:.0f},{},{:.0f}\n", csv_cell(one.entity),
                       csv_cell(one.from), csv_cell(one.to), format_utc(one.left_utc_s),
                       format_utc(one.arrived_utc_s), one.distance_km,
                       one.speed_kmh ? fmt::format("{:.0f}", *one.speed_kmh) : "",
                       limits.max_speed_kmh);
  return {};
}

Result<void> write_next(const RoutesOrder& order, const route::GrantedStays& stays,
                        std::ostream& out, std::ostream& warn) {
  OVILLO_TRY(const auto permit,
             route::NextPlacePermit::open(stays.grant(), order.authorisation, order.second));
  const auto next = route::next_places(stays, permit);
  out << "entity,last_place,inferred,basis\n";
  const std::string basis = fmt::format(
      "inference; right among three in {} of {} last journeys left out ({} by nearness "
      "and custom alone)",
      next.n_hits, next.n_tested, next.n_hits_by_distance);
  for (const auto& one : next.inferred)
    out << fmt::format("{},{},{},{}\n", csv_cell(one.entity), csv_cell(one.last_place),
                       joined(one.places), csv_cell(basis));
  warn << basis << '\n';
  return {};
}

Result<route::RouteGrant> grant_of(const RoutesOrder& order, std::ostream& warn) {
  if (order.suspects.empty())
    return route::RouteGrant::open(order.case_reference, order.officer, order.linked);
  if (!order.case_reference.empty())
    return Error(ErrorCode::base_bad_argument, "--case or --suspects, not both");
  OVILLO_TRY(const auto list, read_candidates(order.suspects, warn));
  OVILLO_TRY(auto names, network::recorded_suspects(list));
  return route::RouteGrant::of_suspects(std::move(names));
}

}  // namespace

Result<void> routes_file(const RoutesOrder& order, const std::filesystem::path& vocabulary,
                         std::ostream& out, std::ostream& warn) {
  const std::string show = order.show.empty() ? "towns" : order.show;
  if (std::find(kShows.begin(), kShows.end(), show) == kShows.end())
    return Error(ErrorCode::base_bad_argument,
                 fmt::format("--show is one of {}, not \"{}\"", fmt::join(kShows, ", "), show));
  if (show == "towns") {
    OVILLO_TRY(const auto sightings, read_sightings(order.path, vocabulary, warn));
    write_towns(sightings, out);
    return {};
  }
  OVILLO_TRY(const auto grant, grant_of(order, warn));
  if (show == "next")  // before anything is read
    OVILLO_CHECK(route::NextPlacePermit::open(grant, order.authorisation, order.second));
  OVILLO_TRY(auto sightings, read_sightings(order.path, vocabulary, warn));
  const route::GrantedStays stays(grant, route::join_sightings(std::move(sightings)));
  if (order.suspects.empty())
    warn << fmt::format("case {}, linked by {} on {}\n", grant.case_reference(), grant.officer(),
                        grant.date());
  if (stays.n_not_covered() > 0)
    warn << fmt::format("{} identifiers are of nobody recorded as a suspect\n",
                        stays.n_not_covered());
  if (stays.n_adverts_only() > 0)
    warn << fmt::format("{} identifiers that only adverts saw have no route\n",
                        stays.n_adverts_only());
  constexpr std::uint64_t kMost = 1'000'000;
  if (show == "circuits")
    return write_circuits(stays, static_cast<unsigned>(std::min(order.tolerance_percent, kMost)),
                          out);
  if (show == "co_travel") return write_co_travel(stays, order.seed, out);
  if (show == "next") return write_next(order, stays, out, warn);
  if (show == "impossible") {
    route::TravelLimits limits;
    limits.max_speed_kmh = static_cast<double>(order.max_speed_kmh);
    limits.clock_error_s = static_cast<std::int64_t>(std::min(order.clock_error_min, kMost)) * 60;
    return write_impossible(stays, limits, out);
  }
  write_stays(stays, out);
  return {};
}

}  // namespace ovillo::flow
