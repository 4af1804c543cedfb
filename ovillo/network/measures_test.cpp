#include "ovillo/network/measures.hpp"

#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/base/source_folder.hpp"

namespace ovillo::network {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct EdgeText {
  std::string a, b, weight;
};

EdgeList edge_list(const std::vector<EdgeText>& rows) {
  EdgeList out;
  for (const EdgeText& row : rows) {
    out.a.push_back(row.a);
    out.b.push_back(row.b);
    out.weight.push_back(row.weight);
  }
  return out;
}

std::vector<std::string> strings(const StringColumn& column) {
  std::vector<std::string> out;
  out.reserve(column.size());
  for (std::size_t i = 0; i < column.size(); ++i) out.emplace_back(column[i]);
  return out;
}

/// Two triangles, a-b-c and x-y-z, joined by c-x; k hangs on z.
std::vector<EdgeText> two_triangles() {
  return {{"a", "b", "2"}, {"b", "c", "2"},    {"c", "a", "2"}, {"c", "x", "0.5"}, {"x", "y", "2"},
          {"y", "z", "2"}, {"z", "x", "1.75"}, {"z", "k", ""},  {"k", "k", ""},    {"b", "a", "1"}};
}

TEST(Measure, GivesEachMeasureOfASmallList) {
  const auto measures = parse_measures(
      "component,degree,strength,coreness,articulation_point,bridges,betweenness,community");
  ASSERT_TRUE(measures.has_value());
  const auto table = measure(edge_list(two_triangles()), *measures, {.gamma = 1});
  ASSERT_TRUE(table.has_value());
  EXPECT_THAT(strings(table->node), ElementsAre("a", "b", "c", "k", "x", "y", "z"));
  EXPECT_EQ(table->n_edges, 8U);
  EXPECT_EQ(table->n_loops, 1U);
  EXPECT_EQ(table->n_parallel, 1U);
  const auto column = [&](std::size_t i) { return strings(table->columns[i].value); };
  EXPECT_THAT(column(0), ElementsAre("a", "a", "a", "a", "a", "a", "a"));
  EXPECT_THAT(column(1), ElementsAre("2", "2", "3", "1", "3", "2", "3"));
  EXPECT_THAT(column(2), ElementsAre("5.00", "5.00", "4.50", "1.00", "4.25", "4.00", "4.75"));
  EXPECT_THAT(column(3), ElementsAre("2", "2", "2", "1", "2", "2", "2"));
  EXPECT_THAT(column(4), ElementsAre("0", "0", "1", "0", "1", "0", "1"));
  EXPECT_THAT(column(5), ElementsAre("0", "0", "1", "1", "1", "0", "1"));
  EXPECT_THAT(column(6),
              ElementsAre("0.000", "0.000", "8.000", "0.000", "9.000", "0.000", "5.000"));
  EXPECT_THAT(column(7), ElementsAre("a", "a", "a", "k", "x", "x", "x"));
}

TEST(Measure, IsTheSameForAnyOrderOfRowsAndEitherDirection) {
  const auto measures = parse_measures("betweenness,pagerank,community,strength");
  auto rows = two_triangles();
  const auto first = measure(edge_list(rows), *measures, {.gamma = 1});
  Rng rng(5);
  for (int round = 0; round < 20; ++round) {
    rng.shuffle(rows);
    for (EdgeText& row : rows)
      if (rng.chance_per_mille(500)) std::swap(row.a, row.b);
    const auto again = measure(edge_list(rows), *measures, {.gamma = 1});
    ASSERT_TRUE(again.has_value());
    for (std::size_t c = 0; c < measures->size(); ++c)
      EXPECT_EQ(again->columns[c].value, first->columns[c].value);
  }
}

TEST(Measure, SetsRowsAsideThatItCannotUse) {
  const auto measures = parse_measures("degree");
  const auto table = measure(edge_list({{"a", "", "1"},
                                        {"a", "b", "-1"},
                                        {"a", "b", "1,5"},
                                        {"a", "b", "0"},
                                        {"a", "c", "1.5"},
                                        {"a", "c", "1."},
                                        {"a", "c", "x"}}),
                             *measures);
  ASSERT_TRUE(table.has_value());
  EXPECT_THAT(strings(table->node), ElementsAre("a", "c"));
  ASSERT_EQ(table->rejects.size(), 5U);
  EXPECT_EQ(table->rejects[0].row, 0U);
  EXPECT_EQ(table->rejects[0].code, ErrorCode::network_empty_node);
  EXPECT_EQ(table->rejects[1].code, ErrorCode::network_bad_weight);
  EXPECT_EQ(table->rejects[4].row, 6U);
}

TEST(Measure, RefusesWeightsItCannotAddUpExactly) {
  const auto measures = parse_measures("strength");
  const auto large = edge_list({{"a", "b", "3000000"}, {"b", "c", "0.001"}});
  EXPECT_EQ(measure(large, *measures).error().code(), ErrorCode::network_weights_too_large);
  const auto sum = edge_list({{"a", "b", "2000000000"}, {"b", "a", "2000000000"}});
  EXPECT_EQ(measure(sum, *measures).error().code(), ErrorCode::network_weights_too_large);
}

TEST(Measure, OfNothingIsAnEmptyTable) {
  const auto measures = parse_measures("degree,betweenness,pagerank,community,component,bridges");
  const auto table = measure({}, *measures);
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->node.size(), 0U);
}

TEST(ParseMeasures, NamesTheWordItDoesNotKnow) {
  const auto wrong = parse_measures("degree,eigenvalue");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().code(), ErrorCode::network_unknown_measure);
  EXPECT_THAT(wrong.error().message(), HasSubstr("\"eigenvalue\""));
  EXPECT_FALSE(parse_measures("").has_value());
}

// Natarajan's cocaine network: the leader has by far the highest betweenness (311.5).
TEST(Measure, ReadsAPublishedNetwork) {
  std::ifstream file(OVILLO_SOURCE_DIR "/../shared/data/networks/Natarajan_cocaine_edges.csv");
  if (!file) GTEST_SKIP() << "reference data not here";
  std::vector<EdgeText> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::erase(line, '"');
    std::erase(line, '\r');
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    rows.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1),
                    line.substr(second + 1)});
  }
  const auto table = measure(edge_list(rows), *parse_measures("betweenness"));
  ASSERT_TRUE(table.has_value());
  const auto names = strings(table->node);
  const auto kay =
      static_cast<std::size_t>(std::find(names.begin(), names.end(), "Kay") - names.begin());
  EXPECT_EQ(table->columns[0].value[kay].substr(0, 5), "311.5");
}

}  // namespace
}  // namespace ovillo::network
