// Transfers: what moved from which account to which, when and how much, as columns.
//
// Rows stand in order of time and then of id, accounts in byte order of their names, so that what
// is computed from them does not depend on the order of the file.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/base/decimal.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/money/timeline.hpp"

namespace ovillo::money {

/// One row as read. Empty text: not stated.
struct TransferRow {
  std::uint64_t row = 0;  ///< 1-based row of the file
  std::string_view id;
  std::string_view from;
  std::string_view to;
  std::optional<Time> time;
  std::optional<Decimal> amount;
  std::string_view currency;
  std::string_view channel;  ///< "cash", "card", ...
  std::string_view text;     ///< what the statement says it was for
  std::string_view place;    ///< where the cash or the card was used
};

/// n transfers. An amount is amount[i] / 10^scale in currencies[currency[i]]; all are positive.
struct Transfers {
  StringColumn id;
  std::vector<std::uint32_t> from, to;  ///< into account
  std::vector<std::int64_t> time_s;     ///< UTC, ascending
  std::vector<std::int32_t> offset_s;   ///< local minus UTC
  std::vector<char> has_hour;           ///< 0: the source states only a day, month or year
  std::vector<Int128> amount;
  std::vector<std::uint16_t> currency;  ///< into currencies; "" is: not stated
  std::vector<std::uint64_t> row;
  StringColumn channel, text, place;
  StringColumn account;     ///< in byte order
  StringColumn currencies;  ///< in byte order
  std::uint8_t scale = 0;

  [[nodiscard]] std::size_t size() const { return from.size(); }
  [[nodiscard]] TimedEdges edges() const { return {from, to, time_s, account.size()}; }
  /// Position of an account. @error money.unknown_account.
  [[nodiscard]] Result<std::uint32_t> find_account(std::string_view name) const;
};

/// Takes rows one by one and puts them in order at the end.
class TransferTable {
 public:
  /// @error money.no_account, money.bad_time, money.bad_amount: the row is not taken, the table
  ///        stands. money.too_many_transfers.
  Result<void> add(const TransferRow& row);
  /// @error money.amounts_too_large, when no common scale holds all amounts and their sum.
  Result<Transfers> finish() &&;

 private:
  using Names = std::unordered_map<std::string, std::uint32_t>;
  static std::uint32_t position(Names& names, std::string_view name);

  Transfers rows_;
  std::vector<Decimal> amount_;
  Names accounts_, currencies_;
};

}  // namespace ovillo::money
