// Chats as WhatsApp exports them, in the ways that phones of six languages write a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/intake/internal/chat_line.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

using namespace std::string_view_literals;

struct LineCase {
  const char* name;
  std::string_view line;
  std::string_view time;  // under day first; "-": no head
  std::string_view rest;
};

class ChatLine : public ::testing::TestWithParam<LineCase> {};

TEST_P(ChatLine, ReadsTheTimeAsWritten) {
  const LineCase& c = GetParam();
  const auto head = read_chat_line(c.line);
  if (c.time == "-") {
    EXPECT_FALSE(head);
    return;
  }
  ASSERT_TRUE(head);
  EXPECT_EQ(chat_time(*head, DateOrder::day_first).value_or("none"), c.time);
  EXPECT_EQ(c.line.substr(head->rest), c.rest);
}

INSTANTIATE_TEST_SUITE_P(
    Locales, ChatLine,
    ::testing::Values(
        LineCase{"nl", "24-01-2026 15:05 - Eva: x"sv, "2026-01-24T15:05", "Eva: x"},
        LineCase{"nl_short", "24-01-26 15:05 - Eva: x"sv, "2026-01-24T15:05", "Eva: x"},
        LineCase{"nl_brackets", "[24-01-2026 15:05:33] Eva: x"sv, "2026-01-24T15:05:33", "Eva: x"},
        LineCase{"fr", "24/01/2026 à 15:05 - Eva: x"sv, "2026-01-24T15:05", "Eva: x"},
        LineCase{"fr_comma", "24/01/2026, 15:05 - Eva: x"sv, "2026-01-24T15:05", "Eva: x"},
        LineCase{"de", "24.01.26, 15:05 - Eva: x"sv, "2026-01-24T15:05", "Eva: x"},
        LineCase{"de_um", "24.01.2026 um 15:05 - Eva: x"sv, "2026-01-24T15:05", "Eva: x"},
        LineCase{"es", "24/1/26, 15:05 - Eva: x"sv, "2026-01-24T15:05", "Eva: x"},
        LineCase{"es_pm", "24/1/26, 3:05 p.\xc2\xa0m. - Eva: x"sv, "2026-01-24T15:05", "Eva: x"},
        LineCase{"es_noon", "24/1/26, 12:05 p. m. - Eva: x"sv, "2026-01-24T12:05", "Eva: x"},
        LineCase{"es_brackets", "[24/1/26 15:05:33] Eva: x"sv, "2026-01-24T15:05:33", "Eva: x"},
        LineCase{"pt", "24/01/2026 15:05 - Eva: x"sv, "2026-01-24T15:05", "Eva: x"},
        LineCase{"pt_as", "24/01/2026 às 15:05 - Eva: x"sv, "2026-01-24T15:05", "Eva: x"},
        LineCase{"en_midnight",
                 "24/01/2026, 12:05\xe2\x80\xaf"
                 "am - Eva: x"sv,
                 "2026-01-24T00:05", "Eva: x"},
        LineCase{"year_first", "2026-01-24, 15:05 - Eva: x"sv, "2026-01-24T15:05", "Eva: x"},
        LineCase{"marks", "\xe2\x80\x8e[24/01/2026, 15:05:33] Eva: x"sv, "2026-01-24T15:05:33",
                 "Eva: x"},
        LineCase{"no_such_day", "31/02/2026, 15:05 - Eva: x"sv, "none", "Eva: x"},
        LineCase{"thirteen_pm", "24/01/2026, 13:05 PM - Eva: x"sv, "none", "Eva: x"},
        LineCase{"price_is_no_date", "24/01/2026 - 120 euro"sv, "-", ""},
        LineCase{"mixed_separators", "24/01-2026, 15:05 - Eva: x"sv, "-", ""},
        LineCase{"open_bracket", "[24/01/2026, 15:05:33 Eva: x"sv, "-", ""}),
    [](const auto& of) { return of.param.name; });

TEST(ReadWhatsApp, GivesAMessageARecord) {
  const Collected read = read_collected(
      "24-01-2026 15:05 - Berichten zijn end-to-end versleuteld.\n"
      "24-01-2026 15:06 - Eva: hallo\ntweede regel\n"
      "24-01-2026 15:07 - +44 7700 900123: \xe2\x80\x8eIMG-20260124-WA0001.jpg (bestand "
      "bijgevoegd)\nkijk\n"
      "24-01-2026 15:08 - Eva: <Media weggelaten>\n"sv);
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 4u);
  EXPECT_THAT(read.forms,
              ::testing::ElementsAre("WhatsApp chat, UTF-8, day first (seen in the dates)"));
  EXPECT_EQ(read.kind(1), RecordKind::message);
  EXPECT_EQ(read.value(0, Field::text), "Berichten zijn end-to-end versleuteld.");
  EXPECT_EQ(read.value(1, Field::from_name), "Eva");
  EXPECT_EQ(read.value(1, Field::text), "hallo\ntweede regel");
  EXPECT_EQ(read.value(1, Field::channel), "WhatsApp");
  EXPECT_EQ(read.raw_row(1), "24-01-2026 15:06 - Eva: hallo\ntweede regel");
  EXPECT_EQ(read.value(2, Field::from_phone), "+44 7700 900123");
  EXPECT_EQ(read.value(2, Field::photo), "IMG-20260124-WA0001.jpg");
  EXPECT_EQ(read.value(2, Field::text), "kijk");
  EXPECT_EQ(read.cell(3, "left_out"), "<Media weggelaten>");
  EXPECT_EQ(read.batches[0].byte[1], 58u);
  ASSERT_TRUE(read.batches[0].time[1]);
  EXPECT_EQ(format_time(*read.batches[0].time[1]), "2026-01-24T15:06+00:00");
}

TEST(ReadWhatsApp, KnowsMonthFirstFromTheDates) {
  const Collected read = read_collected(
      "[1/2/26, 3:05:33\xe2\x80\xafPM] Eva: a\r\n[1/24/26, 3:06:01\xe2\x80\xafPM] ~\xc2\xa0Lea: b\r\n"sv);
  ASSERT_EQ(read.records, 2u);
  EXPECT_EQ(format_time(*read.batches[0].time[0]), "2026-01-02T15:05:33+00:00");
  EXPECT_EQ(read.value(1, Field::from_name), "Lea");
  EXPECT_EQ(read.cell(1, "sender_name_is"), "chosen by the sender");
}

TEST(ReadWhatsApp, KnowsTheOrderFromMessagesThatRunForward) {
  // Month first they would run back: 1 April, then 2 March.
  const Collected read = read_collected(
      "03/01/2026, 15:05 - Eva: a\n04/01/2026, 15:05 - Eva: b\n03/02/2026, 15:05 - Eva: c\n"sv);
  ASSERT_EQ(read.records, 3u);
  EXPECT_EQ(format_time(*read.batches[0].time[1]), "2026-01-04T15:05+00:00");
}

TEST(ReadWhatsApp, SaysWhenTheOrderIsAssumed) {
  const Collected read = read_collected("03/04/2026, 15:05 - Eva: a\n");
  EXPECT_THAT(read.forms, ::testing::ElementsAre(
                              ::testing::HasSubstr("(assumed: nothing in the dates tells)")));
}

TEST(ReadWhatsApp, RejectsAMessageThatIsNoTextAndReadsOn) {
  const Collected read = read_collected(
      "24.01.26, 15:05 - Eva: caf\xc3\xa9\n24.01.26, 15:06 - Eva: a\0b\n24.01.26, 15:07 - Eva: c\n"sv);
  EXPECT_EQ(read.records, 2u);
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].code, "intake.nul_byte");
  EXPECT_EQ(read.rejects[0].row, 2u);
}

TEST(ReadWhatsApp, GivesUpOnAMessageWithoutEndAndReadsTheNext) {
  ReadOptions options;
  options.max_row_bytes = 1000;
  std::string chat = "24.01.26, 15:05 - Eva: a\n24.01.26, 15:06 - Eva: b\n";
  for (int i = 0; i < 300; ++i) chat += "and on it goes\n";
  chat += "24.01.26, 15:07 - Eva: c\n";
  const Collected read = read_collected(chat, {}, options);
  EXPECT_EQ(read.records, 2u);
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].code, "intake.row_too_long");
  EXPECT_EQ(read.value(1, Field::text), "c");
}

TEST(HeldFiles, AreCountedWithTheirHashAndReason) {
  const std::string chat = "24.01.26, 15:05 - Eva: a\n24.01.26, 15:06 - Eva: b\n";
  const Collected read =
      read_holding(made_archive({{"_chat.txt", chat},
                                 {"note.opus", "OggS an invented voice note"},
                                 {"../../etc/evil.txt", chat},
                                 {"inner.zip", made_archive({{"a", chat}}, true)},
                                 {"link", "->/etc/passwd"}},
                                false));
  ASSERT_FALSE(read.error) << read.error->message();
  EXPECT_EQ(read.records, 2u);
  ASSERT_EQ(read.held.size(), 3u);
  EXPECT_EQ(read.held[0].member, "note.opus");
  EXPECT_EQ(read.held[0].sha256, sha256_hex("OggS an invented voice note"));
  EXPECT_EQ(read.held[0].bytes, 27u);
  EXPECT_THAT(read.held[0].sentence, ::testing::HasSubstr("sound or film"));
  EXPECT_EQ(read.held[1].code, ErrorCode::intake_unsafe_path);
  EXPECT_EQ(read.held[2].code, ErrorCode::intake_nested_archive);
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].code, "intake.not_a_file");
  EXPECT_EQ(read.count.rows, 6u);
}

TEST(HeldFiles, AreWholeFilesToo) {
  const std::string note = "OggS an invented voice note";
  const Collected read = read_holding(note);
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].sha256, sha256_hex(note));
  EXPECT_EQ(read.held[0].code, ErrorCode::intake_no_reader);
  EXPECT_EQ(read.count.rows, 1u);
}

}  // namespace
}  // namespace ovillo::intake
