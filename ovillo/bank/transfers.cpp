#include "ovillo/bank/transfers.hpp"

#include <optional>

#include "ovillo/base/decimal.hpp"

namespace ovillo::bank {

namespace {

// The details of the movement at `at` are [at + 1, end).
std::size_t end_of_details(const AccountStatement& statement, std::size_t at) {
  std::size_t end = at + 1;
  while (end < statement.entries.size() && statement.entries[end].parent == at) ++end;
  return end;
}

bool add_up(const AccountStatement& statement, std::size_t at, std::size_t end) {
  const Entry& movement = statement.entries[at];
  if (end == at + 1 || !movement.amount || !movement.direction) return false;
  Decimal sum;
  for (std::size_t i = at + 1; i < end; ++i) {
    const Entry& detail = statement.entries[i];
    if (!detail.amount || !detail.direction || detail.amount->currency != movement.amount->currency)
      return false;
    Decimal amount = detail.amount->amount;
    if (detail.direction != movement.direction) amount.unscaled = -amount.unscaled;
    const auto next = add(sum, amount);
    if (!next) return false;
    sum = *next;
  }
  return sum == movement.amount->amount;
}

}  // namespace

std::vector<TransferRow> transfers_of(const AccountStatement& statement) {
  std::vector<TransferRow> rows;
  for (std::size_t at = 0; at < statement.entries.size();) {
    const std::size_t end = end_of_details(statement, at);
    const bool by_details = add_up(statement, at, end);
    if (!by_details) rows.push_back({at, true});
    for (std::size_t i = at + 1; i < end; ++i) rows.push_back({i, by_details});
    at = end;
  }
  return rows;
}

}  // namespace ovillo::bank
