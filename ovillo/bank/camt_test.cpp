// camt: what the elements of every version become, and what breaks a statement.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/bank/balance_check.hpp"
#include "ovillo/bank/reader.hpp"

namespace ovillo::bank {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A camt.053 with the elements given inside of Stmt, behind the account.
std::string statement(const std::string& inside,
                      const std::string& account = "<IBAN>BE71096123456769</IBAN>") {
  return "<Stmt><Id>S1</Id><Acct><Id>" + account + "</Id><Ccy>EUR</Ccy></Acct>" + inside +
         "</Stmt>";
}
std::string document(const std::string& statements, const std::string& version = "08") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001." +
         version + "\"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr>\n" + statements +
         "</BkToCstmrStmt></Document>";
}
std::string entry(const std::string& inside, const std::string& amount = "100.00",
                  const std::string& side = "CRDT") {
  return "<Ntry><Amt Ccy=\"EUR\">" + amount + "</Amt><CdtDbtInd>" + side +
         "</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>" + inside + "</Ntry>\n";
}
std::string balance(const std::string& code, const std::string& amount,
                    const std::string& side = "CRDT") {
  return "<Bal><Tp><CdOrPrtry><Cd>" + code + "</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">" + amount +
         "</Amt><CdtDbtInd>" + side + "</CdtDbtInd><Dt><Dt>2026-03-03</Dt></Dt></Bal>";
}
StatementFile read(const std::string& bytes) {
  auto file = read_statement_file(bytes, Zone::utc());
  EXPECT_TRUE(file) << file.error().message();
  return file ? *file : StatementFile();
}

TEST(Camt, KeepsAmountsAsExactAsTheFile) {
  const StatementFile file = read(document(statement(entry("", "5442.09000"))));
  ASSERT_EQ(file.statements.size(), 1u);
  const Entry& one = file.statements[0].entries.at(0);
  EXPECT_EQ(format_decimal(one.amount->amount), "5442.09000");
  EXPECT_EQ(one.amount->currency, "EUR");
}

TEST(Camt, LeavesWhatIsNotStatedEmpty) {
  const StatementFile file = read(document(statement(entry(""))));
  const Entry& one = file.statements.at(0).entries.at(0);
  EXPECT_FALSE(one.booked);
  EXPECT_FALSE(one.reversal);
  EXPECT_FALSE(one.references.end_to_end);
  EXPECT_FALSE(one.from.name);
  EXPECT_FALSE(one.from.account);
  EXPECT_TRUE(one.remittance.empty());
  EXPECT_EQ(one.to.account, "BE71096123456769");
}

TEST(Camt, ReadsThePartyOfAnyVersion) {
  for (const char* party :
       {"<Dbtr><Nm>Ana Ejemplo</Nm></Dbtr>", "<Dbtr><Pty><Nm>Ana Ejemplo</Nm></Pty></Dbtr>",
        "<Dbtr><Agt><FinInstnId><Nm>Ana Ejemplo</Nm></FinInstnId></Agt></Dbtr>"}) {
    const StatementFile file = read(document(
        statement(entry("<NtryDtls><TxDtls><RltdPties>" + std::string(party) +
                        "<DbtrAcct><Id><IBAN>NL02ABNA0123456789</IBAN></Id></DbtrAcct></RltdPties>"
                        "</TxDtls></NtryDtls>"))));
    const Entry& one = file.statements.at(0).entries.at(0);
    ASSERT_NE(one.counterparty(), nullptr);
    EXPECT_EQ(one.counterparty()->name, "Ana Ejemplo") << party;
    EXPECT_EQ(one.counterparty()->account, "NL02ABNA0123456789");
  }
}

TEST(Camt, ReadsStatusAsCodeOrWord) {
  const StatementFile file = read(document(
      statement("<Ntry><Amt Ccy=\"EUR\">1</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>PDNG</Sts></Ntry>" +
                entry(""))));
  EXPECT_EQ(file.statements.at(0).entries.at(0).status, "PDNG");
  EXPECT_EQ(file.statements.at(0).entries.at(1).status, "BOOK");
}

TEST(Camt, MakesEachTransactionOfABatchARowWithItsParent) {
  const std::string details =
      "<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>"
      "<TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><Amt Ccy=\"EUR\">60.00</Amt></TxDtls>"
      "<TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">40.00</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls>";
  const StatementFile file = read(document(statement(entry("") + entry(details))));
  const auto& entries = file.statements.at(0).entries;
  ASSERT_EQ(entries.size(), 4u);
  EXPECT_TRUE(entries[1].has_details);
  EXPECT_EQ(entries[1].batch_count, 2u);
  EXPECT_FALSE(entries[1].parent);
  EXPECT_EQ(entries[2].parent, 1u);
  EXPECT_EQ(format_decimal(entries[2].amount->amount), "60.00");
  EXPECT_EQ(entries[2].references.end_to_end, "E1");
  EXPECT_EQ(format_decimal(entries[3].amount->amount), "40.00");
  EXPECT_EQ(entries[3].direction, Direction::credit);
  EXPECT_THAT(entries[3].raw, ::testing::StartsWith("<TxDtls>"));
  EXPECT_THAT(entries[3].raw, ::testing::EndsWith("</TxDtls>"));
}

TEST(Camt, SendsTheMoneyBackInAReversal) {
  const StatementFile file = read(document(
      statement(entry("<RvslInd>true</RvslInd><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Us</Nm></Dbtr>"
                      "<Cdtr><Nm>Shop</Nm></Cdtr></RltdPties></TxDtls></NtryDtls>"))));
  const Entry& one = file.statements.at(0).entries.at(0);
  EXPECT_EQ(one.reversal, true);
  EXPECT_EQ(one.from.name, "Shop");
  EXPECT_EQ(one.to.name, "Us");
}

TEST(Camt, TellsAStatedZoneFromAnAssumedOne) {
  const StatementFile file =
      read(document(statement(entry("<BookgDt><DtTm>2026-03-03T23:30:00+01:00</DtTm></BookgDt>"
                                    "<ValDt><DtTm>2026-03-03T23:30:00.000</DtTm></ValDt>"))));
  const Entry& one = file.statements.at(0).entries.at(0);
  EXPECT_EQ(one.booked->time.zone, ZoneBasis::stated);
  EXPECT_EQ(format_utc(one.booked->time.begin_utc_s), "2026-03-03T22:30:00Z");
  EXPECT_EQ(one.value->time.zone, ZoneBasis::assumed);
  EXPECT_EQ(one.value->written, "2026-03-03T23:30:00.000");
}

TEST(Camt, ReadsADateWithAZone) {
  const StatementFile file =
      read(document(statement(entry("<BookgDt><Dt>2026-03-03+01:00</Dt></BookgDt>"))));
  const Time time = file.statements.at(0).entries.at(0).booked->time;
  EXPECT_EQ(time.precision, TimePrecision::day);
  EXPECT_EQ(format_utc(time.begin_utc_s), "2026-03-02T23:00:00Z");
}

TEST(Camt, SaysByHowMuchBalancesDiffer) {
  const StatementFile file =
      read(document(statement(balance("OPBD", "10.00") + balance("CLBD", "90.01") + entry("") +
                              entry("", "20", "DBIT")) +
                    statement(balance("OPBD", "10.00") + balance("CLBD", "10.00", "DBIT") +
                              entry("", "20", "DBIT")) +
                    statement(balance("OPBD", "10.00") + entry(""))));
  ASSERT_EQ(file.statements.size(), 3u);
  const BalanceCheck differs = check_balances(file.statements[0]);
  EXPECT_EQ(differs.verdict, BalanceVerdict::differs);
  EXPECT_EQ(format_decimal(*differs.difference), "0.01");
  EXPECT_EQ(format_decimal(*differs.movements), "80.00");
  EXPECT_EQ(check_balances(file.statements[1]).verdict, BalanceVerdict::agrees);
  EXPECT_EQ(check_balances(file.statements[2]).verdict, BalanceVerdict::not_stated);
}

TEST(Camt, RejectsABrokenStatementAndReadsTheOthers) {
  const StatementFile file = read(document(
      statement(entry("")) + "\n" + statement(entry("", "12,50"), "<Othr><Id>7</Id></Othr>") +
      "\n" + statement(entry("", "2"))));
  ASSERT_EQ(file.statements.size(), 2u);
  ASSERT_EQ(file.rejects.size(), 1u);
  EXPECT_EQ(file.rejects[0].code, ErrorCode::bank_bad_entry);
  EXPECT_THAT(file.rejects[0].reason, HasSubstr("\"12,50\" is not an amount"));
  EXPECT_EQ(file.rejects[0].place_in_file.line, 5u);
  EXPECT_EQ(file.rejects[0].statement, "7");
  EXPECT_EQ(format_decimal(file.statements[1].entries.at(0).amount->amount), "2");
}

struct Fault {
  const char* name;
  std::string inside;
  const char* reason;
};

TEST(Camt, NamesEachFault) {
  const Fault faults[] = {
      {"no direction", "<Ntry><Amt Ccy=\"EUR\">1</Amt></Ntry>", "neither credit nor debit"},
      {"wrong direction", entry("", "1", "BOTH"), "CdtDbtInd is \"BOTH\""},
      {"no amount", "<Ntry><CdtDbtInd>CRDT</CdtDbtInd></Ntry>", "no amount"},
      {"negative amount", entry("", "-1.00"), "\"-1.00\" is not an amount"},
      {"date", entry("<BookgDt><Dt>2026-02-30</Dt></BookgDt>"), "\"2026-02-30\" is not a date"},
      {"balance", balance("OPBD", "ten"), "\"ten\" is not an amount"},
  };
  for (const Fault& fault : faults) {
    const StatementFile file = read(document(statement(fault.inside) + statement(entry(""))));
    ASSERT_EQ(file.rejects.size(), 1u) << fault.name;
    EXPECT_THAT(file.rejects[0].reason, HasSubstr(fault.reason)) << fault.name;
    EXPECT_EQ(file.statements.size(), 1u) << fault.name;
  }
}

TEST(Camt, KeepsTheStatementsBeforeDamage) {
  std::string bytes = document(statement(entry("")) + statement(entry("")));
  bytes.resize(bytes.size() - 60);
  const StatementFile file = read(bytes);
  EXPECT_EQ(file.statements.size(), 1u);
  ASSERT_EQ(file.rejects.size(), 1u);
  EXPECT_EQ(file.rejects[0].code, ErrorCode::bank_bad_markup);
}

TEST(Camt, RefusesEntities) {
  const std::string bytes =
      "<!DOCTYPE Document [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" +
      document(statement(entry("<AddtlNtryInf>&b;</AddtlNtryInf>"))).substr(39);
  const auto file = read_statement_file(bytes, Zone::utc());
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code(), ErrorCode::bank_bad_markup);
}

TEST(Camt, RejectsAStatementAboveTheLimit) {
  StatementOptions options;
  options.max_statement_bytes = 2000;
  std::string many;
  for (int i = 0; i < 30; ++i) many += entry("");
  const std::string fat = entry("<AddtlNtryInf>" + std::string(5000, 'x') + "</AddtlNtryInf>");
  const auto file = read_statement_file(
      document(statement(many) + statement(fat) + statement(entry(""))), Zone::utc(), options);
  ASSERT_TRUE(file) << file.error().message();
  ASSERT_EQ(file->rejects.size(), 2u);
  EXPECT_EQ(file->rejects[0].code, ErrorCode::bank_too_large);
  EXPECT_EQ(file->rejects[1].code, ErrorCode::bank_too_large);
  ASSERT_EQ(file->statements.size(), 1u);
  EXPECT_THAT(file->statements[0].entries.at(0).raw, ::testing::StartsWith("<Ntry>"));
}

TEST(Camt, ReadsPrefixesAndWrappers) {
  const std::string bytes =
      "<e:Envelope xmlns:e=\"urn:x\" xmlns:c=\"urn:iso:std:iso:20022:tech:xsd:camt.052.001.06\">"
      "<c:Document><c:BkToCstmrAcctRpt><c:Rpt><c:Id>R</c:Id><c:Ntry><c:Amt Ccy=\"EUR\">1.5</c:Amt>"
      "<c:CdtDbtInd>DBIT</c:CdtDbtInd></c:Ntry></c:Rpt></c:BkToCstmrAcctRpt></c:Document>"
      "</e:Envelope>";
  const StatementFile file = read(bytes);
  ASSERT_EQ(file.statements.size(), 1u);
  EXPECT_EQ(file.statements[0].format, StatementFormat::camt052);
  EXPECT_EQ(file.statements[0].version, "camt.052.001.06");
  EXPECT_EQ(file.statements[0].entries.at(0).direction, Direction::debit);
}

}  // namespace
}  // namespace ovillo::bank
