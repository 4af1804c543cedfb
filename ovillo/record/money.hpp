// Money: an exact amount and its currency.
#pragma once

#include <optional>
#include <string>

#include "ovillo/base/decimal.hpp"

namespace ovillo {

/// `currency` is an ISO 4217 code or a ticker of data/currencies ("EUR", "ETH"); empty when the
/// source does not state one.
struct Money {
  Decimal amount;
  std::string currency;

  bool operator==(const Money&) const = default;
};

}  // namespace ovillo
