#include "ovillo/casework/accounts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/casework/grants.hpp"

namespace ovillo::casework {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGood = "four words nobody says";

class AccountsTest : public ::testing::Test {
 public:
  ~AccountsTest() override {
    workspace_.reset();
    fs::remove_all(root_);
  }

 protected:
  AccountsTest() {
    std::string name = (fs::temp_directory_path() / "ovillo_accounts_XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    workspace_.emplace(*storage::Workspace::create(root_ / "case"));
    EXPECT_TRUE(make_first_owner(*workspace_, "owner"));
  }

  [[nodiscard]] Standing standing(std::string_view user) const {
    return *standing_of(*workspace_, roles_, user, 1'790'000'000);
  }
  void add(std::string_view name, std::vector<UserRole> roles) {
    ASSERT_TRUE(add_account(*workspace_, roles_, standing("owner"), name, std::move(roles)));
  }
  Result<void> give_password(std::string_view name, std::string_view password = kGood) {
    return set_password(*workspace_, roles_, standing("owner"), name, password);
  }

  fs::path root_;
  std::optional<storage::Workspace> workspace_;
  Roles roles_ = *Roles::open(data_folder());
};

TEST_F(AccountsTest, AHouseHasNoDoorsBeforeTheFirstPasswordAndTheFirstIsAKeepers) {
  add("lies", {UserRole::analyst});
  add("adm", {UserRole::administrator});
  EXPECT_FALSE(*has_doors(*workspace_));
  EXPECT_EQ(give_password("lies").error().code(), ErrorCode::casework_first_password);
  EXPECT_FALSE(*has_doors(*workspace_));
  ASSERT_TRUE(give_password("adm"));
  EXPECT_TRUE(*has_doors(*workspace_));
  EXPECT_TRUE(give_password("lies"));
}

TEST_F(AccountsTest, APasswordOpensForItsUserAloneAndIsNotKept) {
  ASSERT_TRUE(give_password("owner"));
  add("lies", {UserRole::analyst});
  ASSERT_TRUE(give_password("lies", "quite another set of words"));
  EXPECT_TRUE(check_password(*workspace_, "owner", kGood));
  for (const auto& [user, password] :
       std::vector<std::pair<std::string, std::string>>{{"owner", "four words nobody say"},
                                                        {"owner", ""},
                                                        {"lies", std::string(kGood)},
                                                        {"nobody", std::string(kGood)},
                                                        {"nobody", ""},
                                                        {"", ""}})
    EXPECT_EQ(check_password(*workspace_, user, password).error().code(),
              ErrorCode::casework_wrong_sign_in)
        << user;
  workspace_.reset();
  for (const auto& file : fs::directory_iterator(root_ / "case"))
    EXPECT_EQ(read_file(file.path())->find("words nobody"), std::string::npos) << file.path();
}

TEST_F(AccountsTest, RefusesPasswordsThatAreEasyToGuess) {
  for (const char* weak :
       {"", "short", "passwordpassword", "Password123!!!", "123456789012345", "aaaaaaaaaaaaaaaa",
        "owner-owner-1", "WELCOME2026!!", "qwertyuiop123", "bad \xff utf8 bytes here"})
    EXPECT_EQ(give_password("owner", weak).error().code(), ErrorCode::casework_weak_password)
        << weak;
  EXPECT_TRUE(give_password("owner", "correcte paard batterij nietje"));
  EXPECT_TRUE(give_password("owner", "пароль который никто не знает"));
}

TEST_F(AccountsTest, ARoleThatSeesNoCaseSeesNoneWhateverWasGranted) {
  add("adm", {UserRole::administrator});
  ASSERT_TRUE(grant(*workspace_, standing("owner"), "adm", "main", {}));
  EXPECT_TRUE(standing("adm").view.compartments.empty());
  EXPECT_EQ(standing("adm").require(Act::look).error().code(), ErrorCode::casework_role_may_not);
  EXPECT_TRUE(standing("adm").require(Act::accounts));
  add("lies", {UserRole::analyst});
  EXPECT_TRUE(standing("lies").view.compartments.empty());
  ASSERT_TRUE(grant(*workspace_, standing("owner"), "lies", "main", {}));
  EXPECT_EQ(standing("lies").view.compartments.size(), 1U);
  EXPECT_EQ(standing("lies").require(Act::accounts).error().code(),
            ErrorCode::casework_role_may_not);
}

TEST_F(AccountsTest, AnEndedAccountIsAsIfItHadNeverBeen) {
  add("lies", {UserRole::analyst});
  ASSERT_TRUE(grant(*workspace_, standing("owner"), "lies", "main", {}));
  ASSERT_TRUE(give_password("owner"));
  ASSERT_TRUE(give_password("lies"));
  ASSERT_TRUE(end_account(*workspace_, roles_, standing("owner"), "lies"));
  EXPECT_FALSE(check_password(*workspace_, "lies", kGood));
  const auto ended = standing_of(*workspace_, roles_, "lies", 0);
  const auto nobody = standing_of(*workspace_, roles_, "nobody", 0);
  EXPECT_EQ(ended.error().message(), nobody.error().message());
  EXPECT_EQ(add_account(*workspace_, roles_, standing("owner"), "lies", {}).error().code(),
            ErrorCode::casework_account_exists);
}

TEST_F(AccountsTest, TheLastWhoKeepsTheDoorsCannotBeEnded) {
  ASSERT_TRUE(give_password("owner"));
  EXPECT_EQ(end_account(*workspace_, roles_, standing("owner"), "owner").error().code(),
            ErrorCode::casework_last_keeper);
  add("adm", {UserRole::administrator});
  add("sup", {UserRole::supervisor});
  ASSERT_TRUE(give_password("adm"));
  // The supervisor cannot sign in yet.
  EXPECT_EQ(end_account(*workspace_, roles_, standing("owner"), "owner").error().code(),
            ErrorCode::casework_last_keeper);
  ASSERT_TRUE(give_password("sup"));
  ASSERT_TRUE(end_account(*workspace_, roles_, standing("owner"), "owner"));
  EXPECT_EQ(
      set_roles(*workspace_, roles_, standing("adm"), "adm", {UserRole::auditor}).error().code(),
      ErrorCode::casework_last_keeper);
}

TEST_F(AccountsTest, OnlyWhoMayMakesAccountsAndEverybodyChangesTheirOwnPassword) {
  ASSERT_TRUE(give_password("owner"));
  add("lies", {UserRole::analyst});
  const Standing lies = standing("lies");
  EXPECT_EQ(add_account(*workspace_, roles_, lies, "eva", {}).error().code(),
            ErrorCode::casework_role_may_not);
  EXPECT_EQ(set_roles(*workspace_, roles_, lies, "lies", {UserRole::supervisor}).error().code(),
            ErrorCode::casework_role_may_not);
  EXPECT_EQ(set_password(*workspace_, roles_, lies, "owner", kGood).error().code(),
            ErrorCode::casework_role_may_not);
  EXPECT_EQ(end_account(*workspace_, roles_, lies, "owner").error().code(),
            ErrorCode::casework_role_may_not);
  EXPECT_TRUE(set_password(*workspace_, roles_, lies, "lies", kGood));
  EXPECT_EQ(add_account(*workspace_, roles_, standing("owner"), "two",
                        {UserRole::analyst, UserRole::auditor})
                .error()
                .code(),
            ErrorCode::casework_roles_not_together);
}

}  // namespace
}  // namespace ovillo::casework
