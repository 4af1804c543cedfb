// What somebody can work out about the cells that were withheld.
//
// Totals are sums of their parts and no count is below zero: a linear programme gives the least and
// the greatest value of each withheld cell that the published ones allow. Releases that came before
// count as published too: what was told once stays told.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/release/count_table.hpp"

namespace ovillo::release {

/// What is known of a cell to everybody.
struct Published {
  std::vector<bool> known;           ///< per cell
  std::vector<std::uint64_t> value;  ///< where known
};

struct CellInterval {
  std::size_t cell = 0;
  double low = 0;   ///< whole numbers, as a count must be
  double high = 0;  ///< infinite: nothing bounds it
};

/// Of every withheld cell, in their order. Empty where the published counts contradict one another:
/// `contradictory` is set then. @cost  two linear programmes a cell, each begun where the last
/// ended.
struct Attack {
  std::vector<CellInterval> intervals;
  bool contradictory = false;
};
Attack attack(const CountTable& shape, const Published& published);

}  // namespace ovillo::release
