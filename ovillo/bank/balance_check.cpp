#include "ovillo/bank/balance_check.hpp"

#include <array>

#include <fmt/format.h>

namespace ovillo::bank {

namespace {

Decimal negative(Decimal value) {
  value.unscaled = -value.unscaled;
  return value;
}

Money signed_amount(const Money& amount, Direction direction) {
  return {direction == Direction::credit ? amount.amount : negative(amount.amount),
          amount.currency};
}

const Balance* first_of(const AccountStatement& statement, BalanceType type) {
  for (const Balance& balance : statement.balances)
    if (balance.type == type) return &balance;
  return nullptr;
}

const Balance* last_of(const AccountStatement& statement, BalanceType type) {
  const Balance* found = nullptr;
  for (const Balance& balance : statement.balances)
    if (balance.type == type) found = &balance;
  return found;
}

struct Ends {
  const Balance* opening;
  const Balance* closing;
};

// A page of several may begin and end with an interim balance.
Ends ends_of(const AccountStatement& statement) {
  Ends ends{first_of(statement, BalanceType::opening), last_of(statement, BalanceType::closing)};
  if (ends.opening == nullptr) ends.opening = first_of(statement, BalanceType::previous_closing);
  const Balance* first_interim = first_of(statement, BalanceType::interim_booked);
  const Balance* last_interim = last_of(statement, BalanceType::interim_booked);
  if (ends.opening == nullptr && (ends.closing != nullptr || first_interim != last_interim))
    ends.opening = first_interim;
  if (ends.closing == nullptr && last_interim != ends.opening) ends.closing = last_interim;
  return ends;
}

BalanceCheck not_comparable(BalanceCheck check, std::string reason) {
  check.verdict = BalanceVerdict::not_comparable;
  check.reason = std::move(reason);
  return check;
}

bool is_booked(const Entry& entry) { return !entry.status || *entry.status == "BOOK"; }

}  // namespace

std::span<const std::string_view> names(BalanceVerdict) {
  static constexpr std::array<std::string_view, 4> kNames = {"agrees", "differs", "not_comparable",
                                                             "not_stated"};
  return kNames;
}

BalanceCheck check_balances(const AccountStatement& statement) {
  BalanceCheck check;
  const Ends ends = ends_of(statement);
  if (ends.opening != nullptr)
    check.opening = signed_amount(ends.opening->amount, ends.opening->direction);
  if (ends.closing != nullptr)
    check.closing = signed_amount(ends.closing->amount, ends.closing->direction);
  if (!check.opening || !check.closing) {
    check.reason = check.opening   ? "no closing balance"
                   : check.closing ? "no opening balance"
                                   : "no opening and no closing balance";
    return check;
  }
  const std::string& currency = check.opening->currency;
  if (check.closing->currency != currency)
    return not_comparable(check, fmt::format("the opening balance is in {}, the closing one in {}",
                                             currency, check.closing->currency));
  Decimal sum;
  for (const Entry& entry : statement.entries) {
    if (entry.parent || !entry.amount || !entry.direction || !is_booked(entry)) continue;
    if (entry.amount->currency != currency)
      return not_comparable(
          check, fmt::format("the movement at line {} is in {}, the balances in {}",
                             entry.place_in_file.line, entry.amount->currency, currency));
    const auto next = add(sum, signed_amount(*entry.amount, *entry.direction).amount);
    if (!next) return not_comparable(check, "the movements do not fit 38 digits");
    sum = *next;
  }
  check.movements = sum;
  const auto expected = add(check.opening->amount, sum);
  const auto difference = expected ? add(check.closing->amount, negative(*expected)) : std::nullopt;
  if (!difference) return not_comparable(check, "the balances do not fit 38 digits");
  check.difference = *difference;
  check.verdict = difference->unscaled == 0 ? BalanceVerdict::agrees : BalanceVerdict::differs;
  return check;
}

}  // namespace ovillo::bank
