#include "ovillo/bank/account_statement.hpp"

#include <array>

namespace ovillo::bank {

std::span<const std::string_view> names(StatementFormat) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "camt052", "camt053", "camt054", "mt940", "mt942", "coda", "goaml"};
  return kNames;
}

std::span<const std::string_view> names(Direction) {
  static constexpr std::array<std::string_view, 2> kNames = {"credit", "debit"};
  return kNames;
}

std::span<const std::string_view> names(BalanceType) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "opening",           "closing",           "previous_closing",
      "interim_booked",    "opening_available", "closing_available",
      "interim_available", "forward_available", "other"};
  return kNames;
}

}  // namespace ovillo::bank
