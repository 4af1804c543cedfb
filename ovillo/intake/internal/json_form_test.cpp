// Chats and lists exported as JSON: Telegram, Meta, Snapchat, MISP, STIX.
#include "ovillo/intake/internal/json_form.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/source_folder.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

Collected read_sample(const std::string& name, const ReadOptions& options = {}) {
  const auto path =
      std::filesystem::path(OVILLO_SOURCE_DIR) / "fuzz" / "corpus" / "json_form" / name;
  return read_collected(ovillo::read_file(path).value(), {}, options);
}

TEST(ReadJsonForm, GivesTheMessagesOfTelegram) {
  const Collected read = read_sample("telegram.json");
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 3u);
  EXPECT_THAT(read.forms, ::testing::ElementsAre("telegram (JSON), UTF-8"));
  EXPECT_EQ(read.kind(0), RecordKind::message);
  EXPECT_EQ(read.value(0, Field::text), "bel +44 7700 900123 vandaag");
  EXPECT_EQ(read.value(0, Field::from_name), "Eva Ejemplo");
  EXPECT_EQ(read.value(0, Field::author), "user77");
  EXPECT_EQ(read.cell(0, "chat"), "Eva Ejemplo");
  EXPECT_EQ(read.cell(0, "chat_id"), "77");
  // The instant counts, not the wall clock of the machine that exported.
  EXPECT_EQ(format_time(*read.batches[0].time[0]), "2026-01-24T15:05:33+00:00");
  EXPECT_EQ(format_time(*read.batches[0].time[1]), "2026-01-24T16:06:00+00:00");
  EXPECT_EQ(read.value(2, Field::photo), "photos/photo_1.jpg");
  EXPECT_EQ(read.value(2, Field::text), "caf\xc3\xa9");
  EXPECT_THAT(read.raw_row(2), ::testing::StartsWith("{\n   \"id\": 3"));
}

TEST(ReadJsonForm, PutsRightWhatMetaWroteByteByByte) {
  const Collected read = read_sample("meta.json");
  ASSERT_EQ(read.records, 2u);
  EXPECT_EQ(read.value(0, Field::text), "caf\xc3\xa9, +44 7700 900124");
  EXPECT_EQ(read.value(0, Field::from_name), "Lea");
  EXPECT_EQ(read.value(1, Field::photo), "photos/1.jpg");
  EXPECT_EQ(put_right_utf8("caf\xc3\xa9"), "caf\xc3\xa9");
  EXPECT_EQ(put_right_utf8("\xe2\x82\xac"), "\xe2\x82\xac");
}

TEST(ReadJsonForm, GivesTheMessagesOfEveryFriendOfSnapchat) {
  const Collected read = read_sample("snapchat.json");
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.value(0, Field::text), "hi");
  EXPECT_EQ(format_time(*read.batches[0].time[0]), "2026-01-24T15:05:33+00:00");
}

TEST(ReadJsonForm, GivesAttributesOfMispByTheirType) {
  const Collected read = read_sample("misp.json");
  ASSERT_EQ(read.records, 2u);
  EXPECT_EQ(read.value(0, Field::phone), "+447700900125");
  EXPECT_EQ(read.cell(0, "event"), "invented");
  EXPECT_EQ(read.value(1, Field::iban), "BE68539007547034");
}

TEST(ReadJsonForm, RejectsABrokenMessageAndReadsTheNext) {
  const Collected read = read_collected(
      "{\"type\":\"x\",\"messages\":[\n{\"from_id\":\"user1\",\"date\":\"2026-01-24\",\"text\":"
      "\"a\"},\n"
      "{\"from_id\":tru},\n 7,\n{\"from_id\":\"user2\",\"text\":\"b\"}\n]}");
  EXPECT_EQ(read.records, 2u);
  ASSERT_EQ(read.rejects.size(), 2u);
  EXPECT_EQ(read.rejects[0].code, "intake.bad_json");
  EXPECT_EQ(read.rejects[1].code, "intake.not_an_object");
}

TEST(ReadJsonForm, SaysThatAFileBreaksOff) {
  const Collected whole = read_sample("telegram.json");
  const std::string bytes = ovillo::read_file(std::filesystem::path(OVILLO_SOURCE_DIR) /
                                              "fuzz/corpus/json_form/telegram.json")
                                .value();
  const Collected cut = read_collected(bytes.substr(0, bytes.size() - 40));
  EXPECT_EQ(cut.records, whole.records - 1);
  ASSERT_GE(cut.rejects.size(), 1u);
  EXPECT_EQ(cut.rejects.back().code, "intake.bad_json");
}

TEST(ReadJsonForm, StopsAtATowerOfBracketsAndPassesOverALongMessage) {
  const std::string head = "{\"from_id\":1,\"type\":2,\"date\":3,";
  const Collected tower =
      read_collected(head + "\"x\":" + std::string(100000, '[') + ",\"messages\":[");
  ASSERT_FALSE(tower.error);
  ReadOptions options;
  options.max_row_bytes = 1000;
  const Collected lengthy = read_collected(
      head + "\"messages\":[\n{\"text\":\"" + std::string(3u << 20, 'a') + "\"},{\"text\":\"b\"}]}",
      {}, options);
  EXPECT_EQ(lengthy.records, 1u);
  ASSERT_EQ(lengthy.rejects.size(), 1u);
  EXPECT_EQ(lengthy.rejects[0].code, "intake.row_too_long");
}

// Training events of MISP and the examples of the STIX standard, where they are at hand.
TEST(ReadJsonForm, ReadsTheExamplesOfItsStandards) {
  const std::filesystem::path folder = reference_data_folder() / "platforms";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no reference data";
  std::uint64_t n_files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    const Collected read = read_collected_file(entry.path().string());
    if (read.error || read.forms.empty()) continue;
    if (read.forms[0].find("misp (JSON)") == std::string::npos &&
        read.forms[0].find("stix (JSON)") == std::string::npos)
      continue;
    ++n_files;
    EXPECT_GT(read.records, 0u) << entry.path();
    EXPECT_EQ(read.count.rejects, 0u)
        << entry.path() << (read.rejects.empty() ? "" : read.rejects[0].sentence);
  }
  EXPECT_GT(n_files, 0u);
}

}  // namespace
}  // namespace ovillo::intake
