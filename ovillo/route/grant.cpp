#include "ovillo/route/grant.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <utility>

#include "ovillo/base/time.hpp"

namespace ovillo::route {

namespace {

/// Letters in lower case, everything else left out: "A. Maes " and "a maes" are one person.
std::string bare(std::string_view name) {
  std::string out;
  for (const unsigned char c : name)
    if (std::isalpha(c) != 0 || c >= 0x80) out += static_cast<char>(std::tolower(c));
  return out;
}

bool names_somebody(std::string_view name) { return bare(name).size() >= 2; }

bool blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isalnum(c) == 0; });
}

}  // namespace

Result<RouteGrant> RouteGrant::open(std::string_view case_reference, std::string_view officer,
                                    std::string_view date) {
  if (blank(case_reference)) return Error(ErrorCode::route_not_granted, "no case");
  if (!names_somebody(officer)) return Error(ErrorCode::route_not_granted, "no officer named");
  if (!parse_time(date, Zone::utc(), DateOrder::day_first))
    return Error(ErrorCode::route_not_granted, "no date of the officer's decision");
  RouteGrant out;
  out.case_reference_ = case_reference;
  out.officer_ = officer;
  out.date_ = date;
  return out;
}

Result<RouteGrant> RouteGrant::of_suspects(std::vector<std::string> names) {
  if (names.empty())
    return Error(ErrorCode::route_not_granted,
                 "nobody is recorded as suspect or convicted by a named officer with a date");
  std::sort(names.begin(), names.end());
  RouteGrant out;
  out.suspects_ = std::move(names);
  return out;
}

bool RouteGrant::covers(std::string_view entity) const {
  return suspects_.empty() ||
         std::binary_search(suspects_.begin(), suspects_.end(), entity, std::less<>());
}

Result<NextPlacePermit> NextPlacePermit::open(const RouteGrant& grant,
                                              std::string_view authorisation,
                                              std::string_view second) {
  if (blank(grant.case_reference())) return Error(ErrorCode::route_not_authorised, "no case");
  if (blank(authorisation)) return Error(ErrorCode::route_not_authorised, "no authorisation");
  if (!names_somebody(second))
    return Error(ErrorCode::route_not_authorised, "no second person named");
  if (bare(second) == bare(grant.officer()))
    return Error(ErrorCode::route_not_authorised, "the same person twice");
  NextPlacePermit out;
  out.authorisation_ = authorisation;
  out.second_ = second;
  return out;
}

}  // namespace ovillo::route
