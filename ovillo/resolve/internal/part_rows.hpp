// Rows as numbers: each distinct folded value of a part once, so that equality is one comparison
// and how common a value is comes for free.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/resolve/tables.hpp"

namespace ovillo::resolve::internal {

inline constexpr std::uint32_t kNotStated = 0xffffffff;

/// Distinct values, numbered as they come; settle() makes the numbers independent of the order.
class ValueTable {
 public:
  /// Number of `value`, which is new or known.
  std::uint32_t number(std::string_view value);

  /// Renumbers by hash. @return  the new number of each old one. number() may not follow.
  std::vector<std::uint32_t> settle();

  /// Makes find() possible after settle(). @cost  O(n), 16 bytes a value.
  void index();
  /// Number of a value; kNotStated: it is not here. Needs index().
  [[nodiscard]] std::uint32_t find(std::string_view value) const;

  /// A value of a guest row, numbered after all others until dismiss_guests().
  std::uint32_t add_guest(std::string_view value);
  void dismiss_guests();

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(value_.size()); }
  [[nodiscard]] std::string_view operator[](std::uint32_t id) const {
    return id < size() ? value_[id] : std::string_view(guest_[id - size()]);
  }
  /// Letters that occur, a bit each: values that differ in more than 2 k bits are more than k edits
  /// apart.
  [[nodiscard]] std::uint64_t letters(std::uint32_t id) const { return letters_[id]; }

 private:
  void grow();

  StringColumn value_;
  std::vector<std::string> guest_;
  std::vector<std::uint64_t> hash_;
  std::vector<std::uint64_t> letters_;
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t id_plus_1 = 0;  ///< 0: free
  };
  std::vector<Slot> slot_;  ///< open addressing
};

/// The parts that at least one row of the tables states, and each row's values of them.
class PartRows {
 public:
  explicit PartRows(std::span<const PartTable> tables);

  /// Lets a row of another table in beside the rows, one at a time, under the number size(). Its
  /// values count for nobody else; parts that no row states are left out. Needs index().
  /// @return  its number.
  std::uint32_t admit(const PartTable& table, std::size_t row);
  /// Exchanges the first value that the row let in states of a part with its further value `i`.
  void exchange_first(std::size_t column, std::size_t i);
  /// Forgets the row let in.
  void dismiss();
  /// Makes admit() possible.
  void index();

  [[nodiscard]] std::uint32_t size() const { return n_; }
  [[nodiscard]] std::size_t n_tables() const { return table_end_.size(); }
  /// Table that a row is of.
  [[nodiscard]] std::size_t table(std::uint32_t row) const {
    std::size_t t = 0;
    while (row >= table_end_[t]) ++t;
    return t;
  }
  [[nodiscard]] std::uint32_t table_size(std::size_t t) const {
    return table_end_[t] - (t == 0 ? 0 : table_end_[t - 1]);
  }
  [[nodiscard]] std::span<const Part> parts() const { return parts_; }

  /// Number of the row's first value of part `column` (a position in parts()).
  [[nodiscard]] std::uint32_t first(std::uint32_t row, std::size_t column) const {
    return id_[std::size_t{row} * parts_.size() + column];
  }
  /// Further values of that part.
  [[nodiscard]] std::span<const std::uint32_t> more(std::uint32_t row, std::size_t column) const;
  [[nodiscard]] bool has_more(std::uint32_t row) const {
    return !more_row_.empty() && more_row_[row];
  }
  /// The row's numbers, one per part.
  [[nodiscard]] std::span<const std::uint32_t> row(std::uint32_t r) const {
    return {id_.data() + std::size_t{r} * parts_.size(), parts_.size()};
  }

  /// Hash of what the row states; equal for equal rows, the same in any order of rows.
  [[nodiscard]] std::uint64_t content(std::uint32_t row) const { return content_[row]; }

  /// Given name and surname share one table, so that an exchange is seen.
  [[nodiscard]] const ValueTable& values(std::size_t column) const {
    return table_[table_of_[column]];
  }
  /// Rows that hold a value of a part.
  [[nodiscard]] std::uint32_t count(std::size_t column, std::uint32_t id) const {
    return id < count_[column].size() ? count_[column][id] : 0;
  }
  /// Rows that state a part.
  [[nodiscard]] std::uint32_t n_stated(std::size_t column) const { return stated_[column]; }
  /// Position of a part in parts(); size of parts(): nobody states it.
  [[nodiscard]] std::size_t column_of(Part part) const { return column_of_[index_of(part)]; }

 private:
  struct More {
    std::uint32_t row;
    std::uint32_t column;
    std::uint32_t begin;
    std::uint32_t end;
  };

  std::uint32_t n_ = 0;
  std::vector<std::uint32_t> table_end_;
  std::vector<Part> parts_;
  std::array<std::size_t, kParts> column_of_{};
  void settle();
  /// Keeps the numbers of a row's values of a part, the first and the rest.
  void keep_numbers(std::uint32_t row, std::size_t column, std::span<const std::uint32_t> ids);

  std::vector<std::uint32_t> id_;
  std::vector<std::uint64_t> content_;
  std::vector<ValueTable> table_;
  std::vector<std::size_t> table_of_;
  std::vector<std::vector<std::uint32_t>> count_;
  std::vector<std::uint32_t> stated_;
  std::vector<bool> more_row_;
  std::vector<More> more_;  ///< ascending by (row, column)
  std::vector<std::uint32_t> more_id_;
};

}  // namespace ovillo::resolve::internal
