// The table of a printed bank statement: its lines by where their words stand, and whether the
// running balance holds from line to line. Format: docs/formats/documents.md.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/decimal.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/intake/profile.hpp"

namespace ovillo::intake {

/// In points from the upper left corner of the page.
struct PageWord {
  double left = 0, top = 0, right = 0, bottom = 0;
  std::string text;
};

/// What the headers of columns are called (data/profiles/statement_words.toml).
struct StatementWords {
  using Words = std::set<std::string, std::less<>>;
  Words date, balance, amount, debit, credit;

  /// @error base.cannot_read, base.bad_data_file.
  static Result<StatementWords> open();
};

enum class BalanceState : std::uint8_t {
  agrees,  ///< the balance before, and what came since, make the one that is printed
  differs,
  first,       ///< none is known before it
  not_stated,  ///< none is printed beside it
};

std::string_view name_of(BalanceState state);

/// The first IBAN in a text, without blanks, its check digits sound; empty: none.
std::string iban_in(std::string_view text);
/// The first of EUR, GBP, USD, CHF, BRL, their signs among them; empty: none.
std::string currency_in(std::string_view text);

/// One movement.
struct StatementLine {
  std::uint64_t number = 0;  ///< of the line on its page, from 1, counting every printed line
  PageWord place;            ///< its box and words as printed
  std::string date;          ///< as printed
  std::string description;   ///< with the lines under it
  Decimal amount;            ///< negative: money out
  std::optional<Decimal> balance;
  BalanceState state = BalanceState::not_stated;
  std::string sum;  ///< where it differs: "100.00 and -35.00 make 65.00, not 66.00"
};

struct StatementPage {
  std::vector<StatementLine> lines;
  std::vector<PageWord> rest;  ///< printed lines that are no movement: head, foot, opening balance
};

/// Reads the pages of one file in order; the columns and the balance go on from page to page.
///
/// A page is one of a statement where a printed line names a date, a balance, and an amount or a
/// debit and a credit, or where a page before did. A movement is a printed line that begins with a
/// date and holds an amount; lines under it without either belong to its description.
/// @misses  dates without a year; a table whose columns have no header; amounts whose column is
///          told by colour alone.
class StatementTable {
 public:
  StatementTable(const StatementWords& words, DateOrder order, DecimalMark mark)
      : words_(words), order_(order), mark_(mark) {}

  /// @return  empty: no page of a statement.
  std::optional<StatementPage> read(const std::vector<PageWord>& words);

 private:
  struct Column {
    double left = 0, right = 0;
  };
  struct Row;
  [[nodiscard]] std::vector<Row> rows_of(std::vector<PageWord> words) const;
  bool take_header(const Row& row);
  void take_row(const Row& row, std::uint64_t number, StatementPage& page);
  void check(StatementLine& line);

  const StatementWords& words_;
  DateOrder order_;
  DecimalMark mark_;
  std::optional<Column> date_, balance_, amount_, debit_, credit_;
  std::optional<Decimal> known_;  ///< the balance printed last
  Decimal since_;                 ///< what came since
};

}  // namespace ovillo::intake
