#include "ovillo/casework/audit.hpp"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"

namespace ovillo::casework {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class AuditLogTest : public ::testing::Test {
 public:
  ~AuditLogTest() override {
    workspace_.reset();
    fs::remove_all(root_);
  }

 protected:
  AuditLogTest() {
    std::string name = (fs::temp_directory_path() / "ovillo_audit_XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    workspace_.emplace(*storage::Workspace::create(root_ / "case"));
  }
  [[nodiscard]] AuditLog log() const { return *AuditLog::open(*workspace_, data_folder()); }
  void reopen() {
    workspace_.reset();
    workspace_.emplace(*storage::Workspace::open(root_ / "case"));
  }
  /// Changes audit.db as somebody with the disk but not the program would.
  void run_sql(const std::string& sql) {
    workspace_.reset();
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((root_ / "case" / "audit.db").c_str(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    reopen();
  }

  fs::path root_;
  std::optional<storage::Workspace> workspace_;
};

Access search(const std::string& query) {
  Access access;
  access.action = "search";
  access.rights = Rights::all();
  access.user = "ana";
  access.purpose = "investigation";
  access.case_reference = "GE-12/2026";
  access.view.compartments = {1, 7};
  access.at_utc_s = 1'790'000'000;
  access.query = query;
  return access;
}

TEST_F(AuditLogTest, WritesTheEntryDurablyBeforeItDiscloses) {
  const auto disclosure = log().open_for(search("+447700900123"));
  ASSERT_TRUE(disclosure) << disclosure.error().message();
  EXPECT_EQ(disclosure->purpose(), "investigation");
  reopen();
  const AuditLog again = log();
  ASSERT_EQ(again.size(), 1U);
  const AuditEntry entry = *again.entry(0);
  EXPECT_EQ(entry.action, "search");
  EXPECT_EQ(entry.user, "ana");
  EXPECT_EQ(entry.purpose, "investigation");
  EXPECT_EQ(entry.case_reference, "GE-12/2026");
  EXPECT_EQ(entry.at_utc_s, 1'790'000'000);
  EXPECT_EQ(entry.outcome, AuditOutcome::allowed);
  EXPECT_EQ(entry.view, view_digest(search("").view, workspace_->id_key()));
}

TEST_F(AuditLogTest, KeepsTheQueryOnlyAsAKeyedHash) {
  const AuditLog audit = log();
  for (const char* query : {"+447700900123", "+447700900123", "+447700900124", ""})
    ASSERT_TRUE(audit.open_for(search(query)));
  EXPECT_THAT(*audit.entry_bytes(0), Not(HasSubstr("7700900123")));
  EXPECT_EQ(audit.entry(0)->query_hash, audit.entry(1)->query_hash);
  EXPECT_NE(audit.entry(0)->query_hash, audit.entry(2)->query_hash);
  EXPECT_EQ(audit.entry(3)->query_hash, "");
  EXPECT_NE(*audit.entry_bytes(0), *audit.entry_bytes(1));  // the nonce
}

TEST_F(AuditLogTest, RefusesPurposesThatAreNotOursAndRemembersTheAttempt) {
  const AuditLog audit = log();
  Access access = search("Veldstraat");
  access.purpose = "residence_control";
  const auto refused = audit.open_for(access);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), ErrorCode::casework_refused_purpose);
  EXPECT_THAT(refused.error().message(), HasSubstr("papers"));
  access.purpose = "because +447700900123 asked";
  EXPECT_EQ(audit.open_for(access).error().code(), ErrorCode::casework_unknown_purpose);
  access.purpose = "prosecution";
  access.case_reference = "";
  EXPECT_EQ(audit.open_for(access).error().code(), ErrorCode::casework_case_needed);
  ASSERT_EQ(audit.size(), 3U);
  for (std::uint64_t i = 0; i < 3; ++i)
    EXPECT_EQ(audit.entry(i)->outcome, AuditOutcome::refused) << i;
  EXPECT_EQ(audit.entry(0)->purpose, "residence_control");
  EXPECT_THAT(*audit.entry_bytes(1), Not(HasSubstr("7700900123")));
}

TEST_F(AuditLogTest, RefusesEveryPurposeOfTheRefusedList) {
  const AuditLog audit = log();
  const std::vector<std::string> must_refuse = {
      "residence_control", "tax", "social_security", "permit", "nuisance", "landlord_control"};
  for (const std::string& purpose : must_refuse)
    EXPECT_EQ(audit.purposes().check(purpose, "case").error().code(),
              ErrorCode::casework_refused_purpose)
        << purpose;
  for (const RefusedPurpose& purpose : audit.purposes().refused())
    EXPECT_FALSE(purpose.why.empty());
}

TEST_F(AuditLogTest, TakesNoActionThatCouldHoldANumber) {
  const AuditLog audit = log();
  Access access = search("");
  for (const char* action : {"", "call +447700900123", "Search", "a\nb", "show 3"}) {
    access.action = action;
    EXPECT_EQ(audit.open_for(access).error().code(), ErrorCode::base_bad_argument) << action;
  }
  access.action = "show";
  access.user = "";
  EXPECT_FALSE(audit.open_for(access));
  access.user = "ana\nroot";
  EXPECT_FALSE(audit.open_for(access));
  EXPECT_EQ(audit.size(), 0U);
}

TEST_F(AuditLogTest, RefusesAndWritesDownWhatNoRoleOfTheUserNames) {
  const AuditLog audit = log();
  Access access = search("Veldstraat");
  access.rights.acts.reset(static_cast<std::size_t>(Act::search));
  EXPECT_EQ(audit.open_for(access).error().code(), ErrorCode::casework_role_may_not);
  ASSERT_EQ(audit.size(), 1U);
  EXPECT_EQ(audit.entry(0)->outcome, AuditOutcome::refused);
  access.rights = Rights();
  for (const auto& [action, act] : actions()) {
    access.action = std::string(action);
    EXPECT_EQ(audit.open_for(access).error().code(), ErrorCode::casework_role_may_not) << action;
  }
}

TEST_F(AuditLogTest, DisclosesNothingWhenTheEntryCannotBeWritten) {
  run_sql(
      "CREATE TRIGGER full BEFORE INSERT ON audit_entry "
      "BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const auto disclosure = log().open_for(search("x"));
  ASSERT_FALSE(disclosure);
  EXPECT_EQ(disclosure.error().code(), ErrorCode::storage_database);
  EXPECT_EQ(log().size(), 0U);
}

TEST_F(AuditLogTest, ProvesEntriesAndGrowthAgainstSignedCheckpoints) {
  const AuditLog audit = log();
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(audit.open_for(search("a")));
  const Checkpoint early = *audit.checkpoint(1'790'000'001);
  for (int i = 0; i < 12; ++i) ASSERT_TRUE(audit.open_for(search("b")));
  const Checkpoint late = *audit.checkpoint(1'790'000'002);
  EXPECT_TRUE(verify_checkpoint(early, audit.public_key()));
  Checkpoint forged = late;
  forged.size = 16;
  EXPECT_FALSE(verify_checkpoint(forged, audit.public_key()));
  for (std::uint64_t i = 0; i < 17; ++i) {
    const auto proof = *audit.inclusion_proof(i, late.size);
    EXPECT_TRUE(storage::verify_inclusion(storage::leaf_hash(*audit.entry_bytes(i)), i, late.size,
                                          proof, late.root));
  }
  EXPECT_TRUE(storage::verify_consistency(early.size, late.size,
                                          *audit.consistency_proof(early.size, late.size),
                                          early.root, late.root));
  EXPECT_FALSE(audit.inclusion_proof(17, 17));
  EXPECT_FALSE(audit.consistency_proof(5, 18));
  EXPECT_TRUE(audit.verify());
}

TEST_F(AuditLogTest, SeesEveryKindOfTampering) {
  const struct {
    const char* name;
    const char* sql;
  } tamperings[] = {
      {"an entry changed",
       "UPDATE audit_entry SET sealed = substr(sealed, 1, 40) || x'00' || substr(sealed, 42) "
       "WHERE position = 2"},
      {"two entries swapped",
       "UPDATE audit_entry SET position = -1 WHERE position = 1;"
       "UPDATE audit_entry SET position = 1 WHERE position = 3;"
       "UPDATE audit_entry SET position = 3 WHERE position = -1"},
      {"an entry taken out", "DELETE FROM audit_entry WHERE position = 2"},
      {"a node changed",
       "UPDATE audit_node SET hash = zeroblob(32) WHERE level = 1 AND position = 0"},
      {"a leaf taken out", "DELETE FROM audit_node WHERE level = 0 AND position = 4"},
  };
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(log().open_for(search("a")));
  workspace_.reset();
  fs::copy(root_ / "case", root_ / "whole");
  for (const auto& tampering : tamperings) {
    reopen();
    ASSERT_TRUE(log().verify()) << tampering.name;
    run_sql(tampering.sql);
    const auto verified = log().verify();
    ASSERT_FALSE(verified) << tampering.name;
    EXPECT_EQ(verified.error().code(), ErrorCode::casework_damaged_log) << tampering.name;
    workspace_.reset();
    fs::remove_all(root_ / "case");
    fs::copy(root_ / "whole", root_ / "case");
  }
}

TEST_F(AuditLogTest, ATailCutOffShowsAgainstAnOlderCheckpoint) {
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(log().open_for(search("a")));
  const Checkpoint kept = *log().checkpoint(1'790'000'001);
  run_sql(
      "DELETE FROM audit_entry WHERE position >= 4;"
      "DELETE FROM audit_node WHERE (position + 1) << level > 4");
  EXPECT_TRUE(log().verify());  // alone it looks whole: that is what checkpoints are for
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(log().open_for(search("b")));
  const Checkpoint now = *log().checkpoint(1'790'000'002);
  const auto proof = *log().consistency_proof(kept.size, now.size);
  EXPECT_FALSE(storage::verify_consistency(kept.size, now.size, proof, kept.root, now.root));
}

TEST_F(AuditLogTest, ServesManyThreads) {
  const AuditLog audit = log();
  std::vector<std::thread> users;
  users.reserve(4);
  for (int t = 0; t < 4; ++t)
    users.emplace_back([&audit] {
      for (int i = 0; i < 20; ++i) EXPECT_TRUE(audit.open_for(search("x")));
    });
  for (std::thread& user : users) user.join();
  EXPECT_EQ(audit.size(), 80U);
  EXPECT_TRUE(audit.verify());
}

TEST(ViewDigest, DiffersWhereverViewsDo) {
  const IdKey key{};
  View base;
  base.compartments = {1, 2};
  std::vector<View> views(9, base);
  views[1].compartments = {1};
  views[2].compartments = {1, 2, 3};
  views[3].excluded_sources = {3};
  views[4].excluded_authorisations = {3};
  views[5].max_handling = 2;
  views[6].privileged = true;
  views[7].imported_before_utc_s = 0;
  views[8].imported_before_utc_s = 5;
  for (std::size_t i = 0; i < views.size(); ++i)
    for (std::size_t j = 0; j < views.size(); ++j)
      EXPECT_EQ(view_digest(views[i], key) == view_digest(views[j], key), i == j) << i << " " << j;
}

}  // namespace
}  // namespace ovillo::casework
