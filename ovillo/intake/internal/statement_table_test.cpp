// Printed statements: the table by its boxes, the running balance line by line.
#include "ovillo/intake/internal/statement_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/intake/internal/test_pdf.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

using ::testing::HasSubstr;

// Date, words, amount and balance of a line, as a printed table has them.
void print_line(MadePage& page, int y, const std::string& date, const std::string& words,
                const std::string& amount, const std::string& balance) {
  if (!date.empty()) page.push_back({50, y, date});
  page.push_back({130, y, words});
  if (!amount.empty()) page.push_back({380, y, amount});
  if (!balance.empty()) page.push_back({480, y, balance});
}

MadePage statement(const std::string& second_balance = "865,00") {
  MadePage page = {{50, 800, "Banco Ejemplo"}, {50, 780, "IBAN ES9121000418450200051332 EUR"}};
  print_line(page, 740, "Fecha", "Concepto", "Importe", "Saldo");
  print_line(page, 720, "", "Saldo anterior", "", "1.000,00");
  print_line(page, 700, "02/03/2026", "Bizum +44 7700 900123", "-120,00", "880,00");
  print_line(page, 686, "", "por el anuncio", "", "");
  print_line(page, 660, "03/03/2026", "Comision", "15,00-", second_balance);
  print_line(page, 640, "04/03/2026", "Ingreso", "200,00", "1.065,00");
  return page;
}

TEST(ReadStatement, GivesEachMovementWithItsBalanceChecked) {
  const Collected read = read_holding(made_pdf({statement()}));
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 4u);
  EXPECT_EQ(read.kind(0), RecordKind::transfer);
  EXPECT_EQ(read.value(0, Field::amount), "120.00");
  EXPECT_EQ(read.value(0, Field::currency), "EUR");
  EXPECT_EQ(read.value(0, Field::from_account), "ES9121000418450200051332");
  EXPECT_EQ(read.value(0, Field::text), "Bizum +44 7700 900123\npor el anuncio");
  EXPECT_EQ(read.value(0, Field::page), "1");
  EXPECT_EQ(read.cell(0, "balance_check"), "agrees");
  EXPECT_EQ(read.cell(1, "direction"), "debit");
  EXPECT_EQ(read.value(2, Field::to_account), "ES9121000418450200051332");
  ASSERT_TRUE(read.at(2).first->time[2]);
  EXPECT_EQ(format_time(*read.at(2).first->time[2]).substr(0, 10), "2026-03-04");
  // What stands around the table is a page; no movement is in it.
  EXPECT_EQ(read.kind(3), RecordKind::document);
  EXPECT_THAT(read.value(3, Field::text), HasSubstr("Banco Ejemplo"));
  EXPECT_THAT(read.value(3, Field::text), ::testing::Not(HasSubstr("Bizum")));
}

TEST(ReadStatement, RejectsTheLineThatBreaksTheBalanceWithItsPlace) {
  const Collected read = read_holding(made_pdf({statement("866,00")}));
  ASSERT_EQ(read.rejects.size(), 2u);  // the line, and the one after it, which was right before
  EXPECT_EQ(read.rejects[0].code, "bank.bad_balance");
  EXPECT_THAT(read.rejects[0].sentence,
              HasSubstr("page 1, line 7: 880.00 and -15.00 make 865.00, not 866.00"));
  EXPECT_THAT(read.rejects[1].sentence, HasSubstr("line 8"));
}

TEST(ReadStatement, GoesOnFromPageToPage) {
  MadePage second;
  print_line(second, 800, "05/03/2026", "Recibo", "-65,00", "1.000,00");
  const Collected read = read_holding(made_pdf({statement(), second}));
  EXPECT_EQ(read.rejects.size(), 0u);
  ASSERT_EQ(read.records, 5u);
  EXPECT_EQ(read.value(4, Field::page), "2");
  EXPECT_EQ(read.cell(4, "balance_check"), "agrees");
}

TEST(ReadStatement, LeavesOtherPagesAsTheyAre) {
  const Collected read =
      read_holding(made_pdf({{{72, 720, "Date of the balance: 03/03/2026"}, {72, 700, "12,00"}}}));
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.kind(0), RecordKind::document);
}

std::vector<PageWord> words_of(const std::vector<std::vector<std::string>>& rows) {
  const std::vector<std::pair<double, double>> columns = {
      {50, 100}, {130, 300}, {330, 370}, {400, 440}, {480, 530}};
  std::vector<PageWord> out;
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < rows[r].size(); ++c)
      if (!rows[r][c].empty())
        out.push_back({columns[c].first, 20.0 * static_cast<double>(r), columns[c].second,
                       20.0 * static_cast<double>(r) + 12, rows[r][c]});
  return out;
}

TEST(StatementTable, ReadsDebitAndCreditApartAndASumOfSeveralLines) {
  const auto words = StatementWords::open();
  ASSERT_TRUE(words);
  StatementTable table(*words, DateOrder::day_first, DecimalMark::infer);
  const auto page = table.read(words_of({{"Date", "Details",
                                          "D\xc3\xa9"
                                          "bit",
                                          "Cr\xc3\xa9"
                                          "dit",
                                          "Solde"},
                                         {"01/02/2026", "a", "10.00", "", "90.00"},
                                         {"02/02/2026", "b", "", "5.00", ""},
                                         {"02/02/2026", "c", "20.00", "", "75.00"}}));
  ASSERT_TRUE(page);
  ASSERT_EQ(page->lines.size(), 3u);
  EXPECT_EQ(page->lines[0].state, BalanceState::first);
  EXPECT_EQ(format_decimal(page->lines[0].amount), "-10.00");
  EXPECT_EQ(page->lines[1].state, BalanceState::not_stated);
  EXPECT_EQ(page->lines[2].state, BalanceState::agrees);
}

TEST(IbanIn, TakesTheOneWhoseCheckHolds) {
  EXPECT_EQ(iban_in("cuenta ES91 2100 0418 4502 0005 1332 EUR"), "ES9121000418450200051332");
  EXPECT_EQ(iban_in("cuenta ES91 2100 0418 4502 0005 1333"), "");
  EXPECT_EQ(iban_in(""), "");
  EXPECT_EQ(currency_in("1,00 GBP or EUR"), "GBP");
  EXPECT_EQ(currency_in("none"), "");
}

}  // namespace
}  // namespace ovillo::intake
