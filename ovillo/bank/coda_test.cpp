// CODA: columns, details, information records, the trailer and faults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/bank/balance_check.hpp"
#include "ovillo/bank/reader.hpp"

namespace ovillo::bank {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A record of blanks with texts put at columns (1-based).
std::string record(std::initializer_list<std::pair<std::size_t, std::string>> texts) {
  std::string line(128, ' ');
  for (const auto& [column, text] : texts) line.replace(column - 1, text.size(), text);
  return line + "\r\n";
}

const std::string kHeader = record(
    {{1, "0000004032610105"}, {25, "FILE1"}, {35, "INVENTED BV"}, {61, "GEBABEBB"}, {128, "2"}});
const std::string kOld = record({{1, "12001BE71096123456769"},
                                 {40, "EUR"},
                                 {43, "0000000000100000"},
                                 {59, "030326"},
                                 {65, "INVENTED BV"},
                                 {126, "001"}});

std::string movement(const std::string& number, const std::string& sign, const std::string& amount,
                     const std::string& communication, const std::string& ends = "0 0") {
  return record({{1, "21" + number},
                 {11, "BANKREF"},
                 {32, sign + amount},
                 {48, "040326"},
                 {54, "00150000"},
                 {62, communication},
                 {116, "040326"},
                 {122, "001"},
                 {126, ends}});
}
std::string closing(const std::string& amount) {
  return record(
      {{1, "8001BE71096123456769"}, {38, "EUR"}, {42, "0" + amount}, {58, "040326"}, {128, "0"}});
}
std::string trailer(const std::string& records, const std::string& debits,
                    const std::string& credits) {
  return record({{1, "9"}, {17, records}, {23, debits}, {38, credits}, {128, "2"}});
}

const std::string kCredit =
    movement("00010000", "0", "000000000050005", "0rent of March", "1 0") +
    record({{1, "2200010000"}, {11, ", flat 4"}, {64, "CUSTREF"}, {99, "KREDBEBB"}, {126, "1 0"}}) +
    record({{1, "2300010000BE43068999999501"}, {45, "EUR"}, {48, "ANA EJEMPLO"}, {126, "0 1"}}) +
    record({{1, "3100010001"},
            {11, "BANKREF"},
            {32, "00150000"},
            {40, "1001ANA EJEMPLO LARGO"},
            {126, "1 0"}}) +
    record({{1, "3200010001STREET 5"}, {46, "1000 BRUSSELS"}, {126, "0 0"}});

StatementFile read(const std::string& bytes) {
  auto file = read_statement_file(bytes, Zone::utc());
  EXPECT_TRUE(file) << file.error().message();
  return file ? *file : StatementFile();
}

const std::string kWhole = kHeader + kOld + kCredit + closing("000000000150005") +
                           trailer("000007", "000000000000000", "000000000050005");

TEST(Coda, ReadsTheRecordsOfAMovement) {
  const StatementFile file = read(kWhole);
  ASSERT_EQ(file.statements.size(), 1u) << file.rejects.at(0).reason;
  const AccountStatement& statement = file.statements[0];
  EXPECT_EQ(statement.account.iban, "BE71096123456769");
  EXPECT_EQ(statement.account.currency, "EUR");
  EXPECT_EQ(statement.account.owner, "INVENTED BV");
  EXPECT_EQ(statement.account.servicer, "GEBABEBB");
  EXPECT_TRUE(statement.remarks.empty()) << statement.remarks.at(0).text;
  EXPECT_EQ(check_balances(statement).verdict, BalanceVerdict::agrees);
  const Entry& entry = statement.entries.at(0);
  EXPECT_EQ(format_decimal(entry.amount->amount), "50.005");
  EXPECT_EQ(entry.direction, Direction::credit);
  EXPECT_EQ(entry.from.name, "ANA EJEMPLO LARGO");
  EXPECT_EQ(entry.from.account, "BE43068999999501");
  EXPECT_EQ(entry.from.bank, "KREDBEBB");
  EXPECT_EQ(entry.from.address, "STREET 5, 1000 BRUSSELS");
  EXPECT_EQ(entry.references.customer, "CUSTREF");
  EXPECT_EQ(entry.references.servicer, "BANKREF");
  EXPECT_EQ(entry.code, "00150000");
  EXPECT_EQ(format_time(entry.booked->time), "2026-03-04");
  EXPECT_EQ(entry.place_in_file.line, 3u);
  EXPECT_EQ(entry.place_in_file.length, 5u * 130u);
}

TEST(Coda, ReadsAPaymentReferenceAndChecksIt) {
  const std::string good =
      kHeader + kOld + movement("00010000", "0", "000000000001000", "1101090933755493") +
      closing("000000000101000") + trailer("000003", "000000000000000", "000000000001000");
  EXPECT_EQ(read(good).statements.at(0).entries.at(0).references.creditor_reference,
            "+++090/9337/55493+++");
  std::string wrong = good;
  wrong.replace(wrong.find("090933755493"), 12, "090933755494");
  const StatementFile file = read(wrong);
  EXPECT_FALSE(file.statements.at(0).entries.at(0).references.creditor_reference);
  EXPECT_EQ(file.statements[0].entries[0].information, "101090933755494");
}

TEST(Coda, ReadsADirectDebit) {
  std::string communication = "1127040326" + std::string("1") + "1" + "0";
  communication += "BE69ZZZ050D000000008";
  communication.resize(1 + 3 + 9 + 35, ' ');
  const std::string file_text =
      kHeader + kOld + movement("00010000", "1", "000000000001000", communication, "1 0") +
      record({{1, "2200010000"}, {11, "   MANDATE-5"}, {126, "0 0"}}) + closing("000000000099000") +
      trailer("000004", "000000000001000", "000000000000000");
  const StatementFile file = read(file_text);
  const References& references = file.statements.at(0).entries.at(0).references;
  EXPECT_EQ(references.creditor_id, "BE69ZZZ050D000000008");
  EXPECT_EQ(references.mandate, "MANDATE-5");
}

TEST(Coda, PutsDetailsBelowTheirMovement) {
  const StatementFile file =
      read(kHeader + kOld + movement("00010000", "0", "000000000003000", "0batch") +
           movement("00010001", "0", "000000000001000", "0first") +
           movement("00010002", "0", "000000000002000", "0second") + closing("000000000103000") +
           trailer("000005", "000000000000000", "000000000003000"));
  const auto& entries = file.statements.at(0).entries;
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_TRUE(entries[0].has_details);
  EXPECT_EQ(entries[1].parent, 0u);
  EXPECT_EQ(entries[2].parent, 0u);
  EXPECT_EQ(check_balances(file.statements[0]).verdict, BalanceVerdict::agrees);
  EXPECT_TRUE(file.statements[0].remarks.empty());
}

struct Doubt {
  const char* name;
  std::string bytes;
  const char* says;
};

TEST(Coda, SaysWhatDoesNotFit) {
  const std::string skipped = [] {
    std::string text = kWhole;
    for (std::size_t at = text.find("0001000"); at != text.npos; at = text.find("0001000", at))
      text.replace(at, 4, "0002");
    return text;
  }();
  const Doubt doubts[] = {
      {"records",
       kHeader + kOld + kCredit + closing("000000000150005") +
           trailer("000008", "000000000000000", "000000000050005"),
       "counts 8 records, there are 7"},
      {"credits",
       kHeader + kOld + kCredit + closing("000000000150005") +
           trailer("000007", "000000000000000", "000000000050006"),
       "sums credits to 50.006, they are 50.005"},
      {"no trailer", kHeader + kOld + kCredit + closing("000000000150005"), "no trailer"},
      {"link",
       kHeader + kOld + movement("00010000", "0", "000000000050005", "0x", "1 0") +
           closing("000000000150005") + trailer("000003", "000000000000000", "000000000050005"),
       "announces its next article"},
      {"sequence", skipped, "movement 2 follows 0"},
  };
  for (const Doubt& doubt : doubts) {
    const StatementFile file = read(doubt.bytes);
    ASSERT_EQ(file.statements.size(), 1u) << doubt.name;
    ASSERT_FALSE(file.statements[0].remarks.empty()) << doubt.name;
    EXPECT_THAT(file.statements[0].remarks[0].text, HasSubstr(doubt.says)) << doubt.name;
  }
}

TEST(Coda, RejectsABrokenStatementAndReadsTheOthers) {
  const Doubt faults[] = {
      {"amount", movement("00010000", "0", "0000000000X0005", "0x"), "columns 32 to 47"},
      {"sign", movement("00010000", "5", "000000000050005", "0x"), "columns 32 to 47"},
      {"detail of nothing", movement("00010001", "0", "000000000050005", "0x"),
       "detail 1 of movement 1"},
      {"kind", record({{1, "5"}}), "no record of kind 5"},
      {"too wide", "21" + std::string(140, '0') + "\r\n", "longer than 128"},
      {"other movement",
       movement("00010000", "0", "000000000050005", "0x", "1 0") + record({{1, "2200020000"}}),
       "behind movement 1"},
  };
  for (const Doubt& fault : faults) {
    const StatementFile file =
        read(kWhole + kHeader + kOld + fault.bytes + closing("000000000150005") +
             trailer("000003", "000000000000000", "000000000050005") + kWhole);
    EXPECT_EQ(file.statements.size(), 2u) << fault.name;
    ASSERT_EQ(file.rejects.size(), 1u) << fault.name;
    EXPECT_THAT(file.rejects[0].reason, HasSubstr(fault.says)) << fault.name;
    EXPECT_GE(file.rejects[0].place_in_file.line, 12u) << fault.name;
    EXPECT_EQ(file.rejects[0].statement, "BE71096123456769") << fault.name;
  }
  const StatementFile cut = read(kWhole + kHeader + kOld + kCredit);
  EXPECT_EQ(cut.statements.size(), 1u);
  ASSERT_EQ(cut.rejects.size(), 1u);
  EXPECT_EQ(cut.rejects[0].code, ErrorCode::bank_cut_short);
}

TEST(Coda, ReadsLinesWithoutTheirBlanksAndWithAccents) {
  std::string bytes = kWhole;
  for (std::size_t at = bytes.find("\r\n"); at != bytes.npos; at = bytes.find("\r\n", at + 1)) {
    std::size_t begin = at;
    while (bytes[begin - 1] == ' ') --begin;
    bytes.erase(begin, at - begin);
    at = begin;
  }
  bytes.replace(bytes.find("ANA EJEMPLO LARGO"), 3, "\xc3\x81NA");
  const StatementFile file = read(bytes);
  ASSERT_EQ(file.statements.size(), 1u);
  EXPECT_EQ(file.statements[0].entries.at(0).from.name, "\xc3\x81NA EJEMPLO LARGO");
  EXPECT_EQ(file.statements[0].entries.at(0).from.address, "STREET 5, 1000 BRUSSELS");
}

}  // namespace
}  // namespace ovillo::bank
