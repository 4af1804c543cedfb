#include "ovillo/casework/roles.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::casework {
namespace {

Rights rights_of(UserRole role) { return Roles::open(data_folder())->rights_of({&role, 1}); }

TEST(RolesTest, ActionsAreSortedAndKnownAndNothingElseIsAnAct) {
  EXPECT_TRUE(std::is_sorted(actions().begin(), actions().end(),
                             [](const auto& a, const auto& b) { return a.first < b.first; }));
  for (const auto& [action, act] : actions()) EXPECT_EQ(act_of(action), act);
  EXPECT_EQ(act_of("networks"), Act::look);
  for (const char* unknown : {"", "network", "call +447700900123", "zzz"})
    EXPECT_FALSE(act_of(unknown)) << unknown;
}

// Said a second time by hand, so that a slip in data/roles.toml is seen.
TEST(RolesTest, TheHouseKeepsItsPowersApart) {
  for (const UserRole role : {UserRole::statistician, UserRole::administrator, UserRole::auditor,
                              UserRole::data_protection_officer}) {
    EXPECT_FALSE(rights_of(role).sees_cases) << name_of(role);
    for (const Act act : {Act::look, Act::search, Act::export_out, Act::decide, Act::bring_in,
                          Act::compute, Act::judge, Act::keep_case})
      EXPECT_FALSE(rights_of(role).may(act)) << name_of(role) << " " << name_of(act);
  }
  for (std::size_t i = 0; i < kRoles; ++i) {
    const auto role = static_cast<UserRole>(i);
    EXPECT_TRUE(rights_of(role).may(Act::sign_in));
    EXPECT_EQ(rights_of(role).may(Act::accounts), role == UserRole::administrator);
    EXPECT_EQ(rights_of(role).may(Act::grant), role == UserRole::supervisor);
    EXPECT_FALSE(rights_of(role).may(Act::audit) && rights_of(role).sees_cases) << name_of(role);
    EXPECT_FALSE(rights_of(role).may(Act::accounts) && rights_of(role).may(Act::grant));
  }
  EXPECT_FALSE(rights_of(UserRole::liaison).may(Act::bring_in));
  EXPECT_FALSE(rights_of(UserRole::analyst).may(Act::decide));
}

TEST(RolesTest, PairsThatCheckThemselvesAreRefusedWithWhy) {
  const Roles roles = *Roles::open(data_folder());
  const auto together = [&](std::vector<UserRole> both) { return roles.check_together(both); };
  EXPECT_TRUE(together({UserRole::analyst, UserRole::investigator, UserRole::liaison}));
  EXPECT_TRUE(together({UserRole::supervisor, UserRole::case_officer}));
  EXPECT_TRUE(together({UserRole::auditor, UserRole::data_protection_officer}));
  const auto refused = together({UserRole::analyst, UserRole::administrator});
  EXPECT_EQ(refused.error().code(), ErrorCode::casework_roles_not_together);
  EXPECT_THAT(refused.error().message(), ::testing::HasSubstr("Administrator and Analyst"));
  for (const UserRole reader : {UserRole::auditor, UserRole::data_protection_officer}) {
    for (std::size_t i = 0; i < kRoles; ++i) {
      const auto role = static_cast<UserRole>(i);
      if (rights_of(role).sees_cases) {
        EXPECT_FALSE(together({role, reader})) << name_of(role);
      }
    }
  }
}

TEST(RolesTest, ADamagedTableIsRefused) {
  EXPECT_EQ(Roles::open("/nowhere").error().code(), ErrorCode::base_cannot_read);
}

}  // namespace
}  // namespace ovillo::casework
