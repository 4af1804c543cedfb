// Do the movements of a statement lead from its opening to its closing balance?
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ovillo/bank/account_statement.hpp"

namespace ovillo::bank {

enum class BalanceVerdict : std::uint8_t { agrees, differs, not_comparable, not_stated };

struct BalanceCheck {
  BalanceVerdict verdict = BalanceVerdict::not_stated;
  std::optional<Money> opening;  ///< signed: negative is owed to the bank
  std::optional<Money> closing;
  std::optional<Decimal> movements;   ///< their sum, signed, in the account's currency
  std::optional<Decimal> difference;  ///< closing - (opening + movements); 0 where it agrees
  std::string reason;                 ///< why it cannot be told; empty where it can
};

/// Compares exactly. Only booked movements count, not their details. A statement without both
/// balances is `not_stated`; one that mixes currencies is `not_comparable`.
BalanceCheck check_balances(const AccountStatement& statement);

std::span<const std::string_view> names(BalanceVerdict);

}  // namespace ovillo::bank
