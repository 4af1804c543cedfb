// Statements as lines: JSON, CSV, or text for a person. Format: docs/formats/statements.md.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ovillo/bank/account_statement.hpp"

namespace ovillo::bank {

/// Where a statement stands: its file and its number in it, 1-based.
struct StatementPlace {
  std::string_view file;
  std::size_t ordinal = 1;
};

/// One JSON object a movement, and one a transaction of a batch (with `parent`). What is not stated
/// is absent. Amounts are strings, as exact as the file.
std::string entries_as_json(const AccountStatement& statement, const StatementPlace& place);

/// The head of entries_as_csv().
std::string csv_head();
/// One row a movement or transaction; cells apart by commas, quoted where they must be.
std::string entries_as_csv(const AccountStatement& statement, const StatementPlace& place);

/// One JSON object: account, dates, balances, whether they agree, remarks.
std::string summary_as_json(const AccountStatement& statement, const StatementPlace& place);

/// Account, balances and their check, then a line a movement; ends with an empty line.
std::string statement_as_text(const AccountStatement& statement, const StatementPlace& place);

}  // namespace ovillo::bank
