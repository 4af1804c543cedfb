#include "ovillo/casework/sign_in.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ovillo::casework {
namespace {

constexpr std::int64_t kNow = 1'790'000'000;

Result<void> right() { return {}; }
Result<void> wrong() { return Error(ErrorCode::casework_wrong_sign_in); }

ErrorCode error_of(const Result<SignIn::Tokens>& tokens) { return tokens.error().code(); }

TEST(SignInTest, ASessionIsFoundByItsTokenAloneUntilSignedOut) {
  SignIn doors;
  const auto tokens = *doors.sign_in("lies", "", kNow, right);
  EXPECT_EQ(tokens.session.size(), 64U);
  EXPECT_EQ(doors.use(tokens.session, kNow)->user, "lies");
  for (const std::string& other : {std::string(), tokens.browser, tokens.session.substr(1),
                                   std::string(64, '0'), tokens.session + "0"})
    EXPECT_EQ(doors.use(other, kNow).error().code(), ErrorCode::casework_sign_in_needed);
  doors.sign_out(tokens.session);
  EXPECT_FALSE(doors.use(tokens.session, kNow));
}

TEST(SignInTest, EachSignInGivesAnotherToken) {
  SignIn doors;
  const auto first = *doors.sign_in("lies", "", kNow, right);
  const auto second = *doors.sign_in("lies", first.browser, kNow, right);
  EXPECT_NE(first.session, second.session);
  EXPECT_EQ(first.browser, second.browser);
}

TEST(SignInTest, EndsAfterQuietAndAfterADaysWork) {
  SignIn doors;
  const auto tokens = *doors.sign_in("lies", "", kNow, right);
  EXPECT_TRUE(doors.use(tokens.session, kNow + SignIn::kIdle_s - 1));
  EXPECT_TRUE(doors.use(tokens.session, kNow + 2 * SignIn::kIdle_s - 2));
  EXPECT_FALSE(doors.use(tokens.session, kNow + 3 * SignIn::kIdle_s - 2));
  const auto busy = *doors.sign_in("lies", "", kNow, right);
  for (std::int64_t t = 0; t < SignIn::kLongest_s; t += 600)
    ASSERT_TRUE(doors.use(busy.session, kNow + t)) << t;
  EXPECT_FALSE(doors.use(busy.session, kNow + SignIn::kLongest_s));
}

TEST(SignInTest, AClockSetBackGivesNoLongerLife) {
  SignIn doors;
  const auto tokens = *doors.sign_in("lies", "", kNow, right);
  EXPECT_TRUE(doors.use(tokens.session, kNow + 600));
  EXPECT_TRUE(doors.use(tokens.session, kNow - 100'000));
  EXPECT_FALSE(doors.use(tokens.session, kNow + 600 + SignIn::kIdle_s));
}

TEST(SignInTest, TryingPasswordsGetsSlowAndTheRightOneDoesNotHelpWhileItWaits) {
  SignIn doors;
  std::int64_t now = kNow;
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(error_of(doors.sign_in("lies", "", now, wrong)), ErrorCode::casework_wrong_sign_in);
  int n_checked = 0;
  const auto counted = [&]() -> Result<void> {
    ++n_checked;
    return Error(ErrorCode::casework_wrong_sign_in);
  };
  for (int second = 0; second < 3600; ++second) (void)doors.sign_in("lies", "", ++now, counted);
  EXPECT_LT(n_checked, 15);
  EXPECT_EQ(error_of(doors.sign_in("lies", "", now, right)), ErrorCode::casework_sign_in_wait);
  EXPECT_TRUE(doors.sign_in("eva", "", now, right));
}

TEST(SignInTest, AStrangerCannotLockOutWhoSignedInFromHereBefore) {
  SignIn doors;
  const auto tokens = *doors.sign_in("lies", "", kNow, right);
  for (int i = 0; i < 50; ++i) (void)doors.sign_in("lies", "", kNow + i, wrong);
  EXPECT_EQ(error_of(doors.sign_in("lies", "", kNow + 50, right)),
            ErrorCode::casework_sign_in_wait);
  EXPECT_TRUE(doors.sign_in("lies", tokens.browser, kNow + 50, right));
  // Somebody else's browser does not help.
  const auto eva = *doors.sign_in("eva", "", kNow + 50, right);
  EXPECT_FALSE(doors.sign_in("lies", eva.browser, kNow + 50, right));
}

TEST(SignInTest, SessionsAreListedAndEndedByTheirUser) {
  SignIn doors;
  const auto first = *doors.sign_in("lies", "", kNow, right);
  const auto second = *doors.sign_in("lies", "", kNow + 1, right);
  const auto eva = *doors.sign_in("eva", "", kNow + 1, right);
  const auto listed = doors.sessions_of("lies", kNow + 2);
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_FALSE(doors.end("eva", listed[0].number));
  EXPECT_TRUE(doors.end("lies", listed[0].number));
  EXPECT_FALSE(doors.use(first.session, kNow + 2));
  const auto third = *doors.sign_in("lies", "", kNow + 3, right);
  doors.end_all("lies", third.session);
  EXPECT_FALSE(doors.use(second.session, kNow + 3));
  EXPECT_TRUE(doors.use(third.session, kNow + 3));
  EXPECT_TRUE(doors.use(eva.session, kNow + 3));
}

}  // namespace
}  // namespace ovillo::casework
