// Shapes of moved money: the same sum led in a circle, through many hands, or gathered and spread.
//
// The eight shapes are those of Altman et al. (AMLworld, 2023); "random" has no shape to find. A
// shape is a description of transfers, not of intent: a payroll is a fan_out, a savings club a
// gather_scatter.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/money/transfers.hpp"

namespace ovillo::money {

enum class Pattern : std::uint8_t {
  cycle,           ///< a sum returns to the account it left, little by little less
  fan_in,          ///< many pay one account like sums within days
  fan_out,         ///< one account pays many like sums within days
  gather_scatter,  ///< many pay one account, which pays as much on to many
  scatter_gather,  ///< one account pays many, who each pay it on to one
  stack,           ///< a bipartite whose payees pay shares of it on
  bipartite,       ///< some pay some others one and the same sum within days
};
std::span<const std::string_view> names(Pattern);
std::string_view name_of(Pattern pattern);

struct ShapeOptions {
  double max_expected = 0.1;  ///< shapes like this one that the whole file would hold by chance
  std::int64_t hop_s = 4 * 86'400;           ///< money rests at most this long in one account
  std::int64_t burst_s = 7 * 86'400;         ///< a fan lasts at most this long
  double max_loss = 0.2;                     ///< share of a sum that may stay behind at each hop
  unsigned max_hops = 16;                    ///< of a cycle
  std::uint64_t steps_per_transfer = 2'000;  ///< limit of work, as in cycles.hpp
};

struct Shape {
  Pattern pattern = Pattern::cycle;
  double expected = 0;                  ///< how many such shapes the file would hold by chance
  std::vector<std::uint32_t> transfer;  ///< rows, ascending; a cycle's in order of time
};

struct Shapes {
  std::vector<Shape> shape;  ///< by pattern, then first transfers; a transfer may be in several
  std::uint64_t n_cut = 0;   ///< transfers whose search was cut short by the limit of work
};

/// @return  shapes that chance does not explain. Of shapes that share half of their transfers the
///          least likely is kept; a fan that is part of a larger shape is not told again.
/// @cost    O(n) memory; bench/flows states time, precision and recall.
/// @source  null model: chance.hpp. @misses sums that are split and joined on the way; fans of
///          three where such sums are common; layers of a price that is paid every week, or with
///          sums that differ; what repeats month after month at the same rate is taken for custom,
///          not for a fan.
Shapes find_shapes(const Transfers& transfers, const ShapeOptions& options);

}  // namespace ovillo::money
