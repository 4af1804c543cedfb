// Phone extractions: the models of a report.xml, alone and in their zip.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/source_folder.hpp"
#include "ovillo/intake/internal/phone_words.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

std::string sample() {
  return ovillo::read_file(std::filesystem::path(OVILLO_SOURCE_DIR) /
                           "fuzz/corpus/phone_report/small.xml")
      .value();
}

TEST(ReadPhoneReport, GivesEachModelAsARecord) {
  const std::string bytes = sample();
  const Collected read = read_holding(bytes);
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 6u);
  EXPECT_EQ(read.count.rejects, 0u);
  // The phone itself
  EXPECT_EQ(read.kind(0), RecordKind::thing);
  EXPECT_EQ(read.value(0, Field::phone), "+447700900100");
  // A contact
  EXPECT_EQ(read.kind(1), RecordKind::person);
  EXPECT_EQ(read.value(1, Field::name), "Eva Ejemplo");
  EXPECT_EQ(read.value(1, Field::phone), "+44 7700 900101");
  EXPECT_EQ(read.value(1, Field::channel), "WhatsApp");
  // A deleted call
  EXPECT_EQ(read.kind(2), RecordKind::call);
  EXPECT_EQ(read.cell(2, "deleted"), "Deleted");
  EXPECT_EQ(read.cell(2, "decoding_confidence"), "Medium");
  EXPECT_EQ(read.value(2, Field::from_phone), "+447700900101");
  EXPECT_EQ(read.value(2, Field::to_phone), "+447700900100");
  EXPECT_EQ(read.cell(2, "to_is"), "owner of the phone");
  EXPECT_EQ(read.value(2, Field::duration_s), "72");
  EXPECT_EQ(format_time(*read.batches[0].time[2]), "2026-01-24T15:05:33+01:00");
  // A message of a chat of two: the other one received it
  EXPECT_EQ(read.kind(3), RecordKind::message);
  EXPECT_EQ(read.value(3, Field::text), "pay <120> to +44 7700 900102");
  EXPECT_EQ(read.value(3, Field::from_phone), "+447700900101");
  EXPECT_EQ(read.value(3, Field::to_phone), "+447700900100");
  EXPECT_EQ(read.value(3, Field::channel), "WhatsApp");
  EXPECT_EQ(read.value(3, Field::photo), "IMG-1.jpg");
  EXPECT_EQ(read.cell(3, "Chat Id"), "chat-9");
  EXPECT_EQ(read.cell(4, "deleted"), "Deleted");
  // A model that is not listed keeps its fields
  EXPECT_EQ(read.kind(5), RecordKind::document);
  EXPECT_EQ(read.cell(5, "Name"), "App");
  // What opens an account is not read.
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].member, "Password w1");
  for (const RecordBatch& batch : read.batches)
    for (std::size_t c = 0; c < batch.cell_value.size(); ++c)
      EXPECT_EQ(batch.cell_value[c].find("invented secret"), std::string_view::npos);
  // Every raw row is what the file has at its place.
  for (std::size_t i = 1; i < read.batches[0].size(); ++i) {
    const RecordBatch& batch = read.batches[0];
    EXPECT_EQ(read.raw_row(i), bytes.substr(batch.byte[i], batch.length[i]));
    EXPECT_THAT(read.raw_row(i), ::testing::StartsWith("<model "));
    EXPECT_THAT(read.raw_row(i), ::testing::EndsWith("</model>"));
  }
}

TEST(ReadPhoneReport, ReadsItInItsZipAndHoldsTheFiles) {
  const Collected read = read_holding(
      made_archive({{"report.xml", sample()}, {"files/Audio/a.opus", "OggS invented"}}, true));
  ASSERT_FALSE(read.error) << read.error->message();
  EXPECT_EQ(read.records, 6u);
  ASSERT_EQ(read.held.size(), 2u);
  EXPECT_EQ(read.held[1].member, "files/Audio/a.opus");
}

TEST(ReadPhoneReport, KeepsWhatCameBeforeTheDamage) {
  const std::string bytes = sample();
  const Collected cut = read_holding(bytes.substr(0, bytes.find("id=\"m2\"")));
  ASSERT_FALSE(cut.error);
  EXPECT_EQ(cut.records, 4u);
  ASSERT_EQ(cut.rejects.size(), 1u);
  EXPECT_EQ(cut.rejects[0].code, "intake.bad_markup");
}

TEST(ReadPhoneReport, RefusesEntities) {
  std::string bytes = sample();
  bytes.insert(bytes.find("<project"),
               "<!DOCTYPE p [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b \"&a;&a;\">]>");
  const Collected read = read_holding(bytes);
  EXPECT_EQ(read.records, 0u);
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_THAT(read.rejects[0].sentence, ::testing::HasSubstr("document type"));
}

TEST(ReadPhoneReport, RejectsAModelThatIsTooLongAndReadsTheNext) {
  std::string bytes = sample();
  const std::size_t body = bytes.find("pay &lt;");
  bytes.insert(body, std::string(200'000, 'x'));
  ReadOptions options;
  options.max_row_bytes = 4096;
  const Collected read = read_holding(bytes, {}, options);
  EXPECT_EQ(read.records, 5u);
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].code, "intake.row_too_long");
}

TEST(PhoneWords, ReadIdentifiersAndClocks) {
  EXPECT_EQ(phone_of_identifier("447700900123@s.whatsapp.net"), "+447700900123");
  EXPECT_EQ(phone_of_identifier("+44 7700 900123"), "+44 7700 900123");
  EXPECT_EQ(phone_of_identifier("eva@example.org"), "");
  EXPECT_EQ(phone_of_identifier("447700900123-1@g.us"), "");
  EXPECT_EQ(phone_of_identifier("Eva"), "");
  EXPECT_EQ(seconds_of("00:01:12"), "72");
  EXPECT_EQ(seconds_of("01:00:00.5000000"), "3600");
  EXPECT_EQ(seconds_of("12"), "12");
}

}  // namespace
}  // namespace ovillo::intake
