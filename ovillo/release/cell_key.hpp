// Counts that are moved a little, always in the same way: the cell-key method.
//
// Each record has a key, a cell the sum of the keys of its records without the whole part. The key
// picks from a table of chances by how much the count is moved, so the same people give the same
// published count in every table, and averaging over tables gains nothing. Margins are moved on
// their own: parts need not add up to them.
// Source: Thompson, Broadfoot and Elazar 2013; Giessing 2016 (chances by greatest entropy).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::release {

struct NoiseRule {
  std::uint32_t most = 2;            ///< D: furthest that a count is moved, up to 50
  double variance = 1;               ///< V: at most, of the noise of each count
  std::uint32_t smallest_shown = 0;  ///< js: counts from 1 to it are never published
};

/// By how much a count is moved and how likely.
struct Move {
  std::int32_t by = 0;
  double chance = 0;
};

/// The table of chances: for counts 0 .. most + smallest_shown; larger ones are moved as the last.
/// For each the chances have mean 0 and variance `variance` at most, are never less for a smaller
/// move downwards than for a larger one, and are otherwise as even as can be.
/// @error release.bad_rule: no such chances exist, or a parameter cannot be.
Result<std::vector<std::vector<Move>>> noise_table(const NoiseRule& rule);

/// By how much a count is moved. @param key  of the cell, in [0, 1).
std::int32_t move_of(const std::vector<std::vector<Move>>& table, std::uint64_t count, double key);

}  // namespace ovillo::release
