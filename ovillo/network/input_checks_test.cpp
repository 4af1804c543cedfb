#include "ovillo/network/input_checks.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::network {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Row {
  std::string a, b, weight;
};

EdgeList list(const std::vector<Row>& rows) {
  EdgeList out;
  for (const Row& row : rows) {
    out.a.push_back(row.a);
    out.b.push_back(row.b);
    out.weight.push_back(row.weight);
  }
  return out;
}

/// n people, each pair tied with chance per mille, in either direction, weights 1 to 5.
std::vector<Row> invented(Rng& rng, int n, unsigned per_mille) {
  std::vector<Row> out;
  for (int i = 0; i < n; ++i)
    for (int j = i + 1; j < n; ++j)
      if (rng.chance_per_mille(per_mille)) {
        Row row{"p" + std::to_string(i), "p" + std::to_string(j),
                std::to_string(rng.between(1, 5))};
        if (rng.chance_per_mille(500)) std::swap(row.a, row.b);
        out.push_back(row);
      }
  rng.shuffle(out);
  return out;
}

std::vector<Row> relabelled(std::vector<Row> rows, Rng& rng, int n) {
  std::vector<int> other(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < other.size(); ++i) other[i] = static_cast<int>(i);
  rng.shuffle(other);
  const auto name = [&](const std::string& old) {
    return "q" + std::to_string(other[static_cast<std::size_t>(std::stoi(old.substr(1)))]);
  };
  for (Row& row : rows) row = {name(row.b), name(row.a), row.weight};
  rng.shuffle(rows);
  return rows;
}

std::vector<std::string> said(const std::vector<DoubtFound>& found) {
  std::vector<std::string> out;
  for (const DoubtFound& one : found)
    out.push_back(std::to_string(one.list) + " " + std::string(name_of(one.doubt)) +
                  (one.other ? " " + std::to_string(*one.other) : "") +
                  (one.weights_too ? " weights" : "") + (one.proven ? "" : " unproven") + one.node);
  return out;
}

TEST(CheckInputs, FindsACopiedLayerAndOneInAnotherOrder) {
  Rng rng(1);
  auto rows = invented(rng, 20, 200);
  const EdgeList first = list(rows);
  const EdgeList honest = list(invented(rng, 20, 200));
  rng.shuffle(rows);
  EXPECT_THAT(said(check_inputs(std::vector{first, honest, first, list(rows)})),
              ElementsAre("2 copy 0", "3 same_links 0", "3 same_links 2"));
}

TEST(CheckInputs, FindsAPhaseUnderOtherLabels) {
  Rng rng(2);
  for (int round = 0; round < 10; ++round) {
    const auto rows = invented(rng, 25, 160);
    auto other = relabelled(rows, rng, 25);
    EXPECT_THAT(said(check_inputs(std::vector{list(rows), list(other)})),
                ElementsAre("1 same_shape 0 weights"));
    for (Row& row : other) row.weight = std::to_string(rng.between(1, 9));
    EXPECT_THAT(said(check_inputs(std::vector{list(rows), list(other)})),
                ElementsAre("1 same_shape 0"));
    // One end of a link moved to somebody new to it: another network.
    const auto stranger = std::find_if(other.begin(), other.end(), [&](const Row& row) {
      return row.a != other.front().a && row.a != other.front().b &&
             std::none_of(other.begin(), other.end(), [&](const Row& link) {
               return (link.a == other.front().b && link.b == row.a) ||
                      (link.b == other.front().b && link.a == row.a);
             });
    });
    ASSERT_NE(stranger, other.end());
    other.front().a = stranger->a;
    EXPECT_THAT(said(check_inputs(std::vector{list(rows), list(other)})), IsEmpty());
  }
}

TEST(CheckInputs, LeavesHonestListsAlone) {
  Rng rng(3);
  std::vector<EdgeList> lists;
  for (int i = 0; i < 12; ++i) lists.push_back(list(invented(rng, 15 + i % 3, 150)));
  std::vector<Row> star;
  std::vector<Row> other_star;
  std::vector<Row> ring;
  std::vector<Row> other_ring;
  for (int i = 0; i < 40; ++i) {
    star.push_back({"hub", "s" + std::to_string(i), ""});
    other_star.push_back({"boss", "t" + std::to_string(i), ""});
    ring.push_back({"r" + std::to_string(i), "r" + std::to_string((i + 1) % 40), ""});
    other_ring.push_back({"u" + std::to_string(i), "u" + std::to_string((i + 1) % 40), ""});
  }
  for (const auto& rows : {star, other_star, ring, other_ring}) lists.push_back(list(rows));
  lists.push_back(list({{"a", "b", ""}, {"b", "c", ""}}));
  lists.push_back(list({{"a", "b", ""}, {"b", "c", ""}}));
  EXPECT_THAT(said(check_inputs(lists)), IsEmpty());
  EXPECT_THAT(said(check_inputs(std::span(lists).first(12), {.said_directed = true})), IsEmpty());
}

TEST(CheckInputs, TellsRegularGraphsApartThatRefinementCannot) {
  // Two rings of six against one of twelve, each with the same six extra nodes to make it telling.
  std::vector<Row> two;
  std::vector<Row> one;
  for (int i = 0; i < 12; ++i) {
    const int block = i / 6 * 6;
    two.push_back({"n" + std::to_string(i), "n" + std::to_string(block + (i + 1) % 6), ""});
    one.push_back({"n" + std::to_string(i), "n" + std::to_string((i + 1) % 12), ""});
  }
  for (auto* rows : {&two, &one})
    for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{{"x1", "x2"},
                                                                               {"x2", "x3"},
                                                                               {"x3", "x1"},
                                                                               {"x3", "x4"},
                                                                               {"x4", "x5"},
                                                                               {"x5", "x3"},
                                                                               {"x5", "x6"},
                                                                               {"x6", "x4"},
                                                                               {"x1", "x4"}})
      rows->push_back({a, b, ""});
  EXPECT_THAT(said(check_inputs(std::vector{list(two), list(one)})), IsEmpty());
}

TEST(CheckInputs, FindsLostDirectionsOnlyWhereOneIsClaimed) {
  Rng rng(4);
  auto both = invented(rng, 15, 250);
  const std::size_t n = both.size();
  for (std::size_t i = 0; i < n; ++i) both.push_back({both[i].b, both[i].a, both[i].weight});
  auto up = invented(rng, 15, 250);
  for (Row& row : up) {
    const auto number = [](const std::string& name) { return std::stoi(name.substr(1)); };
    if (number(row.b) < number(row.a)) std::swap(row.a, row.b);
    row.a.erase(0, 1);  // bare numbers: 9 comes before 10
    row.b.erase(0, 1);
  }
  const std::vector lists{list(both), list(up)};
  EXPECT_THAT(said(check_inputs(lists, {.said_directed = true})),
              ElementsAre("0 both_directions", "1 one_direction"));
  EXPECT_THAT(said(check_inputs(lists)), IsEmpty());
}

TEST(CheckInputs, FindsAValueSharedByTooMany) {
  Rng rng(5);
  auto rows = invented(rng, 60, 60);
  for (int i = 0; i < 60; ++i) rows.push_back({"p" + std::to_string(i), "shop", "1"});
  for (int i = 0; i < 4; ++i) rows.push_back({"p" + std::to_string(i), "Unknown", "1"});
  for (int i = 0; i < 4; ++i) rows.push_back({"p" + std::to_string(i), "000-0000", "1"});
  EXPECT_THAT(said(check_inputs(std::vector{list(rows)})),
              ElementsAre("0 shared_by_manyshop", "0 placeholder000-0000", "0 placeholderUnknown"));
}

}  // namespace
}  // namespace ovillo::network
