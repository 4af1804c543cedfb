// Which rows of a statement are transfers, so that no money is counted twice or lost.
#pragma once

#include <cstddef>
#include <vector>

#include "ovillo/bank/account_statement.hpp"

namespace ovillo::bank {

struct TransferRow {
  std::size_t entry = 0;       ///< index into AccountStatement::entries
  bool carries_amount = true;  ///< false: its money is counted in its movement
};

/// A movement is a transfer. Where it was booked for several transactions and these state amounts
/// that add up to it, they are the transfers in its place; where they do not add up, both are, and
/// only the movement carries money.
/// @return  ascending by entry.
std::vector<TransferRow> transfers_of(const AccountStatement& statement);

}  // namespace ovillo::bank
