// goAML: sides, clients, conductors, activity reports and faults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/bank/reader.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/base/source_folder.hpp"

namespace ovillo::bank {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string sample(const std::string& name) {
  return ovillo::read_file(std::string(OVILLO_SOURCE_DIR) + "/fuzz/corpus/goaml/" + name).value();
}
StatementFile read(const std::string& bytes) {
  auto file = read_statement_file(bytes, Zone::utc());
  EXPECT_TRUE(file) << file.error().message();
  return file ? *file : StatementFile();
}

TEST(GoAml, ReadsBothSidesOfATransaction) {
  const StatementFile file = read(sample("transactions.xml"));
  ASSERT_EQ(file.statements.size(), 1u);
  const AccountStatement& report = file.statements[0];
  EXPECT_EQ(report.format, StatementFormat::goaml);
  EXPECT_EQ(report.id, "INV-2026-5");
  EXPECT_EQ(report.report->type, "STR");
  EXPECT_EQ(report.report->reason, "Cash at night by several people for one account");
  EXPECT_TRUE(report.report->indicators.empty());
  ASSERT_EQ(report.entries.size(), 2u);
  const Entry& cash = report.entries[0];
  EXPECT_EQ(format_decimal(cash.amount->amount), "950.00");
  EXPECT_EQ(cash.amount->currency, "EUR");
  EXPECT_FALSE(cash.direction);
  EXPECT_EQ(cash.counterparty(), nullptr);
  EXPECT_EQ(cash.booked->time.precision, TimePrecision::second);
  EXPECT_EQ(cash.from.name, "Ana Ejemplo");
  EXPECT_EQ(cash.from.birth_date, "1990-05-01");
  EXPECT_FALSE(cash.from.account);
  EXPECT_EQ(cash.to.account, "BE71096123456769");
  EXPECT_EQ(cash.to.bank, "GEBABEBB");
  EXPECT_EQ(cash.to.name, "Invented Massage BV");
  EXPECT_EQ(cash.to.country, "BE");
  EXPECT_EQ(cash.references.servicer, "T1");
  EXPECT_EQ(cash.place, "Gent");
  ASSERT_EQ(cash.involved.size(), 1u);
  EXPECT_EQ(cash.involved[0].name, "Eva Inventada");
  EXPECT_EQ(cash.involved[0].role, "conductor");
}

TEST(GoAml, ReadsTheReportersOwnClientAlike) {
  std::string bytes = sample("transactions.xml");
  for (const std::string tag : {"<t_to>", "</t_to>"})
    for (std::size_t at = bytes.find(tag); at != bytes.npos; at = bytes.find(tag, at + 1))
      bytes.insert(at + tag.size() - 1, "_my_client");
  EXPECT_EQ(read(bytes).statements.at(0).entries.at(0).to.account, "BE71096123456769");
}

TEST(GoAml, TakesMidnightForADayAndADashForNothing) {
  const Entry wire = read(sample("transactions.xml")).statements.at(0).entries.at(1);
  EXPECT_EQ(wire.booked->time.precision, TimePrecision::day);
  EXPECT_FALSE(wire.from.country);
  EXPECT_EQ(wire.transaction_amount->currency, "USD");
  EXPECT_EQ(format_decimal(wire.transaction_amount->amount), "2100.5");
}

TEST(GoAml, ReadsThePartiesOfAnActivity) {
  const StatementFile file = read(sample("activity.xml"));
  ASSERT_EQ(file.statements.size(), 1u);
  EXPECT_TRUE(file.statements[0].entries.empty());
  const ReportText& report = *file.statements[0].report;
  ASSERT_EQ(report.parties.size(), 1u);
  EXPECT_EQ(report.parties[0].name, "Ana Ejemplo");
  EXPECT_THAT(report.parties[0].phones, ElementsAre("44 7700900123"));
}

TEST(GoAml, RejectsABrokenTransactionAndReadsTheOthers) {
  std::string bytes = sample("transactions.xml");
  bytes.replace(bytes.find(">950.00<"), 8, ">95O.00<");
  const StatementFile file = read(bytes);
  ASSERT_EQ(file.statements.size(), 1u);
  EXPECT_EQ(file.statements[0].entries.size(), 1u);
  ASSERT_EQ(file.rejects.size(), 1u);
  EXPECT_EQ(file.rejects[0].code, ErrorCode::bank_bad_transaction);
  EXPECT_THAT(file.rejects[0].reason, HasSubstr("\"95O.00\""));
  EXPECT_EQ(file.rejects[0].statement, "T1");
  EXPECT_EQ(file.rejects[0].place_in_file.line, 21u);
}

}  // namespace
}  // namespace ovillo::bank
