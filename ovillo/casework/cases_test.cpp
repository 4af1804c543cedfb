#include "ovillo/casework/cases.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/casework/grants.hpp"

namespace ovillo::casework {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t kNow = 1'790'000'000;
constexpr const char* kReference = "GE-12/2026";

CaseEvent event_of(EventKind kind, std::string subject, std::string value, std::string text,
                   std::string reason = {}) {
  CaseEvent event;
  event.kind = kind;
  event.subject = std::move(subject);
  event.value = std::move(value);
  event.text = std::move(text);
  event.reason = std::move(reason);
  return event;
}

class CasesTest : public ::testing::Test {
 public:
  ~CasesTest() override {
    workspace_.reset();
    fs::remove_all(root_);
  }

 protected:
  CasesTest() {
    std::string name = (fs::temp_directory_path() / "ovillo_cases_XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    workspace_.emplace(*storage::Workspace::create(root_ / "case"));
    EXPECT_TRUE(make_first_owner(*workspace_, "owner"));
    for (const auto& [user, role] :
         std::vector<std::pair<std::string, UserRole>>{{"lies", UserRole::investigator},
                                                       {"ana", UserRole::analyst},
                                                       {"sup", UserRole::supervisor},
                                                       {"off", UserRole::case_officer}}) {
      EXPECT_TRUE(add_account(*workspace_, roles_, by("owner"), user, {role}));
      EXPECT_TRUE(grant(*workspace_, by("owner"), user, "main", {}));
    }
  }

  [[nodiscard]] Standing by(std::string_view user) const {
    return *standing_of(*workspace_, roles_, user, kNow);
  }
  Result<CaseFolder> open(std::string_view user = "lies", std::string reference = kReference) {
    return open_case(*workspace_, by(user),
                     {std::move(reference), "Flats by the canal", 1, "", "", 0}, kNow);
  }
  Result<CaseEvent> write(std::string_view user, CaseEvent event, std::int64_t at = kNow + 1) {
    return write_event(*workspace_, by(user), kReference, std::move(event), at);
  }
  [[nodiscard]] CaseFolder folder(std::optional<std::int64_t> as_of = {}) const {
    View view = by("owner").view;
    view.imported_before_utc_s = as_of;
    return *case_of(*workspace_, view, kReference);
  }

  fs::path root_;
  std::optional<storage::Workspace> workspace_;
  Roles roles_ = *Roles::open(data_folder());
};

TEST(CaseEventTest, ReadsBackWhatItWrites) {
  CaseEvent event = event_of(EventKind::category, "person 3", "witness", "säid \"so\"\n", "why");
  event.id = {1, 2};
  event.case_id = {3, 4};
  event.at_utc_s = kNow;
  event.by = "lies";
  event.said_by = "court of Ghent";
  event.statement = StatementType::assessment;
  event.grade = {'B', '2'};
  event.handling = 1;
  event.since_utc_s = kNow - 5;
  event.until_utc_s = kNow + 5;
  event.rests_on = {"a", "b"};
  event.shown_sha256 = "00ff";
  event.view = "11";
  event.model = "m";
  EXPECT_EQ(*decode_event(encode(event)), event);
  for (const char* broken : {"", "{}", "[1]", "{\"v\":1,\"id\":\"xx\"}"})
    EXPECT_EQ(decode_event(broken).error().code(), ErrorCode::casework_damaged_event) << broken;
}

TEST_F(CasesTest, OpensACaseOnceAndItsOpenerIsItsMember) {
  const auto opened = open();
  ASSERT_TRUE(opened) << opened.error().message();
  EXPECT_EQ(opened->reference, kReference);
  EXPECT_THAT(opened->members, ElementsAre("lies"));
  EXPECT_EQ(open("ana").error().code(), ErrorCode::casework_case_exists);
  EXPECT_EQ(open("lies", "two\nlines").error().code(), ErrorCode::base_bad_argument);
  ASSERT_TRUE(open("ana", "GE-13/2026"));
  EXPECT_THAT(*cases(*workspace_, by("owner").view), SizeIs(2));
}

TEST_F(CasesTest, WhatIsNotGrantedAndWhatIsNotThereAreTheSame) {
  ASSERT_TRUE(open());
  ASSERT_TRUE(add_compartment(*workspace_, by("owner"), "sealed"));
  const CompartmentId sealed = *compartment_named(*workspace_, by("owner"), "sealed");
  ASSERT_TRUE(open_case(*workspace_, by("owner"), {"HIDDEN-1", "t", sealed, "", "", 0}, kNow));
  const auto hidden = case_of(*workspace_, by("lies").view, "HIDDEN-1");
  const auto absent = case_of(*workspace_, by("lies").view, "HIDDEN-2");
  EXPECT_EQ(hidden.error().message(), absent.error().message());
  EXPECT_THAT(*cases(*workspace_, by("lies").view), SizeIs(1));
  EXPECT_EQ(
      open_case(*workspace_, by("lies"), {"HIDDEN-1", "t", sealed, "", "", 0}, kNow).error().code(),
      ErrorCode::casework_not_granted);
}

TEST_F(CasesTest, OnlyMembersWriteAndEachWithinTheirRoles) {
  ASSERT_TRUE(open());
  const CaseEvent note = event_of(EventKind::note, "", "", "Seen twice");
  EXPECT_EQ(write("ana", note).error().code(), ErrorCode::casework_not_member);
  // A supervisor lets somebody in without being a member.
  ASSERT_TRUE(write("sup", event_of(EventKind::member_added, "ana", "", "")));
  EXPECT_EQ(write("sup", note).error().code(), ErrorCode::casework_not_member);
  ASSERT_TRUE(write("ana", note));
  CaseEvent decided = event_of(EventKind::disposition, "", "open_case", "", "Enough to begin");
  EXPECT_EQ(write("ana", decided).error().code(), ErrorCode::casework_role_may_not);
  ASSERT_TRUE(write("lies", decided));
  CaseEvent category = event_of(EventKind::category, "person 3", "suspect", "");
  category.said_by = "prosecutor";
  EXPECT_EQ(write("ana", category).error().code(), ErrorCode::casework_role_may_not);
  EXPECT_TRUE(write("lies", category));
  ASSERT_TRUE(write("lies", event_of(EventKind::member_left, "ana", "", "")));
  EXPECT_EQ(write("ana", note).error().code(), ErrorCode::casework_not_member);
  EXPECT_EQ(write("lies", event_of(EventKind::member_left, "lies", "", "")).error().code(),
            ErrorCode::base_bad_argument);
}

TEST_F(CasesTest, AsksForWhatADecisionMustSay) {
  ASSERT_TRUE(open());
  const auto code = [&](CaseEvent event) { return write("lies", std::move(event)).error().code(); };
  EXPECT_EQ(code(event_of(EventKind::disposition, "", "open_case", "")),
            ErrorCode::casework_reason_needed);
  EXPECT_EQ(code(event_of(EventKind::disposition, "", "guilty", "", "x")),
            ErrorCode::casework_unknown_disposition);
  EXPECT_EQ(code(event_of(EventKind::disposition, "", "put_aside", "", "x")),
            ErrorCode::base_bad_argument);
  EXPECT_EQ(code(event_of(EventKind::category, "p", "suspect", "")), ErrorCode::base_bad_argument);
  EXPECT_EQ(code(event_of(EventKind::note, "", "", "")), ErrorCode::base_bad_argument);
  EXPECT_EQ(code(event_of(EventKind::closed, "", "", "")), ErrorCode::casework_reason_needed);
  CaseEvent inference = event_of(EventKind::note, "", "", "x");
  inference.statement = StatementType::inference;
  EXPECT_EQ(code(inference), ErrorCode::base_bad_argument);
  EXPECT_EQ(code(event_of(EventKind::custody, "E9", "examined", "lab", "x")),
            ErrorCode::casework_nothing_to_undo);
  EXPECT_THAT(folder().entries, SizeIs(1));
}

TEST_F(CasesTest, TheProtectiveCategoryGovernsAndNonPunishmentIsShown) {
  ASSERT_TRUE(open());
  const auto say = [&](const char* as, const char* who, std::int64_t at) {
    CaseEvent event = event_of(EventKind::category, "person 3", as, "");
    event.said_by = who;
    return *write("lies", event, at);
  };
  say("suspect", "police", kNow + 1);
  EXPECT_FALSE(look_at_non_punishment(folder().categories["person 3"]));
  const CaseEvent said = say("presumed_victim", "reception centre", kNow + 2);
  auto lines = governing(folder().categories["person 3"]);
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0].category, Category::presumed_victim);
  EXPECT_EQ(lines[0].said_by, "reception centre");
  EXPECT_TRUE(look_at_non_punishment(lines));
  EXPECT_THAT(governing(folder(kNow + 2).categories["person 3"]), SizeIs(1));
  ASSERT_TRUE(write("lies", event_of(EventKind::withdrawn, said.id.hex(), "", "", "wrong person"),
                    kNow + 3));
  EXPECT_EQ(governing(folder().categories["person 3"])[0].category, Category::suspect);
}

TEST_F(CasesTest, HypothesesAndTasksKeepWhatBelongsToThem) {
  ASSERT_TRUE(open());
  const auto idea = *write("lies", event_of(EventKind::hypothesis, "", "", "One payer"));
  ASSERT_TRUE(write("lies", event_of(EventKind::argument, idea.id.hex(), "for", "38 adverts")));
  ASSERT_TRUE(
      write("lies", event_of(EventKind::argument, idea.id.hex(), "against", "Lawful list")));
  const auto task = *write("lies", event_of(EventKind::task, "lies", "", "Ask the platform"));
  ASSERT_TRUE(write("lies", event_of(EventKind::task_done, task.id.hex(), "", "Answered")));
  const CaseFolder now = folder();
  ASSERT_THAT(now.hypotheses, SizeIs(1));
  EXPECT_THAT(now.hypotheses[0].speaks_for, SizeIs(1));
  EXPECT_THAT(now.hypotheses[0].speaks_against, SizeIs(1));
  EXPECT_EQ(now.tasks[0].outcome, "Answered");
}

TEST_F(CasesTest, ExhibitsAreNumberedHeldAndTheirCustodyIsKept) {
  ASSERT_TRUE(open("off"));
  CaseEvent exhibit = event_of(EventKind::exhibit, "ignored", "", "Phone, black");
  exhibit.rests_on = {std::string(64, 'a')};
  ASSERT_TRUE(write("off", exhibit));
  ASSERT_TRUE(write("off", exhibit));
  ASSERT_TRUE(
      write("off", event_of(EventKind::custody, "GE-12/2026/E2", "handed_over", "Lab", "x")));
  EXPECT_THAT(folder().exhibits, SizeIs(2));
  EXPECT_EQ(folder().exhibits[1].number, "GE-12/2026/E2");
  EXPECT_THAT(folder().exhibits[1].custody, SizeIs(2));
  EXPECT_TRUE(folder().exhibits[1].held);
  CaseEvent lifted = event_of(EventKind::hold_lifted, "GE-12/2026/E2", "", "", "case over");
  EXPECT_EQ(write("off", lifted).error().code(), ErrorCode::base_bad_argument);
  lifted.said_by = "Court of Ghent, 2027/12";
  ASSERT_TRUE(write("off", lifted));
  EXPECT_FALSE(folder().exhibits[1].held);
  EXPECT_TRUE(folder().exhibits[0].held);
  // What happened to an exhibit is not taken back.
  for (const Entry& entry : folder().entries)
    if (entry.event.kind == EventKind::custody || entry.event.kind == EventKind::exhibit) {
      EXPECT_EQ(write("off", event_of(EventKind::withdrawn, entry.event.id.hex(), "", "", "x"))
                    .error()
                    .code(),
                ErrorCode::casework_nothing_to_undo);
    }
}

TEST_F(CasesTest, AClosedCaseTakesNothingButItsReopening) {
  ASSERT_TRUE(open());
  ASSERT_TRUE(write("lies", event_of(EventKind::closed, "", "", "", "No sign of exploitation")));
  EXPECT_TRUE(folder().closed);
  EXPECT_EQ(write("lies", event_of(EventKind::note, "", "", "x")).error().code(),
            ErrorCode::casework_case_closed);
  ASSERT_TRUE(write("lies", event_of(EventKind::reopened, "", "", "", "New report")));
  EXPECT_TRUE(write("lies", event_of(EventKind::note, "", "", "x")));
  EXPECT_TRUE(folder(kNow + 1).entries.size() == 1) << "as of the opening";
}

TEST_F(CasesTest, WithdrawnStaysReadableAndAWithdrawalCanItselfBeWithdrawn) {
  ASSERT_TRUE(open());
  const auto member = *write("lies", event_of(EventKind::member_added, "ana", "", ""));
  const auto taken_back =
      *write("lies", event_of(EventKind::withdrawn, member.id.hex(), "", "", "by mistake"));
  EXPECT_THAT(folder().members, ElementsAre("lies"));
  EXPECT_EQ(folder().entries[1].withdrawn_by, taken_back.id);
  EXPECT_EQ(write("lies", event_of(EventKind::withdrawn, member.id.hex(), "", "", "again"))
                .error()
                .code(),
            ErrorCode::casework_nothing_to_undo);
  ASSERT_TRUE(
      write("lies", event_of(EventKind::withdrawn, taken_back.id.hex(), "", "", "it was right")));
  EXPECT_THAT(folder().members, ElementsAre("ana", "lies"));
}

// Random acts, each undone by one more act at random: the members are always those whose additions
// count, whatever the order, and what a moment showed it shows for ever.
TEST_F(CasesTest, RandomActsAndTheirWithdrawalsGiveTheStateOfWhatCounts) {
  ASSERT_TRUE(open());
  Rng rng(7);
  std::vector<EventId> live;
  std::vector<std::vector<std::string>> members_at;
  std::int64_t at = kNow;
  for (int step = 0; step < 60; ++step) {
    members_at.push_back(folder().members);
    ++at;
    if (live.empty() || rng.below(3) != 0) {
      const std::string user = fmt::format("user {}", rng.below(5));
      live.push_back(write("lies", event_of(EventKind::member_added, user, "", ""), at)->id);
    } else {
      const std::size_t pick = rng.below(live.size());
      const auto done =
          write("lies", event_of(EventKind::withdrawn, live[pick].hex(), "", "", "undo"), at);
      ASSERT_TRUE(done) << done.error().message();
      live.erase(live.begin() + static_cast<std::ptrdiff_t>(pick));
    }
  }
  for (std::size_t step = 0; step < members_at.size(); ++step)
    EXPECT_EQ(folder(kNow + static_cast<std::int64_t>(step) + 1).members, members_at[step]) << step;
}

TEST_F(CasesTest, ADecisionTakenBackGivesTheOneBeforeItsPlace) {
  const auto decide_as = [&](const char* value, std::int64_t at) {
    return decide(*workspace_, by("lies"), 1,
                  event_of(EventKind::disposition, "abcd", value, "", "why"), at)
        ->id.hex();
  };
  const auto back = [&](const std::string& decision, const char* user, const char* reason) {
    return withdraw_decision(*workspace_, by(user), decision, reason, kNow + 9);
  };
  const auto stands = [&] { return dispositions(*workspace_, by("lies").view); };
  const std::string first = decide_as("look_further", kNow);
  const std::string second = decide_as("co_working", kNow + 1);
  EXPECT_EQ(back(second, "ana", "w").error().code(), ErrorCode::casework_role_may_not);
  EXPECT_EQ(back(second, "lies", "").error().code(), ErrorCode::casework_reason_needed);
  EXPECT_EQ(stands()->at("abcd").value, "co_working");
  ASSERT_TRUE(back(second, "lies", "the wrong network"));
  EXPECT_EQ(stands()->at("abcd").value, "look_further");
  EXPECT_EQ(back(second, "lies", "again").error().code(), ErrorCode::casework_nothing_to_undo);
  ASSERT_TRUE(back(first, "lies", "nor this"));
  EXPECT_THAT(*stands(), IsEmpty());
  EXPECT_EQ(back("ffff", "lies", "w").error().code(), ErrorCode::casework_nothing_to_undo);
}

TEST_F(CasesTest, ADecisionOnANetworkIsTheLastThatStands) {
  const auto decide_as = [&](const char* value, std::int64_t at) {
    return decide(*workspace_, by("lies"), 1,
                  event_of(EventKind::disposition, "abcd", value, "", "why"), at);
  };
  EXPECT_THAT(*dispositions(*workspace_, by("lies").view), IsEmpty());
  ASSERT_TRUE(decide_as("look_further", kNow));
  ASSERT_TRUE(decide_as("co_working", kNow + 1));
  EXPECT_EQ(dispositions(*workspace_, by("lies").view)->at("abcd").value, "co_working");
  EXPECT_EQ(decide(*workspace_, by("ana"), 1,
                   event_of(EventKind::disposition, "abcd", "co_working", "", "w"), kNow)
                .error()
                .code(),
            ErrorCode::casework_role_may_not);
}

}  // namespace
}  // namespace ovillo::casework
