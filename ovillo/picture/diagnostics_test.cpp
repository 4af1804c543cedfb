#include "ovillo/picture/diagnostics.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "ovillo/picture/test_tables.hpp"

namespace ovillo::picture {
namespace {

TEST(TableHealth, CountsWhatTheTableHolds) {
  const TableHealth health = table_health(united_kingdom());
  EXPECT_EQ(health.n_observed, 2744);
  EXPECT_EQ(health.on_two_or_more, 221);
  EXPECT_EQ(health.list_size, (std::vector<double>{94, 567, 1169, 807, 336}));
  EXPECT_EQ(health.empty_pairs, (std::vector<Term>{0b10001}));
  EXPECT_EQ(health.n_triples_overlapping, 7U);
  EXPECT_EQ(health.n_triples_sharing, 4U);
  EXPECT_EQ(health.cells_of_one, 4U);
  EXPECT_EQ(health.cells_below_five, 6U);
}

TEST(Bounds, FollowTheOddsOfTwoLists) {
  const OverlapTable table = table_of({"a", "b"}, "10:40 01:30 11:10");
  const Bounds found = bounds(table, 2);
  ASSERT_EQ(found.pairs.size(), 1U);
  EXPECT_DOUBLE_EQ(found.pairs[0].independent, 80 + 120);
  EXPECT_DOUBLE_EQ(found.lowest, 80 + 60);
  EXPECT_DOUBLE_EQ(found.highest, 80 + 240);
  EXPECT_DOUBLE_EQ(found.least_if_people_differ, 80 + 70.0 * 70 / 20);
  EXPECT_TRUE(bounds(table_of({"a", "b"}, "10:4 01:3")).pairs.empty());
}

TEST(Variants, LeaveOutAndMergeLists) {
  const OverlapTable table =
      table_of({"a", "b", "c"}, "100:50 010:40 001:30 110:8 101:7 011:6 111:3");
  // Without c: a alone 57, b alone 46, both 11.
  const auto without = without_each_list(table, 0);
  ASSERT_EQ(without.size(), 3U);
  EXPECT_EQ(without[2].what, "without c");
  EXPECT_NEAR(*without[2].total, 68.0 * 57 / 11, 1e-6);
  // a and b as one: alone 98, c alone 30, both 16.
  const auto merged = with_each_pair_merged(table, 0);
  ASSERT_EQ(merged.size(), 3U);
  EXPECT_EQ(merged[0].what, "a+b as one list");
  EXPECT_NEAR(*merged[0].total, 114.0 * 46 / 16, 1e-6);
}

TEST(Consistency, FindsANumberThatIsKnownWhereListsAreIndependent) {
  // A thousand people, three lists that each find them independently with chance one half, a
  // quarter and a fifth, rounded.
  const OverlapTable table =
      table_of({"a", "b", "c"}, "100:300 010:100 001:75 110:100 101:75 011:25 111:25");
  const auto found = internal_consistency(table, 0.02, 1);
  ASSERT_EQ(found.size(), 3U);
  for (const Consistency& one : found) {
    ASSERT_TRUE(one.estimated);
    EXPECT_NEAR(*one.log_relative_bias, 0, 1e-6) << one.list;
    EXPECT_TRUE(*one.covered);
  }
  EXPECT_EQ(found[0].known, 500);
}

TEST(Linkage, MissedLinksLowerTheTotalAndFalseOnesRaiseIt) {
  const OverlapTable table = western_states();
  const double total = *stepwise(table).total();
  const LinkageEffect missed = with_linkage(table, 0.3, 0, 0, 400, 1);
  const LinkageEffect wrong = with_linkage(table, 0, 0.3, 0, 400, 1);
  EXPECT_LT(missed.median, 0.85 * total);
  EXPECT_GT(wrong.median, total);
}

TEST(Linkage, MendedTablesHaveNoCellBelowZero) {
  const OverlapTable table = table_of({"a", "b"}, "10:2 01:1 11:9");
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    for (const double count : mended(table, 0.5, 0.5, seed)) EXPECT_GE(count, 0);
}

TEST(Coverage, IsNearNominalWhereTheModelIsSimple) {
  OverlapTable table = table_of({"a", "b"}, "10:400 01:300 11:100");
  Settings settings;
  settings.threshold = 0;  // nothing is chosen
  const Coverage found =
      coverage(table, fit_log_linear(table, {}), Method::stepwise, settings, 200, 200);
  EXPECT_EQ(found.n_no_estimate, 0U);
  EXPECT_GT(found.of_95, 0.89);
  EXPECT_GT(found.of_80, 0.70);
  EXPECT_LT(found.of_80, 0.90);
}

TEST(Estimate, ShowsEveryMethodAndWithholdsWhatHasNone) {
  Settings settings;
  settings.n_replicates = 50;
  std::vector<std::string> steps;
  const Estimate found = estimate(table_of({"a", "b", "c"}, "100:9 010:8 001:7"), settings,
                                  [&](std::string_view what) { steps.emplace_back(what); });
  EXPECT_EQ(steps.size(), all_methods().size());
  for (const MethodResult& one : found.results) {
    if (one.method != Method::stepwise && one.method != Method::bic && one.method != Method::aic)
      continue;
    EXPECT_FALSE(one.total) << name(one.method);
    EXPECT_FALSE(one.low);
    EXPECT_FALSE(one.withheld.empty());
  }
}

TEST(Estimate, TooManyListsForASearchAreSaid) {
  Settings settings;
  settings.methods = {Method::bic, Method::decomposable};
  settings.n_replicates = 10;
  const OverlapTable seven =
      table_of({"a", "b", "c", "d", "e", "f", "g"},
               "1000000:9 0100000:9 0010000:9 0001000:9 0000100:9 0000010:9 0000001:9 1100000:3 "
               "0011000:3 0000110:3 1000001:3");
  for (const MethodResult& one : estimate(seven, settings, nullptr).results) {
    EXPECT_FALSE(one.total);
    EXPECT_NE(one.withheld.find("7 lists"), std::string::npos);
  }
}

}  // namespace
}  // namespace ovillo::picture
