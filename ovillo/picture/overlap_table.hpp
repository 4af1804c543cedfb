// Who was on which lists: counts of people by the lists that know them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::picture {

/// Lists at most; a table has 2^lists - 1 cells.
inline constexpr std::size_t kMostLists = 8;

/// Counts by pattern: cell p, 1 .. 2^lists - 1, holds the people who are on exactly the lists whose
/// bits p has. Nobody is counted twice; who is on no list is what is asked for.
struct OverlapTable {
  std::vector<std::string> lists;
  std::vector<double> count;  ///< 2^lists; count[0] is 0

  [[nodiscard]] std::size_t n_lists() const { return lists.size(); }
  /// People on at least one list.
  [[nodiscard]] double n_observed() const;
};

/// A row of a file: its cells as written, and its number for errors.
struct OverlapRow {
  std::uint64_t row = 0;
  std::vector<std::string> cell;
};

/// A table from a header of list names and a last column of counts, and a row per pattern of 0 and
/// 1. Patterns that are not there count 0; a pattern that comes twice is added up.
/// @param file  its name, for errors. @param rows  each with as many cells as the header.
/// @error picture.bad_table with row and column: fewer than 2 or more than 8 lists, a cell that is
///        not 0 or 1, a count that is no whole number, people on no list, nobody at all.
Result<OverlapTable> make_overlap_table(const std::string& file,
                                        const std::vector<std::string>& header,
                                        const std::vector<OverlapRow>& rows);

/// Resampled counts, one table after the other.
struct Replicates {
  std::size_t n_cells = 0;
  std::vector<double> count;  ///< n_cells a replicate

  [[nodiscard]] std::size_t size() const { return n_cells == 0 ? 0 : count.size() / n_cells; }
  [[nodiscard]] std::span<const double> operator[](std::size_t r) const {
    return {count.data() + r * n_cells, n_cells};
  }
};

/// Replicates from a header of patterns ("10010", one digit a list) and a row of counts each.
/// @error picture.bad_table.
Result<Replicates> make_replicates(const std::string& file, const std::vector<std::string>& header,
                                   const std::vector<OverlapRow>& rows, const OverlapTable& table);

}  // namespace ovillo::picture
