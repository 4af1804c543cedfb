// Bank statements as records: sides, amounts, provenance, equal rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

using ::testing::HasSubstr;

const std::string kHead =
    ":20:REF1\r\n:25:BE71096123456769\r\n:28C:12/1\r\n:60F:C260303EUR100,00\r\n";
const std::string kEnd = ":62F:C260304EUR150,00\r\n-\r\n";
const std::string kDeposit = ":61:2603040304C50,00NMSCNONREF\r\n:86:CASH DESK 4\r\n";

TEST(BankFile, MakesATransferOfAMovement) {
  const Collected read = read_collected(kHead +
                                        ":61:2603050304D20,50NTRFX//BANK1\r\n:86:/EREF/E5/IBAN/"
                                        "NL02ABNA0123456789/NAME/Ana E/REMI/rent/\r\n" +
                                        kEnd);
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.kind(0), RecordKind::transfer);
  EXPECT_EQ(read.value(0, Field::from_account), "BE71096123456769");
  EXPECT_EQ(read.value(0, Field::to_account), "NL02ABNA0123456789");
  EXPECT_EQ(read.value(0, Field::to_name), "Ana E");
  EXPECT_EQ(read.value(0, Field::amount), "20.50");
  EXPECT_EQ(read.value(0, Field::currency), "EUR");
  EXPECT_EQ(read.value(0, Field::text), "rent");
  EXPECT_EQ(read.value(0, Field::reference), "BANK1");
  EXPECT_EQ(read.cell(0, "statement_id"), "REF1");
  EXPECT_EQ(read.cell(0, "line"), "5");
  const auto [batch, row] = read.at(0);
  ASSERT_TRUE(batch->time[row]);
  EXPECT_EQ(format_time(*batch->time[row]), "2026-03-04");
  EXPECT_EQ(batch->byte[row], kHead.size());
}

TEST(BankFile, KeepsEqualDepositsApart) {
  const Collected read = read_collected(kHead + kDeposit + kDeposit + kEnd);
  ASSERT_EQ(read.records, 2u);
  EXPECT_EQ(read.raw_row(0), read.raw_row(1));
  EXPECT_EQ(read.value(0, Field::reference), "");
}

TEST(BankFile, TellsEqualMovementsOfTwoAccountsApart) {
  std::string other = kHead;
  other.replace(other.find("BE71"), 16, "BE43068999999501");
  const Collected read = read_collected(kHead + kDeposit + kEnd + other + kDeposit + kEnd);
  ASSERT_EQ(read.records, 2u);
  EXPECT_NE(read.raw_row(0), read.raw_row(1));
}

TEST(BankFile, CountsABrokenStatementAsOneReject) {
  const Collected read = read_collected(kHead + kDeposit + kEnd + kHead + ":61:X\r\n" + kEnd +
                                        kHead + kDeposit + kEnd);
  EXPECT_EQ(read.count.records, 2u);
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].code, "bank.bad_entry");
  EXPECT_THAT(read.rejects[0].sentence, HasSubstr("line 13, account BE71096123456769"));
}

std::string batch_of(const std::string& first, const std::string& second) {
  const auto detail = [](const std::string& amount) {
    return "<TxDtls><Amt Ccy=\"EUR\">" + amount +
           "</Amt><RltdPties><Cdtr><Nm>N</Nm></Cdtr></RltdPties></TxDtls>";
  };
  return "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt>"
         "<Id>S</Id><Acct><Id><IBAN>BE71096123456769</IBAN></Id></Acct>"
         "<Ntry><Amt Ccy=\"EUR\">100</Amt><CdtDbtInd>DBIT</CdtDbtInd><NtryDtls>" +
         detail(first) + detail(second) + "</NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>";
}

TEST(BankFile, CountsTheMoneyOfABatchOnce) {
  const Collected adds_up = read_collected(batch_of("60", "40.00"));
  ASSERT_EQ(adds_up.records, 2u);
  EXPECT_EQ(adds_up.value(0, Field::amount), "60");
  EXPECT_EQ(adds_up.value(1, Field::amount), "40.00");
  EXPECT_EQ(adds_up.cell(1, "movement_amount"), "100");
  const Collected does_not = read_collected(batch_of("60", "41"));
  ASSERT_EQ(does_not.records, 3u);
  EXPECT_EQ(does_not.value(0, Field::amount), "100");
  EXPECT_EQ(does_not.value(1, Field::amount), "");
  EXPECT_EQ(does_not.cell(1, "amount_in_movement"), "60");
  EXPECT_EQ(does_not.value(1, Field::from_account), "BE71096123456769");
}

TEST(BankFile, RefusesXmlThatIsNoStatement) {
  for (const char* bytes :
       {"<?xml version=\"1.0\"?><a><b>BkToCstmrStmt</b></a>", "<a><BkToCstmrStmt"}) {
    const Collected read = read_collected(bytes);
    ASSERT_TRUE(read.error) << bytes;
    EXPECT_EQ(read.error->code(), ErrorCode::intake_unknown_format);
  }
}

}  // namespace
}  // namespace ovillo::intake
