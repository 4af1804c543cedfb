// Sums over all sets that hold a set, or that it holds, for all sets at once.
#pragma once

#include <array>
#include <cstddef>

#include "ovillo/picture/overlap_table.hpp"

namespace ovillo::picture::internal {

inline constexpr std::size_t kMostCells = std::size_t{1} << kMostLists;

/// Numbers by pattern of lists.
using Cells = std::array<double, kMostCells>;

/// value[p] becomes the sum over all sets that hold p. @param n_cells  2^lists.
inline void sum_above(Cells& value, std::size_t n_cells) {
  for (std::size_t bit = 1; bit < n_cells; bit <<= 1)
    for (std::size_t block = 0; block < n_cells; block += 2 * bit)
      for (std::size_t p = block; p < block + bit; ++p) value[p] += value[p + bit];
}

/// value[p] becomes the sum over all sets that p holds. @param n_cells  2^lists.
inline void sum_below(Cells& value, std::size_t n_cells) {
  for (std::size_t bit = 1; bit < n_cells; bit <<= 1)
    for (std::size_t block = 0; block < n_cells; block += 2 * bit)
      for (std::size_t p = block; p < block + bit; ++p) value[p + bit] += value[p];
}

}  // namespace ovillo::picture::internal
