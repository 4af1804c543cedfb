// Transfers from a plain file: which column is what, and the rows as money's table.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/money/transfers.hpp"

namespace ovillo::flow {

/// Columns by name; an empty one is looked for by the names such columns commonly carry.
struct TransferColumns {
  std::string id;  ///< none found: the row number
  std::string from;
  std::string to;
  std::string time;
  std::string amount;
  std::string currency;
  std::string channel;
  std::string text;
  std::string place;
};

/// What becomes of a row that names one account only, as cash does.
enum class OneSided : std::uint8_t {
  refuse,  ///< it is told as money.no_account
  keep,    ///< its other side is money::kNotStated
};

/// Reads a file. Rows that are no transfers are told on `warn` with row, byte and code (the first
/// 20, then the count) and left out. @param zone  IANA name assumed for times that state none.
/// @error flow.no_such_column, base.unknown_zone, money.amounts_too_large, intake.*.
Result<money::Transfers> read_transfers(const std::string& path, const TransferColumns& columns,
                                        const std::string& zone, std::ostream& warn,
                                        OneSided one_sided = OneSided::refuse);

}  // namespace ovillo::flow
