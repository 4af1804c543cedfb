// `ovillo routes STAYS.csv --case ... --officer ... --linked ...`: routes from a plain file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

struct RoutesOrder {
  std::string path;
  std::string show;  ///< towns, stays, circuits, co_travel, impossible, next; empty: towns
  std::string case_reference;
  std::string officer;
  std::string linked;         ///< date of the officer's decision
  std::string suspects;       ///< instead: a file of who is recorded as what (candidates_file.hpp)
  std::string authorisation;  ///< for next
  std::string second;         ///< for next: the second person
  std::uint64_t max_speed_kmh = 250;
  std::uint64_t clock_error_min = 10;
  std::uint64_t tolerance_percent = 25;
  std::uint64_t seed = 1;
};

/// Writes docs/formats/routes.md. Everything but `towns` asks for a grant first: without one the
/// file is not read.
/// @param vocabulary  folder with places/places.tsv, for places without coordinates.
/// @error route.*, flow.no_such_column, base.bad_argument, intake.*.
Result<void> routes_file(const RoutesOrder& order, const std::filesystem::path& vocabulary,
                         std::ostream& out, std::ostream& warn);

}  // namespace ovillo::flow
