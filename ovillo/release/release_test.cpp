#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/release/attack.hpp"
#include "ovillo/release/count_table.hpp"
#include "ovillo/release/suppress.hpp"

namespace ovillo::release {
namespace {

/// Four provinces by three forms by sex, the golden case of the literature's tools: 161 people, and
/// 16 cells of one to three.
CountTable golden() {
  const std::vector<std::vector<std::uint64_t>> women = {
      {31, 12, 7, 4}, {3, 15, 9, 2}, {1, 0, 2, 3}};
  const std::vector<std::vector<std::uint64_t>> men = {{6, 2, 1, 1}, {22, 18, 11, 5}, {2, 3, 0, 1}};
  const std::vector<std::string> forms = {"sexual", "labour", "begging"};
  std::vector<CountRow> rows;
  for (std::size_t form = 0; form < 3; ++form)
    for (std::size_t province = 0; province < 4; ++province) {
      const std::string name = "P" + std::to_string(province + 1);
      rows.push_back({0, {name, forms[form], "F"}, women[form][province]});
      rows.push_back({0, {name, forms[form], "M"}, men[form][province]});
    }
  return *make_count_table("golden", {"province", "form", "sex"}, rows);
}

Published with_primary_only(const CountTable& table, std::uint64_t minimum) {
  Suppression primary = suppress(table, {minimum, true, 0});
  primary.secondary.assign(table.size(), false);
  return published(table, primary);
}

TEST(CountTable, AddsUpIntoEveryMargin) {
  const CountTable table = golden();
  EXPECT_EQ(table.size(), 60U);
  EXPECT_EQ(table.count(table.size() - 1), 161U);
  for (const CountTable::Relation& one : table.relations()) {
    std::uint64_t sum = 0;
    for (const std::size_t part : one.parts) sum += table.count(part);
    EXPECT_EQ(sum, table.count(one.total));
  }
}

TEST(CountTable, UnknownIsAValueAndTooLargeIsRefused) {
  const auto table = make_count_table("t", {"sex"}, {{1, {"F"}, 3}, {2, {""}, 2}});
  ASSERT_TRUE(table);
  EXPECT_EQ(table->name(0, 1), "unknown");
  EXPECT_EQ(table->name(0, 2), "Total");
  std::vector<CountRow> many;
  for (int i = 0; i < 30000; ++i) many.push_back({0, {std::to_string(i)}, 1});
  EXPECT_FALSE(make_count_table("t", {"id"}, many));
  EXPECT_FALSE(make_count_table("t", {}, {}));
}

// The check can fail: with the small cells alone withheld each of them follows by subtraction.
TEST(Attack, WorksOutEveryCellThatOnlyPrimarySuppressionHides) {
  const CountTable table = golden();
  const Attack found = attack(table, with_primary_only(table, 4));
  EXPECT_FALSE(found.contradictory);
  EXPECT_EQ(found.intervals.size(), 16U);
  for (const CellInterval& one : found.intervals) {
    EXPECT_EQ(one.low, one.high);
    EXPECT_EQ(one.low, static_cast<double>(table.count(one.cell)));
  }
}

TEST(Suppress, LeavesAnIntervalAroundEverySmallCell) {
  const CountTable table = golden();
  const SuppressionRule rule{4, true, 4};
  const Suppression suppression = suppress(table, rule);
  EXPECT_EQ(suppression.n_primary, 16U);
  EXPECT_TRUE(suppression.unprotected.empty());
  EXPECT_LE(suppression.n_secondary, 20U);
  for (const CellInterval& one : attack(table, published(table, suppression)).intervals) {
    EXPECT_LE(one.low, static_cast<double>(table.count(one.cell)));
    EXPECT_GE(one.high, static_cast<double>(table.count(one.cell)));
    if (suppression.primary[one.cell]) {
      EXPECT_GE(one.high - one.low, static_cast<double>(rule.width));
    }
  }
}

TEST(Suppress, HoldsOnRandomTablesAndNeverWithholdsMoreThanItMust) {
  Rng rng(3);
  for (int trial = 0; trial < 12; ++trial) {
    std::vector<CountRow> rows;
    for (std::size_t a = 0; a < 4; ++a)
      for (std::size_t b = 0; b < 5; ++b)
        rows.push_back({0, {std::to_string(a), std::to_string(b)}, rng.below(2) * rng.below(40)});
    const CountTable table = *make_count_table("t", {"a", "b"}, rows);
    const Suppression suppression = suppress(table, {5, false, 5});
    for (const CellInterval& one : attack(table, published(table, suppression)).intervals)
      if (suppression.primary[one.cell] &&
          std::find(suppression.unprotected.begin(), suppression.unprotected.end(), one.cell) ==
              suppression.unprotected.end()) {
        EXPECT_GE(one.high - one.low, 5) << trial;
      }
  }
}

TEST(Suppress, SaysWhatAnEarlierReleaseHasTold) {
  const CountTable table = golden();
  std::vector<bool> told(table.size(), false);
  std::size_t small = 0;
  while (table.count(small) == 0 || table.count(small) >= 4) ++small;
  told[small] = true;
  const Suppression suppression = suppress(table, {4, false, 4}, told);
  ASSERT_FALSE(suppression.unprotected.empty());
  EXPECT_EQ(suppression.unprotected[0], small);
  EXPECT_FALSE(suppression.withheld(small));
}

TEST(Suppress, NothingSmallNothingWithheld) {
  const CountTable table = *make_count_table("t", {"a"}, {{1, {"x"}, 10}, {2, {"y"}, 20}});
  const Suppression suppression = suppress(table, {5, false, 5});
  EXPECT_EQ(suppression.n_primary + suppression.n_secondary, 0U);
}

TEST(Suppress, NamesTheGroupsThatASettingErases) {
  const CountTable table = *make_count_table("t", {"form", "sex"},
                                             {{1, {"labour", "F"}, 40},
                                              {2, {"labour", "M"}, 60},
                                              {3, {"organs", "F"}, 1},
                                              {4, {"organs", "M"}, 2},
                                              {5, {"sexual", "F"}, 70},
                                              {6, {"sexual", "M"}, 30}});
  const auto erased = erased_groups(table, suppress(table, {5, false, 5}));
  ASSERT_FALSE(erased.empty());
  const auto organs = std::find_if(erased.begin(), erased.end(), [&](const ErasedGroup& one) {
    return table.name(one.dimension, one.value) == "organs";
  });
  ASSERT_NE(organs, erased.end());
  EXPECT_EQ(organs->people, 3U);
}

TEST(Attack, TellsCountsThatContradictOneAnother) {
  const CountTable table = *make_count_table("t", {"a"}, {{1, {"x"}, 10}, {2, {"y"}, 20}});
  Published wrong{{true, false, true}, {10, 0, 5}};
  EXPECT_TRUE(attack(table, wrong).contradictory);
  Published right{{true, false, true}, {10, 0, 30}};
  const Attack found = attack(table, right);
  ASSERT_EQ(found.intervals.size(), 1U);
  EXPECT_EQ(found.intervals[0].low, 20);
  EXPECT_EQ(found.intervals[0].high, 20);
}

TEST(Attack, WhatNothingBoundsIsUnbounded) {
  const CountTable table = *make_count_table("t", {"a"}, {{1, {"x"}, 1}, {2, {"y"}, 2}});
  const Attack found = attack(table, {{false, false, false}, {0, 0, 0}});
  ASSERT_EQ(found.intervals.size(), 3U);
  EXPECT_EQ(found.intervals[0].low, 0);
  EXPECT_TRUE(std::isinf(found.intervals[0].high));
}

}  // namespace
}  // namespace ovillo::release
