#include "ovillo/casework/grants.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"

namespace ovillo::casework {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

class GrantsTest : public ::testing::Test {
 public:
  ~GrantsTest() override {
    workspace_.reset();
    fs::remove_all(root_);
  }

 protected:
  GrantsTest() {
    std::string name = (fs::temp_directory_path() / "ovillo_grants_XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    workspace_.emplace(*storage::Workspace::create(root_ / "case"));
    EXPECT_TRUE(make_first_owner(*workspace_, "owner"));
    ghent_ = *add_compartment(*workspace_, owner(), "ghent-thb");
  }

  static constexpr std::int64_t kNow = 1'790'000'000;

  [[nodiscard]] Standing standing(std::string_view user, std::int64_t now = kNow) const {
    return *standing_of(*workspace_, roles_, user, now);
  }
  [[nodiscard]] Standing owner() const { return standing("owner"); }
  [[nodiscard]] Error refused(std::string_view user) const {
    return standing_of(*workspace_, roles_, user, kNow).error();
  }

  fs::path root_;
  std::optional<storage::Workspace> workspace_;
  Roles roles_ = *Roles::open(data_folder());
  CompartmentId ghent_ = 0;
};

TEST_F(GrantsTest, TheOwnerSeesEveryCompartmentAlsoLaterOnes) {
  EXPECT_EQ(owner().view.compartments.size(), 2U);
  ASSERT_TRUE(add_compartment(*workspace_, owner(), "later"));
  EXPECT_EQ(owner().view.compartments.size(), 3U);
  EXPECT_EQ(make_first_owner(*workspace_, "second").error().code(), ErrorCode::casework_not_owner);
}

TEST_F(GrantsTest, AUserSeesWhatIsGrantedUntilItIsTakenBack) {
  ASSERT_TRUE(grant(*workspace_, owner(), "ana", "ghent-thb", {}));
  ASSERT_TRUE(grant(*workspace_, owner(), "ana", "ghent-thb", {}));
  EXPECT_THAT(standing("ana").view.compartments, ElementsAre(ghent_));
  ASSERT_TRUE(grant(*workspace_, owner(), "ana", "main", {}));
  EXPECT_THAT(standing("ana").view.compartments, ElementsAre(1U, ghent_));
  ASSERT_TRUE(revoke(*workspace_, owner(), "ana", "ghent-thb"));
  EXPECT_THAT(standing("ana").view.compartments, ElementsAre(1U));
  ASSERT_TRUE(revoke(*workspace_, owner(), "ana", "main"));
  EXPECT_EQ(refused("ana").code(), ErrorCode::casework_not_granted);
  EXPECT_FALSE(owner().view.privileged);
}

TEST_F(GrantsTest, AGrantEndsAtItsTimeAndANewOneMovesTheEnd) {
  ASSERT_TRUE(grant(*workspace_, owner(), "ana", "main", {}));
  ASSERT_TRUE(grant(*workspace_, owner(), "ana", "ghent-thb", kNow + 10));
  EXPECT_THAT(standing("ana", kNow + 9).view.compartments, ElementsAre(1U, ghent_));
  EXPECT_THAT(standing("ana", kNow + 10).view.compartments, ElementsAre(1U));
  ASSERT_TRUE(grant(*workspace_, owner(), "ana", "ghent-thb", kNow + 20));
  EXPECT_THAT(standing("ana", kNow + 10).view.compartments, ElementsAre(1U, ghent_));
}

TEST_F(GrantsTest, SaysTheSameOfWhatIsHiddenAndWhatIsNotThere) {
  ASSERT_TRUE(grant(*workspace_, owner(), "ana", "main", {}));
  const auto hidden = compartment_named(*workspace_, standing("ana"), "ghent-thb");
  const auto absent = compartment_named(*workspace_, standing("ana"), "no such thing");
  EXPECT_EQ(hidden.error().code(), ErrorCode::casework_not_granted);
  EXPECT_EQ(hidden.error().message(), absent.error().message());
  EXPECT_EQ(hidden.error().message(), refused("nobody").message());
  EXPECT_EQ(hidden.error().message().find("ghent"), std::string::npos);
}

TEST_F(GrantsTest, OnlyWhoMayGrantsAndOnlyWhatTheySee) {
  ASSERT_TRUE(grant(*workspace_, owner(), "ana", "ghent-thb", {}));
  const Standing ana = standing("ana");
  EXPECT_EQ(grant(*workspace_, ana, "bea", "ghent-thb", {}).error().code(),
            ErrorCode::casework_role_may_not);
  EXPECT_EQ(revoke(*workspace_, ana, "ana", "ghent-thb").error().code(),
            ErrorCode::casework_role_may_not);
  EXPECT_EQ(add_compartment(*workspace_, ana, "more").error().code(),
            ErrorCode::casework_role_may_not);
  ASSERT_TRUE(add_account(*workspace_, roles_, owner(), "sup", {UserRole::supervisor}));
  ASSERT_TRUE(grant(*workspace_, owner(), "sup", "main", {}));
  EXPECT_TRUE(grant(*workspace_, standing("sup"), "ana", "main", {}));
  EXPECT_EQ(grant(*workspace_, standing("sup"), "ana", "ghent-thb", {}).error().code(),
            ErrorCode::casework_not_granted);
  // Who makes a compartment sees it.
  ASSERT_TRUE(add_compartment(*workspace_, standing("sup"), "supervised"));
  EXPECT_EQ(standing("sup").view.compartments.size(), 2U);
}

}  // namespace
}  // namespace ovillo::casework
