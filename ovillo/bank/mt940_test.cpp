// MT940: the statement line, the dialects of :86:, balances and faults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/bank/balance_check.hpp"
#include "ovillo/bank/reader.hpp"

namespace ovillo::bank {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string message(const std::string& inside, const std::string& closing = "C260304EUR150,00") {
  return ":20:REF1\r\n:25:BE71096123456769\r\n:28C:12/1\r\n:60F:C260303EUR100,00\r\n" + inside +
         ":62F:" + closing + "\r\n-\r\n";
}
StatementFile read(const std::string& bytes) {
  auto file = read_statement_file(bytes, Zone::utc());
  EXPECT_TRUE(file) << file.error().message();
  return file ? *file : StatementFile();
}
Entry only_entry(const std::string& lines) {
  const StatementFile file = read(message(lines));
  EXPECT_EQ(file.rejects.size(), 0u) << (file.rejects.empty() ? "" : file.rejects[0].reason);
  if (file.statements.size() != 1 || file.statements[0].entries.empty()) {
    ADD_FAILURE() << lines;
    return {};
  }
  return file.statements[0].entries[0];
}

struct LineRow {
  const char* line;
  Direction direction;
  const char* amount;
  const char* customer;  // "" not stated
  const char* servicer;
  bool reversal;
  char funds;  // 0 not stated
};

TEST(Mt940, ReadsTheStatementLine) {
  const LineRow rows[] = {
      {"2603040304C50,00NTRFREF1//BANK1", Direction::credit, "50.00", "REF1", "BANK1", false, 0},
      {"260304D50,NTRFNONREF", Direction::debit, "50", "NONREF", "", false, 0},
      {"2603040304CR300,5NMSCNONREF", Direction::credit, "300.5", "NONREF", "", false, 'R'},
      {"2603040304RCR204,88NRTINONREF", Direction::debit, "204.88", "NONREF", "", true, 'R'},
      {"2603040304RD1,00NTRF", Direction::credit, "1.00", "", "", true, 0},
      {"260304CN0,01FMSC01916//NONREF", Direction::credit, "0.01", "01916", "NONREF", false, 'N'},
      {"260304D000000000025,00N102EREF            ", Direction::debit, "25.00", "EREF", "", false,
       0},
  };
  for (const LineRow& row : rows) {
    const Entry entry = only_entry(":61:" + std::string(row.line) + "\r\n");
    ASSERT_TRUE(entry.amount) << row.line;
    EXPECT_EQ(entry.direction, row.direction) << row.line;
    EXPECT_EQ(format_decimal(entry.amount->amount), row.amount) << row.line;
    EXPECT_EQ(entry.references.customer.value_or(""), row.customer) << row.line;
    EXPECT_EQ(entry.references.servicer.value_or(""), row.servicer) << row.line;
    EXPECT_EQ(entry.reversal.value_or(false), row.reversal) << row.line;
    EXPECT_EQ(entry.funds_code.value_or(0), row.funds) << row.line;
  }
}

TEST(Mt940, PutsTheEntryDateInTheNearestYear) {
  EXPECT_EQ(format_time(only_entry(":61:2601021231C1,NTRFX\r\n").booked->time), "2025-12-31");
  EXPECT_EQ(format_time(only_entry(":61:2512310102C1,NTRFX\r\n").booked->time), "2026-01-02");
  EXPECT_EQ(format_time(only_entry(":61:991231C1,NTRFX\r\n").value->time), "1999-12-31");
  EXPECT_EQ(format_time(only_entry(":61:791231C1,NTRFX\r\n").value->time), "2079-12-31");
}

TEST(Mt940, ReadsADayThatNeverWasAsTheLastOfItsMonth) {
  const StatementFile file = read(message(":61:260230C1,NTRFX\r\n"));
  ASSERT_EQ(file.statements.size(), 1u);
  EXPECT_EQ(format_time(file.statements[0].entries.at(0).value->time), "2026-02-28");
  ASSERT_EQ(file.statements[0].remarks.size(), 1u);
  EXPECT_THAT(file.statements[0].remarks[0].text, HasSubstr("260230"));
}

TEST(Mt940, ReadsSubfieldsAcrossLines) {
  const Entry entry = only_entry(
      ":61:260304C50,00NTRFNONREF\r\n"
      ":86:166?00GUTSCHRIFT?100399?20EREF+RENT-3?21MREF+M-77?22SVWZ+Rent of Mar\r\n"
      "ch?23 flat 4?30GEBABEBB?31BE43068999999501?32ANA EJEMP?33LO?34000\r\n");
  EXPECT_EQ(entry.references.end_to_end, "RENT-3");
  EXPECT_EQ(entry.references.mandate, "M-77");
  EXPECT_THAT(entry.remittance, ElementsAre("Rent of March flat 4"));
  EXPECT_EQ(entry.from.account, "BE43068999999501");
  EXPECT_EQ(entry.from.bank, "GEBABEBB");
  EXPECT_EQ(entry.from.name, "ANA EJEMPLO");
  EXPECT_EQ(entry.proprietary_code, "166");
}

TEST(Mt940, ReadsSlashTags) {
  const Entry entry = only_entry(
      ":61:260304D50,00N102EREF\r\nNL02ABNA0123456789\r\n"
      ":86:/EREF/ORDER 5/BENM//NAME/CONTRA ACCOUN\r\nT HOLDER/REMI/two nights/and more/ISDT/x\r\n");
  EXPECT_EQ(entry.references.end_to_end, "ORDER 5");
  EXPECT_EQ(entry.to.name, "CONTRA ACCOUNT HOLDER");
  EXPECT_EQ(entry.to.account, "NL02ABNA0123456789");
  EXPECT_THAT(entry.remittance, ElementsAre("two nights/and more"));
}

TEST(Mt940, ReadsAnAccountBeforeANameAndFreeText) {
  const Entry entry = only_entry(
      ":61:260304D50,00NOVBNONREF\r\n:86:NL02ABNA0123456789 a n invented\r\n\r\nrent\r\n");
  EXPECT_EQ(entry.to.account, "NL02ABNA0123456789");
  EXPECT_EQ(entry.to.name, "a n invented");
  EXPECT_THAT(entry.remittance, ElementsAre("rent"));
  EXPECT_EQ(only_entry(":61:260304D1,NTRFX\r\n:86:cash\r\n:86:desk 4\r\n").remittance.at(0),
            "cash\ndesk 4");
}

TEST(Mt940, ChecksBalances) {
  const StatementFile file =
      read(message(":61:260304C50,00NTRFX\r\n") + message(":61:260304C50,01NTRFX\r\n"));
  ASSERT_EQ(file.statements.size(), 2u);
  EXPECT_EQ(check_balances(file.statements[0]).verdict, BalanceVerdict::agrees);
  EXPECT_EQ(format_decimal(*check_balances(file.statements[1]).difference), "-0.01");
}

TEST(Mt940, RejectsABrokenStatementAndReadsTheOthers) {
  const StatementFile file = read(message(":61:260304C50,00NTRFX\r\n") +
                                  message(":61:2603X4C50,00NTRFX\r\n:61:260304C1,NTRFX\r\n") +
                                  message(":61:260304C50,00NTRFX\r\n"));
  EXPECT_EQ(file.statements.size(), 2u);
  ASSERT_EQ(file.rejects.size(), 1u);
  EXPECT_EQ(file.rejects[0].code, ErrorCode::bank_bad_entry);
  EXPECT_EQ(file.rejects[0].place_in_file.line, 12u);
  EXPECT_EQ(file.rejects[0].statement, "BE71096123456769");
  const StatementFile bad = read(message("", "X260304EUR1,00"));
  ASSERT_EQ(bad.rejects.size(), 1u);
  EXPECT_EQ(bad.rejects[0].code, ErrorCode::bank_bad_balance);
}

TEST(Mt940, ReadsEnvelopesAndTheLinesOfTheBank) {
  const StatementFile file = read(
      "{1:F01ABNANL2AXXXX0000000000}{2:O940ABNANL2AXXXXN}{3:}{4:\r\n:20:A\r\n:25:1291.99.348EUR\r\n"
      ":60F:D260303EUR0,00\r\n:62F:D260303EUR0,00\r\n-}{5:}\r\nABNANL2A\r\n940\r\n" +
      message(""));
  ASSERT_EQ(file.statements.size(), 2u);
  EXPECT_EQ(file.statements[0].account.other, "1291.99.348");
  EXPECT_EQ(file.statements[0].account.currency, "EUR");
  EXPECT_EQ(file.statements[1].account.iban, "BE71096123456769");
  EXPECT_EQ(file.statements[1].number, "12/1");
}

TEST(Mt940, SaysWhenAnInterimReportDoesNotAddUp) {
  const StatementFile file = read(
      ":20:A\r\n:25:1\r\n:28C:1\r\n:34F:EUR0,\r\n:13D:2603041815+0100\r\n:61:260304C50,00NTRFX\r\n"
      ":90D:0EUR0,00\r\n:90C:2EUR50,00\r\n-\r\n");
  ASSERT_EQ(file.statements.size(), 1u);
  EXPECT_EQ(file.statements[0].format, StatementFormat::mt942);
  EXPECT_EQ(format_utc(file.statements[0].created->time.begin_utc_s), "2026-03-04T17:15:00Z");
  ASSERT_EQ(file.statements[0].remarks.size(), 1u);
  EXPECT_THAT(file.statements[0].remarks[0].text, HasSubstr("says 2 movements"));
}

TEST(Mt940, ReadsWindows1252) {
  EXPECT_EQ(only_entry(":61:260304C1,NTRFX\r\n:86:M\xfcller\r\n").remittance.at(0),
            "M\xc3\xbcller");
}

}  // namespace
}  // namespace ovillo::bank
