// Who may see where somebody was.
//
// The one place of the rule. A route exists only inside an open case to which a named officer
// linked the people, on a date; or of people recorded as suspects, and then of nobody else. Whoever
// is seen in adverts and nowhere else has no route at all: of them the number of towns of their
// network is known, and no more. Where somebody may go next needs an authorisation and two people
// besides.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::route {

/// Made only by open() and of_suspects(): a function that takes one cannot be called without a case
/// or suspects.
class RouteGrant {
 public:
  /// @param date  of the officer's decision, as base/time reads it.
  /// @error route.not_granted: one of the three is missing, names nobody, or is no date.
  static Result<RouteGrant> open(std::string_view case_reference, std::string_view officer,
                                 std::string_view date);

  /// @param names  of people recorded as suspect or convicted, by a named officer with a date.
  /// @error route.not_granted: there are none.
  static Result<RouteGrant> of_suspects(std::vector<std::string> names);

  [[nodiscard]] bool covers(std::string_view entity) const;
  /// Empty for a grant of suspects, like officer and date.
  [[nodiscard]] const std::string& case_reference() const { return case_reference_; }
  [[nodiscard]] const std::string& officer() const { return officer_; }
  [[nodiscard]] const std::string& date() const { return date_; }

 private:
  RouteGrant() = default;
  std::string case_reference_;
  std::string officer_;
  std::string date_;
  std::vector<std::string> suspects_;  ///< ascending; empty: everybody linked to the case
};

/// For next_place() alone.
class NextPlacePermit {
 public:
  /// @param grant  of a case: that somebody is a suspect is not enough.
  /// @param authorisation  its reference. @param second  another person than the grant's officer.
  /// @error route.not_authorised.
  static Result<NextPlacePermit> open(const RouteGrant& grant, std::string_view authorisation,
                                      std::string_view second);

  [[nodiscard]] const std::string& authorisation() const { return authorisation_; }
  [[nodiscard]] const std::string& second() const { return second_; }

 private:
  NextPlacePermit() = default;
  std::string authorisation_;
  std::string second_;
};

}  // namespace ovillo::route
