// A table of counts with all its margins, as it might be published.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::release {

/// Dimensions and cells at most: beyond them nobody reads the table, and its protection is not
/// worked out in a time that somebody waits.
inline constexpr std::size_t kMostDimensions = 6;
inline constexpr std::size_t kMostCells = 20'000;

struct Dimension {
  std::string name;
  std::vector<std::string> values;  ///< ascending; the total is not among them
};

/// Cells of all combinations of values and totals. In each dimension the value number
/// values.size() stands for the total.
class CountTable {
 public:
  explicit CountTable(std::vector<Dimension> dimensions);

  [[nodiscard]] std::span<const Dimension> dimensions() const { return dimensions_; }
  [[nodiscard]] std::size_t size() const { return count_.size(); }
  /// @param at  a value number per dimension.
  [[nodiscard]] std::size_t cell(std::span<const std::size_t> at) const;
  [[nodiscard]] std::vector<std::size_t> values_of(std::size_t cell) const;
  /// The value's name, or "Total".
  [[nodiscard]] std::string_view name(std::size_t dimension, std::size_t value) const;
  [[nodiscard]] bool is_inner(std::size_t cell) const;

  /// The inner cell and every margin above it.
  [[nodiscard]] std::vector<std::size_t> cells_above(std::span<const std::size_t> at) const;
  /// Adds people to all of these.
  void add(std::span<const std::size_t> at, std::uint64_t people);
  [[nodiscard]] std::uint64_t count(std::size_t cell) const { return count_[cell]; }

  /// A total and the cells that add up to it.
  struct Relation {
    std::size_t total = 0;
    std::vector<std::size_t> parts;
  };
  /// Every one there is: per dimension and setting of the others.
  [[nodiscard]] std::vector<Relation> relations() const;

 private:
  std::vector<Dimension> dimensions_;
  std::vector<std::size_t> stride_;
  std::vector<std::uint64_t> count_;
};

/// A row of a file: a value per dimension and how many people it stands for.
struct CountRow {
  std::uint64_t row = 0;
  std::vector<std::string> values;
  std::uint64_t people = 0;
};

/// Where a row belongs. @param row  with values that the table has.
std::vector<std::size_t> place_of(const CountTable& table, const CountRow& row);

/// @param file  for errors. An empty value is "unknown", which is a value and not no.
/// @error release.too_large: more than kMostDimensions or kMostCells.
Result<CountTable> make_count_table(const std::string& file, std::vector<std::string> dimensions,
                                    const std::vector<CountRow>& rows);

}  // namespace ovillo::release
