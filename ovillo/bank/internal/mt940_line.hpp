// The statement line :61: and the balances of MT940.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ovillo/bank/account_statement.hpp"

namespace ovillo::bank {

/// What could not be read, in words; empty: all was read.
using LineFault = std::string;

/// Reads :61:, its supplementary details behind a line end. `currency` is that of the account.
/// A day that never was (30 February, which banks with months of 30 days write) is read as the last
/// of its month and told in `remark`.
LineFault read_statement_line(std::string_view value, const std::string& currency, const Zone& zone,
                              Entry& entry, std::string& remark);

/// Reads :60F:, :62M: and the like: mark, date, currency, amount. @param tag  "60F".
LineFault read_mt940_balance(std::string_view tag, std::string_view value, const Zone& zone,
                             Balance& balance);

}  // namespace ovillo::bank
