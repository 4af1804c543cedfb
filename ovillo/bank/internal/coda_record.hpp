// One line of CODA: 128 characters, cut at fixed places.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ovillo/bank/account_statement.hpp"

namespace ovillo::bank {

class CodaRecord {
 public:
  static constexpr std::size_t kWidth = 128;

  /// @param bytes  UTF-8 or Windows-1252; a line whose blanks at the end were cut off is filled up.
  explicit CodaRecord(std::string_view bytes);

  /// Characters behind column 128 that are not blank.
  [[nodiscard]] bool too_wide() const { return too_wide_; }
  [[nodiscard]] bool cut() const { return cut_; }
  [[nodiscard]] bool blank() const;
  /// Columns `from` to `to` as the standard counts them: 1-based, both included.
  [[nodiscard]] std::string text(std::size_t from, std::size_t to) const;
  /// Trimmed; empty is not stated.
  [[nodiscard]] std::optional<std::string> stated(std::size_t from, std::size_t to) const;
  [[nodiscard]] char at(std::size_t column) const;
  /// "21", "8 ": the kind of record and, of 2 and 3, its article.
  [[nodiscard]] std::string kind() const;
  /// -1: not a number.
  [[nodiscard]] int number(std::size_t from, std::size_t to) const;
  /// 15 digits, three of them decimals. Empty: not that.
  [[nodiscard]] std::optional<Decimal> amount(std::size_t from) const;
  /// DDMMYY. Empty: no such day, or "000000".
  [[nodiscard]] std::optional<Moment> day(std::size_t from, const Zone& zone) const;

 private:
  std::u32string line_;
  bool too_wide_ = false;
  bool cut_ = false;
};

}  // namespace ovillo::bank
