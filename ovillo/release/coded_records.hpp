// Records of people as numbers: what marginals are counted from.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::release {

/// Sizes beyond which a private release is refused: noise would drown it, or it would not fit.
inline constexpr std::size_t kMostColumns = 64;
inline constexpr std::size_t kMostValues = 4'000;
inline constexpr std::size_t kMostRecords = 10'000'000;

/// A record has one value number per column. What a source does not state has none: it is not
/// known, not "no", and is not counted.
class CodedRecords {
 public:
  static constexpr std::uint16_t kNotStated = 0xffff;

  struct Column {
    std::string name;
    std::vector<std::string> values;  ///< in the order in which they came
  };

  explicit CodedRecords(std::vector<std::string> columns);

  [[nodiscard]] std::span<const Column> columns() const { return columns_; }
  [[nodiscard]] std::size_t size() const { return n_records_; }
  [[nodiscard]] std::span<const std::uint16_t> record(std::size_t i) const {
    return std::span(codes_).subspan(i * columns_.size(), columns_.size());
  }

  /// @param values  one per column; empty: not stated.
  /// @error release.too_large.
  Result<void> add(std::span<const std::string_view> values);

  /// Values that shall be one, under a new name; what is not among the values is left out.
  /// @error base.bad_argument: no such column.
  Result<void> pool(const std::string& column, std::span<const std::string> values,
                    const std::string& name);

  /// People of each value of a column.
  [[nodiscard]] std::vector<std::uint64_t> counts(std::size_t column) const;

 private:
  Result<std::uint16_t> code(std::size_t column, std::string_view value);

  std::vector<Column> columns_;
  std::vector<std::unordered_map<std::string, std::uint16_t>> numbers_;
  std::vector<std::uint16_t> codes_;
  std::size_t n_records_ = 0;
  std::size_t n_values_ = 0;
};

}  // namespace ovillo::release
