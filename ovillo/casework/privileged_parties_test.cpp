#include "ovillo/casework/privileged_parties.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"

namespace ovillo::casework {
namespace {

class Privileged : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / "privileged_parties";
    std::filesystem::create_directories(folder_);
    keep(R"([[party]]
kind = "lawyer"
phones = ["+44 7700 900123"]
emails = ["abogada@example.org", "@centre.example.org"]
names = ["Letrada  Ejémplo"]
source = "the bar"
checked = 2026-11-20
)");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void keep(const std::string& list) { std::ofstream(folder_ / "privileged.toml") << list; }
  Result<PrivilegedParties> open() { return PrivilegedParties::open(data_folder(), folder_); }

  static void add(RecordBatch& batch, RecordKind kind,
                  const std::vector<std::tuple<std::string, Field, std::string>>& cells) {
    for (const auto& [name, field, value] : cells) {
      batch.cell_column.push_back(static_cast<std::uint16_t>(batch.columns.size()));
      batch.columns.push_back({name, field});
      batch.cell_value.push_back(value);
    }
    batch.fields.close_row(batch.cell_column.size());
    batch.kind.push_back(kind);
  }

  std::filesystem::path folder_;
};

TEST_F(Privileged, KnowsASideHoweverItIsWritten) {
  const auto parties = open();
  ASSERT_TRUE(parties) << parties.error().message();
  const struct {
    RecordKind kind;
    Field field;
    const char* value;
    bool expected;
  } rows[] = {
      {RecordKind::message, Field::from_phone, "+44 7700 900123", true},
      {RecordKind::call, Field::to_phone, "00447700900123", true},
      {RecordKind::call, Field::to_phone, "07700 900 123", true},
      {RecordKind::call, Field::to_phone, "+44 (0) 7700 900 123", true},
      {RecordKind::message, Field::author, "447700900123@s.whatsapp.net", true},
      {RecordKind::message, Field::email, "Abogada@Example.org", true},
      {RecordKind::message, Field::email, "desk@ward.centre.example.org", true},
      {RecordKind::message, Field::from_name, "LETRADA EJEMPLO", true},
      {RecordKind::message, Field::from_phone, "+44 7700 900124", false},
      {RecordKind::message, Field::from_phone, "900123", false},
      {RecordKind::message, Field::email, "desk@othercentre.example.org", false},
      {RecordKind::message, Field::from_name, "Letrada", false},
      // Who passes a number on does not speak with its holder; an advert is no conversation.
      {RecordKind::message, Field::text, "+44 7700 900123", false},
      {RecordKind::advert, Field::phone, "+44 7700 900123", false},
  };
  for (const auto& row : rows) {
    RecordBatch batch;
    add(batch, row.kind, {{"x", row.field, row.value}});
    EXPECT_EQ(parties->is_side(batch, 0), row.expected) << row.value;
  }
}

TEST_F(Privileged, SealsTheWholeConversationAndWhatIsAttached) {
  const auto parties = open();
  ASSERT_TRUE(parties);
  RecordBatch batch;
  const auto say = [&](const char* chat, const char* from) {
    add(batch, RecordKind::message,
        {{"Chat Id", Field::other, chat}, {"from", Field::from_phone, from}});
  };
  say("c1", "+44 7700 900200");
  say("c2", "+44 7700 900200");
  say("c1", "+44 7700 900123");
  add(batch, RecordKind::message,
      {{"message-id", Field::other, "<1@x>"}, {"to", Field::email, "abogada@example.org"}});
  add(batch, RecordKind::document, {{"attached_to", Field::other, "<1@x>"}});
  add(batch, RecordKind::document, {{"attached_to", Field::other, "<2@x>"}});
  SealedConversations sealed(*parties);
  sealed.note(batch);
  const bool expected[] = {true, false, true, true, true, false};
  for (std::size_t i = 0; i < batch.size(); ++i)
    EXPECT_EQ(sealed.is_sealed(batch, i), expected[i]) << i;
}

TEST_F(Privileged, RefusesAListThatIsNotSound) {
  for (const char* list :
       {"party = 3", "[[party]]\nkind = \"friend\"\n",
        "[[party]]\nkind = \"doctor\"\nphones = [\"112\"]\nsource = \"x\"\nchecked = 2026-11-20\n",
        "[[party]]\nkind = \"doctor\"\nnames = [\"x\"]\nsource = \"x\"\n",
        "[[party]]\nkind = \"doctor\"\nsource = \"x\"\nchecked = 2026-11-20\n", "[[party"}) {
    keep(list);
    const auto parties = open();
    ASSERT_FALSE(parties) << list;
    EXPECT_EQ(parties.error().code(), ErrorCode::base_bad_data_file);
  }
}

TEST_F(Privileged, IsEmptyWhereTheHouseKeepsNone) {
  std::filesystem::remove(folder_ / "privileged.toml");
  const auto parties = open();
  ASSERT_TRUE(parties);
  EXPECT_TRUE(parties->empty());
}

}  // namespace
}  // namespace ovillo::casework
