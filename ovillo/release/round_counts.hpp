// Counts rounded to multiples of a base, so that no small one is seen.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/release/count_table.hpp"

namespace ovillo::release {

enum class RoundingWay : std::uint8_t {
  nearest,     ///< to the nearest multiple, halves upwards
  random,      ///< up with a chance of the part above the multiple: right on average
  controlled,  ///< up or down so that parts add up to their totals, where that can be
};

struct RoundingRule {
  std::uint64_t base = 5;  ///< 2 and more
  RoundingWay way = RoundingWay::controlled;
};

struct Rounding {
  std::vector<std::uint64_t> value;  ///< per cell: a multiple, less than a base from the count
  std::uint64_t n_disagreeing = 0;   ///< totals that are not the sum of their parts
};

/// @param draw  per cell in [0, 1): the same cell must draw the same in every release, or averaging
///              takes the rounding off. Of `nearest` not used; 0.5 makes `controlled` go near.
/// @cost  `controlled`: one linear programme in one or two dimensions, whose corners are whole
///        numbers (it always succeeds); beyond, up to 500 more, after which each count is rounded
///        on its own and `n_disagreeing` says so.
/// @source  Cox 1987 (controlled rounding); Fellegi 1975 (random).
Rounding round_counts(const CountTable& table, const RoundingRule& rule,
                      std::span<const double> draw);

}  // namespace ovillo::release
