// Mails, mailboxes and what is attached to them.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/base/source_folder.hpp"
#include "ovillo/intake/internal/mime.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

using ::testing::HasSubstr;

std::string sample(const std::string& name) {
  return ovillo::read_file(std::filesystem::path(OVILLO_SOURCE_DIR) / "fuzz/corpus/mail" / name)
      .value();
}

TEST(ReadMail, GivesTheMailAndWhatIsAttached) {
  const std::string bytes = sample("one.eml");
  const Collected read = read_holding(bytes);
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 3u);
  EXPECT_EQ(read.kind(0), RecordKind::message);
  EXPECT_EQ(read.value(0, Field::author), "eva@example.org");
  EXPECT_EQ(read.value(0, Field::from_name), "Eva Ejemplo\xc3\xa9");
  EXPECT_EQ(read.cell(0, "to"), "lea@example.org|noa@example.org");
  EXPECT_EQ(read.cell(0, "to_name"), "Lea, M.");
  EXPECT_EQ(read.value(0, Field::title), "caf\xc3\xa9 hoy");
  EXPECT_EQ(read.value(0, Field::text), "Bel +44 7700 900123 caf\xc3\xa9");
  EXPECT_EQ(read.cell(0, "references"), "<0@example.org>");
  EXPECT_EQ(read.cell(0, "attached"), "notes.txt|a.pdf");
  EXPECT_EQ(format_time(*read.batches[0].time[0]), "2026-01-24T15:05:33+01:00");
  EXPECT_EQ(read.raw_row(0), bytes);
  EXPECT_EQ(read.kind(1), RecordKind::document);
  EXPECT_EQ(read.value(1, Field::text), "call +44 7700 900124");
  EXPECT_EQ(read.cell(1, "attached_to"), "<1@example.org>");
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].member, "mail 1/a.pdf");
  EXPECT_EQ(read.held[0].sha256, sha256_hex("%PDF-1.7"));
  EXPECT_EQ(read.kind(2), RecordKind::message);
  EXPECT_EQ(read.value(2, Field::text), "inner");
  EXPECT_EQ(read.cell(2, "attached_to"), "<1@example.org>");
}

TEST(ReadMail, PartsAMailbox) {
  const std::string bytes = sample("box.mbox");
  const Collected read = read_holding(bytes);
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 2u);
  EXPECT_EQ(read.value(0, Field::text), "first\nFrom here on");
  EXPECT_EQ(read.value(1, Field::author), "lea@example.org");
  EXPECT_THAT(read.value(1, Field::text), ::testing::StartsWith("call\n+44 7700 900125 & go"));
  EXPECT_THAT(read.value(1, Field::text), ::testing::HasSubstr("From the desk"));
  EXPECT_EQ(read.value(1, Field::text).find("var x"), std::string::npos);
  EXPECT_EQ(read.cell(1, "in-reply-to"), "<a@example.org>");
  EXPECT_EQ(format_time(*read.batches[0].time[1]), "2026-01-24T15:06+00:00");
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].code, "intake.bad_mail");
  EXPECT_EQ(read.raw_row(1), bytes.substr(read.batches[0].byte[1], read.batches[0].length[1]));
}

TEST(ReadMail, RejectsAMailWithoutEndAndReadsTheNext) {
  ReadOptions options;
  options.max_row_bytes = 4096;
  std::string box = sample("box.mbox");
  box.insert(box.find("first"), std::string(3u << 20, 'x') + "\n");
  const Collected read = read_collected(box, {}, options);
  ASSERT_EQ(read.rejects.size(), 2u);
  EXPECT_EQ(read.rejects[0].code, "intake.row_too_long");
  EXPECT_EQ(read.value(0, Field::author), "lea@example.org");
}

TEST(ReadMail, BoundsMailsInMailsAndPartsInParts) {
  std::string mail =
      "From: eva@example.org\nDate: Sat, 24 Jan 2026 15:05:33 GMT\nMessage-ID: <x>\n";
  std::string tower = "inner";
  for (int i = 0; i < 60; ++i)
    tower = "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
            std::to_string(i) + "\n" + tower + "\n--b" + std::to_string(i) + "--\n";
  const Collected read = read_holding(mail + tower);
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.cell(0, "parts"), "more than are read");
  std::string many = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 5000; ++i) many += "--b\nContent-Type: image/x\n\nx\n";
  const Collected parts = read_holding(mail + many);
  EXPECT_EQ(parts.records, 1u);
  EXPECT_EQ(parts.held.size(), 1000u);
}

TEST(ReadMail, TakesNoTableOrTextForAMail) {
  const Collected read = read_collected("From: to: date\na,b\n");
  EXPECT_TRUE(read.forms.empty() || read.forms[0].find("mail") == std::string::npos);
}

struct DateCase {
  std::string_view written, read;
};

TEST(MailDate, ReadsWhatMailsWrite) {
  for (const DateCase& c :
       {DateCase{"Sat, 24 Jan 2026 15:05:33 +0100", "2026-01-24T15:05:33+01:00"},
        DateCase{"4 Jan 26 5:05:33 GMT", "2026-01-04T05:05:33Z"},
        DateCase{"Sat, 24 Jan 2026 15:05 -0500", "2026-01-24T15:05-05:00"},
        DateCase{"24 Jan 2026 15:05:33", "2026-01-24T15:05:33"},
        DateCase{"31 Feb 2026 15:05:33 +0000", "none"}, DateCase{"yesterday", "none"},
        DateCase{"", "none"}})
    EXPECT_EQ(mail_date(c.written).value_or("none"), c.read) << c.written;
}

TEST(TextOfHtml, GivesWhatAReaderWouldSee) {
  EXPECT_EQ(text_of_html("a<b>b</b> &lt;c&gt; &#233;&#x20AC; &nope; <!-- <p>x --> d"),
            "ab <c> \xc3\xa9\xe2\x82\xac &nope;  d");
  EXPECT_EQ(text_of_html("<script>a</p>b</ScRiPt>c<br/>d"), "c\nd");
  EXPECT_EQ(text_of_html("<script>never closed"), "");
}

// Written by another program for the form; fuzz/corpus/mail/outlook.msg.
TEST(ReadOutlookMail, GivesTheMailAndWhatIsAttached) {
  const std::string bytes = sample("outlook.msg");
  const Collected read = read_holding(bytes);
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 3u);
  EXPECT_EQ(read.kind(0), RecordKind::message);
  EXPECT_EQ(read.value(0, Field::author), "eva@example.org");
  EXPECT_EQ(read.value(0, Field::from_name), "Eva Ejemplo");
  EXPECT_EQ(read.cell(0, "to"), "lea@example.org|noa@example.org");
  EXPECT_EQ(read.cell(0, "cc"), "desk@example.org");
  EXPECT_EQ(read.value(0, Field::title), "caf\xc3\xa9 hoy");
  EXPECT_THAT(read.value(0, Field::text), ::testing::StartsWith("Bel +44 7700 900123 caf\xc3\xa9"));
  EXPECT_EQ(read.cell(0, "message-id"), "<1@example.org>");
  EXPECT_EQ(read.cell(0, "attached"), "notes.txt|a.bin|inside.msg");
  EXPECT_EQ(format_time(*read.batches[0].time[0]), "2026-01-24T14:05:33+00:00");
  EXPECT_EQ(read.raw_row(0), bytes);
  EXPECT_EQ(read.value(1, Field::text), "call +44 7700 900124\n");
  // A mail inside is a mail.
  EXPECT_EQ(read.kind(2), RecordKind::message);
  EXPECT_EQ(read.value(2, Field::author), "noa@example.org");
  EXPECT_EQ(read.cell(2, "attached_to"), "<1@example.org>");
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].member, "mail 1/a.bin");
  EXPECT_EQ(read.held[0].bytes, 9000u);
}

TEST(ReadOutlookMail, RejectsOneThatIsDamagedOrRunsInARing) {
  const std::string whole = sample("outlook.msg");
  const auto with = [&](std::size_t at, std::string_view bytes) {
    std::string out = whole;
    out.replace(at, bytes.size(), bytes);
    return out;
  };
  const std::size_t directory = (static_cast<unsigned char>(whole[0x30]) + 1u) * 512;
  const struct {
    const char* name;
    std::string bytes;
    const char* said;
  } rows[] = {
      {"cut", whole.substr(0, 2000), ""},
      {"header alone", whole.substr(0, 100), "no compound file"},
      {"sectors of no size", with(0x1e, "\x40"), "sectors of 2^64"},
      {"a folder in itself", with(directory + 76, std::string_view("\0\0\0\0", 4)), "ring"},
  };
  for (const auto& row : rows) {
    const Collected read = read_holding(row.bytes);
    EXPECT_FALSE(read.error) << row.name;
    ASSERT_EQ(read.rejects.size(), 1u) << row.name;
    EXPECT_EQ(read.rejects[0].code, "intake.bad_mail") << row.name;
    EXPECT_THAT(read.rejects[0].sentence, HasSubstr(row.said)) << row.name;
    EXPECT_EQ(read.count.rows, read.count.records + read.count.rejects + read.count.held);
  }
}

TEST(ReadOutlookMail, WritesNoHeaderOfItsOwn) {
  // A subject with a line end and "From: x" in it, in UTF-16.
  std::string bytes = sample("outlook.msg");
  const std::string subject("c\0a\0f\0\xe9\0 \0h\0o\0y\0", 16);
  const std::string hostile("\n\0T\0o\0:\0 \0x\0@\0y\0", 16);
  for (std::size_t at = bytes.find(subject); at != bytes.npos; at = bytes.find(subject))
    bytes.replace(at, subject.size(), hostile);
  const Collected read = read_holding(bytes);
  ASSERT_EQ(read.records, 3u);
  EXPECT_EQ(read.cell(0, "to"), "lea@example.org|noa@example.org");
  EXPECT_THAT(read.value(0, Field::title), HasSubstr("To: x@y"));
}

TEST(ReadOutlookMail, LeavesOtherOldDocumentsHeld) {
  std::string bytes = sample("outlook.msg");
  const std::string name("_\0p\0r\0o\0p\0", 10);
  for (std::size_t at = bytes.find(name); at != bytes.npos; at = bytes.find(name)) bytes[at] = 'x';
  const Collected read = read_holding(bytes);
  EXPECT_EQ(read.records, 0u);
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].code, ErrorCode::intake_no_reader);
}

}  // namespace
}  // namespace ovillo::intake
