#include "ovillo/casework/grants.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

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
    ghent_ = *add_compartment(*workspace_, "owner", "ghent-thb");
  }

  fs::path root_;
  std::optional<storage::Workspace> workspace_;
  CompartmentId ghent_ = 0;
};

TEST_F(GrantsTest, TheOwnerSeesEveryCompartmentAlsoLaterOnes) {
  EXPECT_EQ(view_for(*workspace_, "owner")->compartments.size(), 2U);
  ASSERT_TRUE(add_compartment(*workspace_, "owner", "later"));
  EXPECT_EQ(view_for(*workspace_, "owner")->compartments.size(), 3U);
  EXPECT_EQ(make_first_owner(*workspace_, "second").error().code(), ErrorCode::casework_not_owner);
}

TEST_F(GrantsTest, AUserSeesWhatIsGrantedUntilItIsTakenBack) {
  ASSERT_TRUE(grant(*workspace_, "owner", "ana", "ghent-thb"));
  ASSERT_TRUE(grant(*workspace_, "owner", "ana", "ghent-thb"));
  EXPECT_THAT(view_for(*workspace_, "ana")->compartments, ElementsAre(ghent_));
  ASSERT_TRUE(grant(*workspace_, "owner", "ana", "main"));
  EXPECT_THAT(view_for(*workspace_, "ana")->compartments, ElementsAre(1U, ghent_));
  ASSERT_TRUE(revoke(*workspace_, "owner", "ana", "ghent-thb"));
  EXPECT_THAT(view_for(*workspace_, "ana")->compartments, ElementsAre(1U));
  ASSERT_TRUE(revoke(*workspace_, "owner", "ana", "main"));
  EXPECT_EQ(view_for(*workspace_, "ana").error().code(), ErrorCode::casework_not_granted);
  EXPECT_FALSE(view_for(*workspace_, "owner")->privileged);
}

TEST_F(GrantsTest, SaysTheSameOfWhatIsHiddenAndWhatIsNotThere) {
  ASSERT_TRUE(grant(*workspace_, "owner", "ana", "main"));
  const auto hidden = compartment_named(*workspace_, "ana", "ghent-thb");
  const auto absent = compartment_named(*workspace_, "ana", "no such thing");
  const auto nobody = compartment_named(*workspace_, "nobody", "ghent-thb");
  EXPECT_EQ(hidden.error().code(), ErrorCode::casework_not_granted);
  EXPECT_EQ(hidden.error().message(), absent.error().message());
  EXPECT_EQ(hidden.error().message(), nobody.error().message());
  EXPECT_EQ(hidden.error().message(), view_for(*workspace_, "nobody").error().message());
  EXPECT_EQ(hidden.error().message().find("ghent"), std::string::npos);
}

TEST_F(GrantsTest, OnlyAnOwnerGrants) {
  ASSERT_TRUE(grant(*workspace_, "owner", "ana", "ghent-thb"));
  EXPECT_EQ(grant(*workspace_, "ana", "bea", "ghent-thb").error().code(),
            ErrorCode::casework_not_owner);
  EXPECT_EQ(revoke(*workspace_, "ana", "ana", "ghent-thb").error().code(),
            ErrorCode::casework_not_owner);
  EXPECT_EQ(grant(*workspace_, "nobody", "nobody", "main").error().code(),
            ErrorCode::casework_not_owner);
  EXPECT_EQ(add_compartment(*workspace_, "ana", "more").error().code(),
            ErrorCode::casework_not_owner);
}

}  // namespace
}  // namespace ovillo::casework
