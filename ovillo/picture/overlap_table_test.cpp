#include "ovillo/picture/overlap_table.hpp"

#include <gtest/gtest.h>

namespace ovillo::picture {
namespace {

using Header = std::vector<std::string>;

Result<OverlapTable> two_lists(const std::vector<OverlapRow>& rows) {
  return make_overlap_table("t.csv", {"police", "centre", "n"}, rows);
}

TEST(OverlapTable, AddsUpPatternsThatComeTwice) {
  const auto table = two_lists({{1, {"1", "0", "7"}}, {2, {"1", "1", "2"}}, {3, {"1", "0", "1"}}});
  ASSERT_TRUE(table) << table.error().message();
  EXPECT_EQ(table->count, (std::vector<double>{0, 8, 0, 2}));
  EXPECT_EQ(table->n_observed(), 10);
}

TEST(OverlapTable, SaysWhichRowAndColumnIsWrong) {
  const auto message = [](const auto& result) {
    return result ? std::string() : result.error().message();
  };
  EXPECT_NE(message(two_lists({{4, {"2", "0", "7"}}})).find("\"2\" is not 0 or 1"),
            std::string::npos);
  EXPECT_NE(message(two_lists({{4, {"1", "0", "-7"}}})).find("\"-7\" is no count"),
            std::string::npos);
  EXPECT_NE(message(two_lists({{4, {"1", "0", "1.5"}}})).find("no count"), std::string::npos);
  EXPECT_NE(message(two_lists({{4, {"1", "0", "nan"}}})).find("no count"), std::string::npos);
  EXPECT_NE(message(two_lists({{4, {"1", "0", "1e300"}}})).find("no count"), std::string::npos);
  EXPECT_NE(message(two_lists({{4, {"0", "0", "7"}}})).find("people on no list"),
            std::string::npos);
  EXPECT_NE(message(two_lists({})).find("nobody is on any list"), std::string::npos);
  EXPECT_NE(message(two_lists({{4, {"x", "0", "7"}}})).find("row 4"), std::string::npos);
}

TEST(OverlapTable, NeedsTwoToEightListsWithNamesOfTheirOwn) {
  EXPECT_FALSE(make_overlap_table("t", Header{"a", "n"}, {{1, {"1", "3"}}}));
  EXPECT_FALSE(make_overlap_table("t", Header{"a", "a", "n"}, {{1, {"1", "1", "3"}}}));
  EXPECT_FALSE(make_overlap_table("t", Header{"a", "", "n"}, {{1, {"1", "1", "3"}}}));
  const Header nine = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "n"};
  EXPECT_FALSE(make_overlap_table("t", nine, {{1, std::vector<std::string>(10, "1")}}));
}

TEST(Replicates, AreReadByTheirHeader) {
  const OverlapTable table{{"a", "b"}, {0, 3, 4, 5}};
  const auto read = make_replicates("r", {"11", "10"}, {{1, {"2", "9"}}, {2, {"1", "0"}}}, table);
  ASSERT_TRUE(read) << read.error().message();
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ(std::vector<double>((*read)[0].begin(), (*read)[0].end()),
            (std::vector<double>{0, 9, 0, 2}));
  EXPECT_FALSE(make_replicates("r", {"111"}, {}, table));
  EXPECT_FALSE(make_replicates("r", {"00"}, {}, table));
  EXPECT_FALSE(make_replicates("r", {"11"}, {{1, {"0"}}}, table));
}

}  // namespace
}  // namespace ovillo::picture
