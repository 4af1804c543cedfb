#include "ovillo/base/result.hpp"

#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace ovillo {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return Error(ErrorCode::base_bad_argument, std::to_string(n));
  return n / 2;
}

Result<int> quarter(int n) {
  OVILLO_TRY(const int once, half(n));
  OVILLO_TRY(const int twice, half(once));
  return twice;
}

Result<void> write(bool works, int& n_written) {
  if (!works) return Error(ErrorCode::base_cannot_write, "full");
  ++n_written;
  return {};
}

Result<int> write_twice(bool first, bool second) {
  int n_written = 0;
  OVILLO_CHECK(write(first, n_written));
  OVILLO_CHECK(write(second, n_written));
  return n_written;
}

TEST(Try, DeclaresTheValue) { EXPECT_EQ(quarter(12).value(), 3); }

TEST(Try, ReturnsTheFirstErrorAsItIs) {
  const Result<int> inner = quarter(6);
  ASSERT_FALSE(inner);
  EXPECT_EQ(inner.error().code(), ErrorCode::base_bad_argument);
  EXPECT_EQ(inner.error().detail(), "3");
}

TEST(Try, MovesAValueThatCannotBeCopied) {
  const auto make = []() -> Result<std::unique_ptr<int>> { return std::make_unique<int>(7); };
  const auto use = [&]() -> Result<int> {
    OVILLO_TRY(const auto owned, make());
    return *owned;
  };
  EXPECT_EQ(use().value(), 7);
}

TEST(Try, AssignsToAVariableThatIsThereAlready) {
  const auto use = []() -> Result<int> {
    int n = 1;
    OVILLO_TRY(n, half(8));
    return n;
  };
  EXPECT_EQ(use().value(), 4);
}

TEST(Check, StopsAtTheFirstFailure) {
  EXPECT_EQ(write_twice(true, true).value(), 2);
  const Result<int> failed = write_twice(true, false);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code(), ErrorCode::base_cannot_write);
}

TEST(Check, MayStandAloneInAnElse) {
  const auto use = [](bool ask) -> Result<void> {
    int n = 0;
    if (!ask)
      return {};
    else
      OVILLO_CHECK(write(false, n));
    return {};
  };
  EXPECT_TRUE(use(false));
  EXPECT_FALSE(use(true));
}

TEST(Result, CarriesOnLikeExpected) {
  EXPECT_EQ(half(8).map([](int n) { return n + 1; }).value(), 5);
  EXPECT_EQ(half(3).value_or(-5), -5);
}

}  // namespace
}  // namespace ovillo
