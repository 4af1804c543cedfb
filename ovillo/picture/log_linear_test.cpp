#include "ovillo/picture/log_linear.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "ovillo/picture/internal/linear_programme.hpp"
#include "ovillo/picture/test_tables.hpp"

namespace ovillo::picture {
namespace {

constexpr Term k12 = 0b011;
constexpr Term k13 = 0b101;
constexpr Term k23 = 0b110;

Existence code(const OverlapTable& table, const std::vector<Term>& terms) {
  return fit_log_linear(table, terms).existence;
}

TEST(LogLinear, TwoListsGiveTheClosedForm) {
  const OverlapTable table = table_of({"a", "b"}, "10:40 01:30 11:6");
  const LogLinearFit fit = fit_log_linear(table, {});
  EXPECT_EQ(fit.existence, Existence::exists);
  EXPECT_NEAR(fit.total, 46.0 * 36 / 6, 1e-9);
}

TEST(LogLinear, ThreeListsWithAllPairsGiveTheClosedForm) {
  const OverlapTable table =
      table_of({"a", "b", "c"}, "100:50 010:40 001:30 110:8 101:7 011:6 111:3");
  const LogLinearFit fit = fit_log_linear(table, all_pairs(3));
  EXPECT_NEAR(fit.hidden, 3.0 * 50 * 40 * 30 / (8 * 7 * 6), 1e-6);
  EXPECT_NEAR(fit.deviance, 0, 1e-9);
}

// The codes of the literature for this table.
TEST(LogLinear, TellsWhatStandsInTheWayOfAnEstimate) {
  const OverlapTable table = artificial();
  EXPECT_EQ(code(table, {}), Existence::exists);
  EXPECT_EQ(code(table, {k12}), Existence::no_maximum);
  EXPECT_EQ(code(table, {k13}), Existence::exists);
  EXPECT_EQ(code(table, {k23}), Existence::exists);
  EXPECT_EQ(code(table, {k12, k13}), Existence::no_maximum);
  EXPECT_EQ(code(table, {k12, k23}), Existence::no_maximum);
  EXPECT_EQ(code(table, {k13, k23}), Existence::exists);
  EXPECT_EQ(code(table, {k12, k13, k23}), Existence::not_identified);
  EXPECT_EQ(code(korea(), all_pairs(3)), Existence::no_maximum);
}

TEST(LogLinear, FitsTheSumsOfEveryTerm) {
  const OverlapTable table = united_kingdom();
  const std::vector<Term> terms = {0b00011, 0b00110, 0b10010};
  const LogLinearFit fit = fit_log_linear(table, terms);
  ASSERT_EQ(fit.existence, Existence::exists);
  for (const Term lists : {0b00001U, 0b00010U, 0b10000U, 0b00011U, 0b00110U, 0b10010U}) {
    double counted = 0;
    double fitted = 0;
    for (std::size_t p = 1; p < table.count.size(); ++p) {
      if ((p & lists) != lists) continue;
      counted += table.count[p];
      fitted += fit.mean[p];
    }
    EXPECT_NEAR(fitted, counted, 1e-8 * counted);
  }
}

TEST(LogLinear, LeavesOutAListThatNobodyIsOn) {
  const OverlapTable three = table_of({"a", "b", "c"}, "100:40 010:30 110:6");
  const OverlapTable two = table_of({"a", "b"}, "10:40 01:30 11:6");
  EXPECT_NEAR(fit_log_linear(three, {}).total, fit_log_linear(two, {}).total, 1e-9);
}

TEST(LogLinear, TooManyTermsForTheCellsAreNotIdentified) {
  EXPECT_EQ(code(table_of({"a", "b"}, "10:4 01:3 11:2"), {0b11}), Existence::not_identified);
}

TEST(LinearProgramme, FindsTheLargestLeastValue) {
  // x + y = 10, y + z = 4: the least of the three is largest with y = 2, z = 2.
  EXPECT_NEAR(internal::largest_least({1, 1, 0, 0, 1, 1}, 3, {7, 3, 1}), 2, 1e-12);
  EXPECT_NEAR(internal::largest_least({1, 0, 0, 1}, 2, {5, 0}), 0, 1e-12);
}

TEST(LogLinear, ModelsAreNamedByTheirLists) {
  EXPECT_EQ(model_name(korea(), std::vector<Term>{k12, 0b111}), "b:c b:c:d");
  EXPECT_EQ(model_name(korea(), {}), "none");
}

}  // namespace
}  // namespace ovillo::picture
