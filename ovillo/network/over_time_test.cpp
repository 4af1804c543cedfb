#include "ovillo/network/over_time.hpp"

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
  std::string a, b, start, end;
};

TimedEdgeList timed(const std::vector<Row>& rows) {
  TimedEdgeList out;
  for (const Row& row : rows) {
    out.edges.a.push_back(row.a);
    out.edges.b.push_back(row.b);
    out.start.push_back(row.start);
    out.end.push_back(row.end);
  }
  return out;
}

Time day(const std::string& text) { return *parse_time(text, Zone::utc(), DateOrder::day_first); }

std::vector<std::string> links(const EdgeList& edges) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < edges.a.size(); ++i)
    out.push_back(std::string(edges.a[i]) + "-" + std::string(edges.b[i]));
  return out;
}

TEST(NetworkAt, HoldsFromTheFirstDayToTheLastBothIncluded) {
  const auto list = timed({{"a", "b", "2026-01-01", "2026-01-31"},
                           {"b", "c", "2026-01-31", ""},
                           {"c", "d", "2026-01-31T15:00:00Z", "2026-01-31T16:00:00Z"},
                           {"d", "e", "2026-02", "2026-02"}});
  EXPECT_THAT(links(network_at(list, day("2025-12-31")).edges), IsEmpty());
  EXPECT_THAT(links(network_at(list, day("2026-01-01")).edges), ElementsAre("a-b"));
  EXPECT_THAT(links(network_at(list, day("2026-01-31")).edges), ElementsAre("a-b", "b-c", "c-d"));
  EXPECT_THAT(links(network_at(list, day("2026-02-28")).edges), ElementsAre("b-c", "d-e"));
  EXPECT_THAT(links(network_at(list, day("2030-01-01")).edges), ElementsAre("b-c"));
}

TEST(NetworkAt, SetsAsideRowsWithoutAnInterval) {
  const auto snapshot = network_at(timed({{"a", "b", "", "2026-01-31"},
                                          {"a", "c", "soon", ""},
                                          {"a", "d", "2026-02-01", "2026-01-31"},
                                          {"a", "e", "2026-02-01", "later"},
                                          {"a", "f", "2026-02-01", "2026-02-01"}}),
                                   day("2026-02-01"));
  EXPECT_THAT(links(snapshot.edges), ElementsAre("a-f"));
  ASSERT_EQ(snapshot.rejects.size(), 4U);
  EXPECT_EQ(snapshot.rejects[3].row, 3U);
  EXPECT_EQ(snapshot.rejects[0].code, ErrorCode::network_bad_interval);
}

EdgeList edge_list(const std::vector<std::pair<std::string, std::string>>& pairs) {
  EdgeList out;
  for (const auto& [a, b] : pairs) {
    out.a.push_back(a);
    out.b.push_back(b);
  }
  return out;
}

std::vector<std::string> said(const Changes& changes) {
  std::vector<std::string> out;
  for (const GroupChange& change : changes.groups) {
    std::string line;
    for (const auto& name : change.before) line += name + " ";
    line += std::string(name_of(change.event));
    for (const auto& name : change.after) line += " " + name;
    out.push_back(line);
  }
  return out;
}

TEST(Changes, NamesWhatAppearedWentSplitAndMerged) {
  std::vector<std::pair<std::string, std::string>> before = {
      {"a1", "a2"}, {"a2", "a3"}, {"a3", "a4"},                 // splits
      {"b1", "b2"}, {"c1", "c2"},                               // merge
      {"d1", "d2"},                                             // goes
      {"e1", "e2"},                                             // stays
      {"f1", "f2"},                                             // grows
      {"g1", "g2"}, {"g2", "g3"}, {"h1", "h2"}, {"h2", "h3"}};  // trade members
  std::vector<std::pair<std::string, std::string>> after = {
      {"a1", "a2"}, {"a3", "a4"}, {"b1", "b2"}, {"b2", "c1"}, {"c1", "c2"},
      {"e2", "e1"}, {"f1", "f2"}, {"f2", "f3"}, {"g1", "g2"}, {"g2", "h3"},
      {"h1", "h2"}, {"h2", "g3"}, {"i1", "i2"}};
  Rng rng(2);
  for (int round = 0; round < 5; ++round) {
    const Changes found = changes(edge_list(before), edge_list(after), Grouping::component);
    EXPECT_THAT(said(found),
                ElementsAre("a1 split a1 a3", "b1 c1 merged b1", "d1 gone", "e1 unchanged e1",
                            "f1 changed f1", "g1 h1 regrouped g1 g3", "appeared i1"));
    EXPECT_EQ(found.n_links_kept, 8U);
    EXPECT_EQ(found.n_links_ended, 4U);
    EXPECT_EQ(found.n_links_begun, 5U);
    rng.shuffle(before);
    rng.shuffle(after);
  }
}

TEST(Changes, DoesNotTieGroupsByOneMemberWhoMoved) {
  std::vector<std::pair<std::string, std::string>> before;
  std::vector<std::pair<std::string, std::string>> after;
  for (const std::string group : {"p", "q"})
    for (int i = 1; i < 6; ++i) before.emplace_back(group + "0", group + std::to_string(i));
  after = before;
  after[4] = {"q0", "p5"};
  EXPECT_THAT(said(changes(edge_list(before), edge_list(after), Grouping::component)),
              ElementsAre("p0 changed p0", "q0 changed p5"));
  EXPECT_THAT(changes({}, {}, Grouping::component).groups, IsEmpty());
}

TEST(Changes, ComparesCommunitiesToo) {
  // Two triangles joined by one link are one component but two communities at both dates.
  std::vector<std::pair<std::string, std::string>> links;
  for (const std::string group : {"p", "q"})
    for (int i = 0; i < 6; ++i)
      for (int j = 0; j < i; ++j)
        links.emplace_back(group + std::to_string(i), group + std::to_string(j));
  const EdgeList apart = edge_list(links);
  links.emplace_back("p0", "q0");
  const EdgeList joined = edge_list(links);
  EXPECT_THAT(said(changes(apart, joined, Grouping::component)), ElementsAre("p0 q0 merged p0"));
  EXPECT_THAT(said(changes(apart, joined, Grouping::community)),
              ElementsAre("p0 unchanged p0", "q0 unchanged q0"));
}

}  // namespace
}  // namespace ovillo::network
