// PDF: pages with their boxes; scans, locked, broken and hostile files; a program that misbehaves.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/internal/test_pdf.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

using ::testing::HasSubstr;

const MadePage kAdvert = {
    {72, 720, "Eva Ejemplo rents"}, {72, 706, "call +44 7700 900123"}, {320, 720, "a & <b>"}};

TEST(ReadPdf, GivesEachPageWithItsLinesAndBoxes) {
  const std::string bytes = made_pdf({kAdvert, {{72, 700, "page two"}}});
  const Collected read = read_holding(bytes);
  ASSERT_FALSE(read.error) << read.error->message();
  EXPECT_EQ(read.forms, std::vector<std::string>{"PDF"});
  ASSERT_EQ(read.records, 2u);
  EXPECT_EQ(read.count.rows, 2u);
  EXPECT_EQ(read.kind(0), RecordKind::document);
  EXPECT_EQ(read.value(0, Field::text), "Eva Ejemplo rents\ncall +44 7700 900123\n\na & <b>");
  EXPECT_EQ(read.cell(0, "page"), "1");
  EXPECT_EQ(read.cell(0, "page_box"), "0 0 595.0 842.0");
  // From the upper left corner: the line that stands at y 720 has its foot near 842 - 720.
  EXPECT_EQ(read.cell(0, "line_boxes"),
            "72.0 113.4 169.4 124.5\n72.0 127.4 187.1 138.5\n\n320.0 113.4 362.0 124.5");
  EXPECT_EQ(read.cell(1, "page"), "2");
  EXPECT_EQ(read.value(1, Field::text), "page two");
  EXPECT_EQ(read.batches[0].length[0], bytes.size());
  EXPECT_EQ(read.raw_row(1), "0 0 595.0 842.0\n" + read.cell(1, "line_boxes") + "\npage two");
}

TEST(ReadPdf, HoldsAPageWithoutText) {
  const Collected read = read_holding(made_pdf({kAdvert, {}, kAdvert}));
  ASSERT_FALSE(read.error);
  EXPECT_EQ(read.records, 2u);
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].member, "page 2");
  EXPECT_THAT(read.held[0].sentence, HasSubstr("scanned"));
  EXPECT_EQ(read.cell(1, "page"), "3");
}

TEST(ReadPdf, HoldsOneThatIsLocked) {
  const std::string key(32, 'x');
  const std::string bytes = made_pdf(
      {kAdvert}, fmt::format("/ID [ (0123456789abcdef) (0123456789abcdef) ] /Encrypt << /Filter "
                             "/Standard /V 1 /R 2 /Length 40 /O ({}) /U ({}) /P -4 >>",
                             key, key));
  const Collected read = read_holding(bytes);
  ASSERT_FALSE(read.error);
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].code, ErrorCode::intake_encrypted_member);
  EXPECT_EQ(read.held[0].sha256, sha256_hex(bytes));
  EXPECT_EQ(read.count.rows, 1u);
}

TEST(ReadPdf, HoldsOneThatIsBroken) {
  const std::string sound = made_pdf({kAdvert});
  for (const std::string& bytes : {std::string("%PDF-1.7"), sound.substr(0, 60)}) {
    const Collected read = read_holding(bytes);
    ASSERT_FALSE(read.error);
    EXPECT_EQ(read.records, 0u);
    ASSERT_EQ(read.held.size(), 1u);
    EXPECT_EQ(read.held[0].code, ErrorCode::intake_helper_failed);
    EXPECT_EQ(read.held[0].sha256, sha256_hex(bytes));
  }
}

TEST(ReadPdf, ReadsWhatADamagedOneStillHoldsAndSaysSo) {
  std::string bytes = made_pdf({kAdvert, {{72, 700, "page two"}}});
  bytes[bytes.find("two)") + 3] = ' ';  // a string without an end
  const Collected read = read_holding(bytes);
  ASSERT_FALSE(read.error);
  EXPECT_EQ(read.records, 1u);
  ASSERT_EQ(read.held.size(), 2u);
  EXPECT_EQ(read.held[0].member, "page 2");
  EXPECT_THAT(read.held[1].sentence, HasSubstr("damaged"));
  EXPECT_EQ(read.held[1].sha256, sha256_hex(bytes));
}

TEST(ReadPdf, ReadsTenThousandPages) {
  const std::vector<MadePage> pages(10'000, {{72, 700, "page"}});
  const Collected read = read_holding(made_pdf(pages));
  ASSERT_FALSE(read.error);
  EXPECT_EQ(read.records, 10'000u);
  EXPECT_EQ(read.count.rows, 10'000u);
  EXPECT_EQ(read.cell(9'999, "page"), "10000");
}

TEST(ReadPdf, RejectsAPageThatIsTooLongAndReadsTheNext) {
  ReadOptions options;
  options.max_row_bytes = 20;
  const Collected read = read_holding(made_pdf({kAdvert, {{72, 700, "short"}}}), {}, options);
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].code, "intake.row_too_long");
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.cell(0, "page"), "2");
}

TEST(ReadPdf, IsAMemberLikeAnyOther) {
  const std::string pdf = made_pdf({kAdvert, {}});
  const Collected read =
      read_holding(made_archive({{"in/a.pdf", pdf}, {"b.csv", "id,text\n1,x\n"}}, true));
  ASSERT_FALSE(read.error);
  ASSERT_EQ(read.records, 2u);
  EXPECT_EQ(read.batches[0].member, "in/a.pdf");
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].member, "in/a.pdf/page 2");
}

TEST(ReadPdf, IsReadWhereItIsAttachedToAMail) {
  const Collected read = read_holding(
      "From: eva@example.org\r\nTo: lea@example.org\r\nDate: Sat, 24 Jan 2026 15:05:33 +0100\r\n"
      "Message-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: application/pdf; name=\"a.pdf\"\r\n"
      "Content-Disposition: attachment; filename=\"a.pdf\"\r\n"
      "Content-Transfer-Encoding: binary\r\n\r\n" +
      made_pdf({kAdvert, {}}));
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 2u);
  EXPECT_EQ(read.kind(0), RecordKind::message);
  EXPECT_EQ(read.cell(1, "name"), "mail 1/a.pdf");
  EXPECT_EQ(read.cell(1, "attached_to"), "<1@example.org>");
  EXPECT_THAT(read.value(1, Field::text), HasSubstr("+44 7700 900123"));
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].member, "mail 1/a.pdf/page 2");
}

TEST(ReadPdf, IsHeldWhereTheProgramIsNotInstalled) {
  ReadOptions options;
  options.programs = "/nowhere";
  const std::string bytes = made_pdf({kAdvert});
  const Collected read = read_holding(bytes, {}, options);
  ASSERT_FALSE(read.error);
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].code, ErrorCode::intake_no_reader);
  EXPECT_EQ(read.held[0].sha256, sha256_hex(bytes));
  EXPECT_THAT(read.held[0].sentence, HasSubstr("pdftotext is not installed"));
  // Where nobody takes what is held, it is a reject.
  EXPECT_EQ(read_collected(bytes, {}, options).rejects.size(), 1u);
}

// A program in the place of pdftotext.
class FakePdftotext : public testing::Test {
 protected:
  FakePdftotext() {
    options_.programs =
        (std::filesystem::path(testing::TempDir()) /
         fmt::format("pdf_{}", testing::UnitTest::GetInstance()->current_test_info()->name()))
            .string();
    std::filesystem::create_directories(options_.programs);
  }
  ~FakePdftotext() override { std::filesystem::remove_all(options_.programs); }

  Collected read(const std::string& script) {
    const std::filesystem::path path = options_.programs + "/pdftotext";
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return read_holding("%PDF-1.7", {}, options_);
  }

  ReadOptions options_;
};

TEST_F(FakePdftotext, ThatEndsHalfWayLeavesThePagesBefore) {
  const std::string page = "<page width=\"1\" height=\"2\"><word>a</word></page>";
  const Collected half = read("echo '<doc>" + page + "<page>'; exit 1");
  ASSERT_FALSE(half.error);
  EXPECT_EQ(half.records, 1u);
  ASSERT_EQ(half.held.size(), 1u);
  EXPECT_THAT(half.held[0].sentence, HasSubstr("1 pages were read"));
  // As does one that ends well without saying the end.
  const Collected cut = read("echo '<doc>" + page + "<page>'");
  EXPECT_EQ(cut.records, 1u);
  EXPECT_EQ(cut.held.size(), 1u);
}

TEST_F(FakePdftotext, ThatPrintsNonsenseIsNotBelieved) {
  for (const std::string script :
       {"echo hello", "echo '<doc><page></doc>'", "echo '<doc></doc>'",
        "echo '<doc><!DOCTYPE a [<!ENTITY b \"c\">]><page>&b;</page></doc>'"}) {
    const Collected nonsense = read(script);
    ASSERT_FALSE(nonsense.error);
    EXPECT_EQ(nonsense.records, 0u) << script;
    ASSERT_EQ(nonsense.held.size(), 1u) << script;
    EXPECT_EQ(nonsense.held[0].code, ErrorCode::intake_helper_failed);
  }
}

TEST_F(FakePdftotext, MayPrintBytesThatNoXmlHolds) {
  const Collected read_all = read(
      "printf '<title><d</title><doc><page><line><word>a\\001\\037b</word></line></page></doc>'");
  ASSERT_EQ(read_all.records, 1u);
  EXPECT_EQ(read_all.value(0, Field::text), "a  b");
}

}  // namespace
}  // namespace ovillo::intake
