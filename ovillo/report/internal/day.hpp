// Days of the local clock, counted from 1970-01-01.
#pragma once

#include <cstdint>
#include <string>

#include "ovillo/base/time.hpp"

namespace ovillo::report {

inline constexpr std::int64_t kDay_s = 86'400;

inline std::int64_t floor_division(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

/// @param local_s  local wall clock, seconds since 1970.
inline std::int64_t day_of(std::int64_t local_s) { return floor_division(local_s, kDay_s); }

/// "2026-03-02"
inline std::string date_of_day(std::int64_t day) { return format_utc(day * kDay_s).substr(0, 10); }

}  // namespace ovillo::report
