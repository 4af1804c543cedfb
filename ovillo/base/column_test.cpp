#include "ovillo/base/column.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ovillo {
namespace {

using testing::ElementsAre;

StringColumn column_of(const std::vector<std::string_view>& values) {
  StringColumn out;
  for (const auto value : values) out.push_back(value);
  return out;
}

TEST(StringColumn, StartsEmptyWithOneOffset) {
  const StringColumn column;
  EXPECT_TRUE(column.empty());
  EXPECT_EQ(column.size(), 0U);
  EXPECT_THAT(column.offsets(), ElementsAre(0));
}

TEST(StringColumn, KeepsEmptyValuesNulBytesAndOrder) {
  using std::string_view_literals::operator""sv;
  const StringColumn column = column_of({"uno", "", "d\0s"sv, "tres"});
  ASSERT_EQ(column.size(), 4U);
  EXPECT_EQ(column[0], "uno");
  EXPECT_EQ(column[1], "");
  EXPECT_EQ(column[2], "d\0s"sv);
  EXPECT_EQ(column[3], "tres");
}

TEST(StringColumn, HasTheLayoutOfArrowLargeUtf8) {
  const StringColumn column = column_of({"ab", "", "cde"});
  EXPECT_EQ(column.arena(), "abcde");
  EXPECT_THAT(column.offsets(), ElementsAre(0, 2, 2, 5));
}

TEST(StringColumn, AppendingEqualsPushingOneByOne) {
  StringColumn joined = column_of({"a", "bc"});
  joined.append(column_of({}));
  joined.append(column_of({"", "def"}));
  EXPECT_EQ(joined, column_of({"a", "bc", "", "def"}));
}

TEST(StringColumn, AppendsToItself) {
  StringColumn twice = column_of({"a", "bc"});
  const StringColumn once = twice;
  twice.append(once);
  EXPECT_EQ(twice, column_of({"a", "bc", "a", "bc"}));
}

TEST(StringColumn, CutsDifferentlyIsNotEqual) {
  EXPECT_NE(column_of({"ab", "c"}), column_of({"a", "bc"}));
}

TEST(StringColumn, ComesBackFromItsParts) {
  const StringColumn column = column_of({"x", "", "yz"});
  const auto offsets = column.offsets();
  EXPECT_EQ(StringColumn::from_parts(column.arena(), {offsets.begin(), offsets.end()}), column);
}

TEST(StringColumn, IsAsNewAfterClear) {
  StringColumn column = column_of({"x", "y"});
  column.clear();
  EXPECT_EQ(column, StringColumn());
}

TEST(ListIndex, GivesEachRowItsChildren) {
  ListIndex index;
  index.close_row(2);
  index.close_row(2);
  index.close_row(5);
  ASSERT_EQ(index.size(), 3U);
  EXPECT_EQ(index[0].begin, 0U);
  EXPECT_EQ(index[0].end, 2U);
  EXPECT_EQ(index[1].size(), 0U);
  EXPECT_EQ(index[2].size(), 3U);
  const auto offsets = index.offsets();
  EXPECT_EQ(ListIndex::from_offsets({offsets.begin(), offsets.end()}), index);
  index.clear();
  EXPECT_EQ(index, ListIndex());
}

}  // namespace
}  // namespace ovillo
