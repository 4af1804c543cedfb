#include "ovillo/network/what_if.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <queue>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/network/candidates.hpp"
#include "ovillo/network/edge_list.hpp"

namespace ovillo::network {
namespace {

using graph::Csr;
using graph::Edge;
using graph::Node;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

std::vector<Node> everybody(const Csr& graph) {
  std::vector<Node> out(graph.n_nodes());
  std::iota(out.begin(), out.end(), Node{0});
  return out;
}

Csr random_graph(Rng& rng, std::size_t n, unsigned per_mille) {
  std::vector<Edge> edges;
  for (Node a = 0; a < n; ++a)
    for (Node b = a + 1; b < n; ++b)
      if (rng.chance_per_mille(per_mille)) edges.push_back({a, b, 1});
  return {n, edges};
}

// --- the plain way: every set, every pair ------------------------------------------------------

/// Steps from `from` without the nodes of `gone`; 0: not reached.
std::vector<int> steps(const Csr& graph, Node from, const std::set<Node>& gone) {
  std::vector<int> out(graph.n_nodes(), 0);
  std::queue<Node> queue({from});
  while (!queue.empty()) {
    const Node v = queue.front();
    queue.pop();
    for (const Node u : graph.neighbours(v)) {
      if (u == from || out[u] > 0 || gone.contains(u)) continue;
      out[u] = out[v] + 1;
      queue.push(u);
    }
  }
  return out;
}

/// What a set is worth, the more the better, in units of 1/27720 (a multiple of 1 to 12).
std::int64_t worth(const Csr& graph, const std::set<Node>& set, const WhatIfOptions& options) {
  constexpr std::int64_t kOne = 27720;
  std::int64_t sum = 0;
  if (options.measure == WhatIfMeasure::kpp_pos) {
    std::vector<int> nearest(graph.n_nodes(), 0);
    for (const Node member : set) {
      const auto d = steps(graph, member, {});
      for (Node v = 0; v < graph.n_nodes(); ++v)
        if (d[v] > 0 && (nearest[v] == 0 || d[v] < nearest[v])) nearest[v] = d[v];
    }
    for (Node v = 0; v < graph.n_nodes(); ++v) {
      if (set.contains(v)) {
        sum += kOne;
      } else if (nearest[v] > 0) {
        const bool within = nearest[v] <= static_cast<int>(options.reach_steps);
        sum += options.reach_steps > 0 ? (within ? kOne : 0) : kOne / nearest[v];
      }
    }
    return sum;
  }
  std::int64_t largest = 0;
  for (Node v = 0; v < graph.n_nodes(); ++v) {
    if (set.contains(v)) continue;
    const auto d = steps(graph, v, set);
    std::int64_t n = 1;
    for (const int far : d) {
      n += far > 0;
      sum -= far > 0 ? kOne / far : 0;
    }
    largest = std::max(largest, n);
  }
  return options.measure == WhatIfMeasure::largest_component ? -largest : sum;
}

std::vector<std::vector<Node>> best_sets(const Csr& graph, const std::vector<Node>& candidates,
                                         unsigned k, const WhatIfOptions& options) {
  std::vector<std::vector<Node>> best;
  std::int64_t most = 0;
  std::vector<Node> chosen;
  const std::function<void(std::size_t)> choose = [&](std::size_t from) {
    if (chosen.size() == k) {
      const std::int64_t value = worth(graph, {chosen.begin(), chosen.end()}, options);
      if (best.empty() || value > most) best.clear();
      if (best.empty() || value >= most) {
        most = value;
        best.push_back(chosen);
      }
      return;
    }
    for (std::size_t i = from; i < candidates.size(); ++i) {
      chosen.push_back(candidates[i]);
      choose(i + 1);
      chosen.pop_back();
    }
  };
  choose(0);
  return best;
}

TEST(WhatIf, FindsEveryBestSetThatTryingAllFinds) {
  Rng rng(11);
  int n_compared = 0;
  for (int round = 0; round < 60; ++round) {
    const auto n = 6 + rng.below(7);
    const Csr graph = random_graph(rng, n, 100 + 60 * static_cast<unsigned>(rng.below(9)));
    std::vector<Node> candidates = everybody(graph);
    if (round % 3 == 0) std::erase_if(candidates, [&](Node) { return rng.chance_per_mille(300); });
    for (int m = 0; m < 4; ++m) {
      WhatIfOptions options;
      options.measure = static_cast<WhatIfMeasure>(std::min(m, 2));
      options.reach_steps = m == 3 ? 1 : 0;
      options.k_to = std::min(5U, static_cast<unsigned>(candidates.size()));
      if (options.k_to == 0) continue;
      const auto answers = what_if(graph, candidates, {}, options);
      ASSERT_TRUE(answers.has_value());
      for (const WhatIfAnswer& answer : *answers) {
        const auto plain = best_sets(graph, candidates, answer.k, options);
        EXPECT_TRUE(answer.exact);
        EXPECT_EQ(answer.value, answer.bound);
        ASSERT_EQ(answer.n_ties, plain.size())
            << "round " << round << " measure " << m << " k " << answer.k;
        EXPECT_EQ(answer.sets, plain);
        ++n_compared;
      }
    }
  }
  EXPECT_GT(n_compared, 800);
}

TEST(WhatIf, CountsMoreTiesThanItLists) {
  std::vector<Edge> star;
  for (Node leaf = 1; leaf < 60; ++leaf) star.push_back({0, leaf, 1});
  const Csr graph(60, star);
  WhatIfOptions options;
  options.k_from = options.k_to = 6;
  const auto answers = what_if(graph, everybody(graph), {}, options);
  ASSERT_TRUE(answers.has_value());
  const WhatIfAnswer& answer = answers->front();
  EXPECT_EQ(answer.value, "1");
  EXPECT_EQ(answer.n_ties, 5006386U);  // the hub and any 5 of 59
  ASSERT_EQ(answer.sets.size(), 1000U);
  EXPECT_THAT(answer.sets.front(), ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_TRUE(std::is_sorted(answer.sets.begin(), answer.sets.end()));
  EXPECT_THAT(answer.sets.back(), ElementsAre(0, 1, 2, 3, 26, 47));
}

TEST(WhatIf, SaysABoundWhenTheStepsDoNotSuffice) {
  Rng rng(3);
  const Csr graph = random_graph(rng, 34, 150);
  WhatIfOptions options;
  options.k_from = options.k_to = 5;
  for (const auto measure : {WhatIfMeasure::largest_component, WhatIfMeasure::kpp_neg}) {
    options.measure = measure;
    options.max_steps = 20;
    const auto cut = what_if(graph, everybody(graph), {}, options);
    options.max_steps = 4'000'000;
    const auto whole = what_if(graph, everybody(graph), {}, options);
    ASSERT_TRUE(cut.has_value() && whole.has_value());
    EXPECT_FALSE(cut->front().exact);
    EXPECT_FALSE(cut->front().n_ties.has_value());
    EXPECT_EQ(cut->front().sets.size(), 1U);
    ASSERT_TRUE(whole->front().exact);
    const double best = std::stod(whole->front().value);
    if (measure == WhatIfMeasure::largest_component) {
      EXPECT_LE(std::stod(cut->front().bound), best);
      EXPECT_GE(std::stod(cut->front().value), best);
    } else {
      EXPECT_GE(std::stod(cut->front().bound), best);
      EXPECT_LE(std::stod(cut->front().value), best);
    }
  }
}

TEST(WhatIf, BoundsLargeNetworks) {
  // 200 nodes: forty stars of five on a chain of hubs.
  std::vector<Edge> edges;
  for (Node hub = 0; hub < 40; ++hub) {
    for (Node leaf = 1; leaf < 5; ++leaf) edges.push_back({hub * 5, hub * 5 + leaf, 1});
    if (hub > 0) edges.push_back({(hub - 1) * 5, hub * 5, 1});
  }
  const Csr graph(200, edges);
  const auto answers = what_if(graph, everybody(graph), {}, {.k_to = 3});
  ASSERT_TRUE(answers.has_value());
  ASSERT_EQ(answers->size(), 3U);
  EXPECT_EQ((*answers)[0].value, "100");
  for (const WhatIfAnswer& answer : *answers) {
    EXPECT_EQ(answer.sets.at(0).size(), answer.k);
    EXPECT_LE(std::stoi(answer.bound), std::stoi(answer.value));
    EXPECT_GE(std::stoi(answer.bound), 1);
  }
  const auto neg = what_if(graph, everybody(graph), {}, {.measure = WhatIfMeasure::kpp_neg});
  ASSERT_FALSE(neg.has_value());
  EXPECT_EQ(neg.error().code(), ErrorCode::base_bad_argument);
}

TEST(WhatIf, RefusesSetsThatCannotBe) {
  const Csr path(3, std::vector<Edge>{{0, 1, 1}, {1, 2, 1}});
  const std::vector<Node> two = {0, 1};
  const auto too_many = what_if(path, two, {}, {.k_to = 3});
  ASSERT_FALSE(too_many.has_value());
  EXPECT_EQ(too_many.error().code(), ErrorCode::network_too_few_candidates);
  for (const WhatIfOptions& options :
       {WhatIfOptions{.k_from = 0, .k_to = 1}, WhatIfOptions{.k_from = 2, .k_to = 1},
        WhatIfOptions{.k_to = 1, .missing_percent = 100}}) {
    const auto refused = what_if(path, two, {}, options);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code(), ErrorCode::base_bad_argument);
  }
  const auto all = what_if(path, everybody(path), {}, {.k_from = 3, .k_to = 3});
  ASSERT_TRUE(all.has_value());
  EXPECT_EQ(all->front().value, "0");
}

// Four hands around a presumed victim, who has the highest betweenness by far.
TEST(WhatIf, NeverHoldsAPresumedVictimHoweverCentral) {
  const Csr graph(
      9,
      std::vector<Edge>{
          {0, 1, 1}, {0, 2, 1}, {0, 3, 1}, {0, 4, 1}, {1, 5, 1}, {2, 6, 1}, {3, 7, 1}, {4, 8, 1}});
  CandidateList list;
  for (Node v = 0; v < 9; ++v) {
    list.name.push_back(std::to_string(v));
    list.category.push_back("suspect");
    list.recorded_by.push_back("Insp. Vermeulen");
    list.date.push_back("2026-03-01");
  }
  list.name.push_back("0");
  list.category.push_back("presumed_victim");
  list.recorded_by.push_back("Centre X");
  list.date.push_back("2026-02-01");
  const auto entrants = who_may_enter(list);
  ASSERT_TRUE(entrants.has_value());
  std::vector<Node> candidates;
  for (const std::string& name : entrants->may)
    candidates.push_back(static_cast<Node>(std::stoi(name)));
  for (int m = 0; m < 3; ++m) {
    const auto open =
        what_if(graph, everybody(graph), {}, {.measure = static_cast<WhatIfMeasure>(m), .k_to = 1});
    ASSERT_TRUE(open.has_value());
    EXPECT_THAT(open->front().sets.front(), ElementsAre(0)) << "the test is about a central node";
    const auto answers =
        what_if(graph, candidates, {}, {.measure = static_cast<WhatIfMeasure>(m), .k_to = 5});
    ASSERT_TRUE(answers.has_value());
    for (const WhatIfAnswer& answer : *answers)
      for (const auto& set : answer.sets) EXPECT_THAT(set, Not(Contains(Node{0})));
  }
}

TEST(WhatIf, HandsTheLinksOfTheGoneToTheSameRole) {
  // A courier (0) holds 1, 2 and 3, 4 apart; 5 is a courier on 1's side, 6 is well connected.
  const Csr graph(
      8,
      std::vector<Edge>{
          {0, 1, 1}, {0, 3, 1}, {1, 2, 1}, {1, 5, 1}, {3, 4, 1}, {3, 6, 1}, {6, 4, 1}, {6, 7, 1}});
  std::vector<std::string> role(8);
  role[0] = role[5] = "courier";
  const std::vector<Node> only = {0};
  WhatIfOptions options{.k_to = 1};
  const auto value = [&](Substitution rule, std::span<const std::string> roles) {
    options.substitution = rule;
    const auto answers = what_if(graph, only, roles, options);
    EXPECT_TRUE(answers.has_value());
    EXPECT_EQ(answers->front().value, "4");
    return answers->front().after_substitution.value();
  };
  // 5 takes over: tied to 1 and 3, all seven are one again. So does 1 or 3 or 6.
  EXPECT_EQ(value(Substitution::degree, role).lowest, "7");
  EXPECT_EQ(value(Substitution::distance, {}).highest, "7");
  const ValueRange drawn = value(Substitution::random, {});
  EXPECT_EQ(drawn.lowest, "7");
  EXPECT_EQ(drawn.highest, "7");
}

TEST(WhatIf, SaysHowFarTheSetHoldsWithoutPartOfTheLinks) {
  Rng rng(8);
  const Csr graph = random_graph(rng, 16, 220);
  WhatIfOptions options{.k_from = 2, .k_to = 2, .missing_percent = 20, .seed = 5};
  const auto first = what_if(graph, everybody(graph), {}, options);
  const auto again = what_if(graph, everybody(graph), {}, options);
  ASSERT_TRUE(first.has_value() && again.has_value());
  const MissingLinks& missing = first->front().missing.value();
  EXPECT_EQ(missing.n_runs, 100U);
  EXPECT_GT(missing.n_same_set_best, 0U);
  EXPECT_LT(missing.n_same_set_best, 100U);
  EXPECT_LE(std::stoi(missing.value.highest), std::stoi(first->front().value));
  EXPECT_LT(std::stoi(missing.value.lowest), std::stoi(missing.value.highest));
  EXPECT_EQ(missing.n_same_set_best, again->front().missing->n_same_set_best);
  options.missing_percent = 1;  // rounds to no link at all: the set is best in each run
  const auto none = what_if(graph, everybody(graph), {}, options);
  EXPECT_EQ(none->front().missing->n_same_set_best, 100U);
}

// --- published networks ------------------------------------------------------------------------

EdgeList read_pairs(const std::string& text) {
  EdgeList out;
  std::size_t line = text.find('\n') + 1;
  while (line < text.size()) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    std::string row = text.substr(line, end - line);
    std::erase_if(row, [](char c) { return c == '"' || c == '\r'; });
    const std::size_t comma = row.find(',');
    out.a.push_back(row.substr(0, comma));
    out.b.push_back(row.substr(comma + 1, row.find(',', comma + 1) - comma - 1));
    line = end + 1;
  }
  return out;
}

TEST(WhatIf, ReproducesTheOptimaOfPublishedNetworks) {
  const char* given = std::getenv("OVILLO_REFERENCE_DATA");
  const std::filesystem::path data = given == nullptr ? "../shared/data" : given;
  if (!std::filesystem::exists(data / "networks")) GTEST_SKIP() << "no reference data";
  const struct {
    const char* file;
    std::vector<std::string> value;
    std::vector<std::uint64_t> n_ties;
  } table[] = {
      {"CielNet", {"16", "10", "6", "4", "3", "2"}, {1, 2, 1, 3, 4, 3}},
      {"Togo", {"14", "10", "8", "4", "2", "2"}, {1, 2, 2, 1, 1, 31}},
      {"Siren", {"24", "15", "12", "8", "8", "7"}, {1, 1, 2, 2, 90, 136}},
      {"Natarajan_cocaine", {"16", "7", "4", "3", "2", "1"}, {1, 1, 1, 4, 3, 2}},
      {"London_gang", {"53", "50", "49", "47", "45", "43"}, {54, 1, 50, 5, 1, 1}},
  };
  for (const auto& [file, value, n_ties] : table) {
    const auto text = read_file(data / "networks" / (std::string(file) + "_edges.csv"));
    ASSERT_TRUE(text.has_value()) << file;
    const auto network = read_graph(read_pairs(*text));
    ASSERT_TRUE(network.has_value());
    const auto answers = what_if(network->graph, everybody(network->graph), {}, {});
    ASSERT_TRUE(answers.has_value());
    for (std::size_t i = 0; i < value.size(); ++i) {
      EXPECT_TRUE((*answers)[i].exact);
      EXPECT_EQ((*answers)[i].value, value[i]) << file << " k " << i + 1;
      EXPECT_EQ((*answers)[i].n_ties, n_ties[i]) << file << " k " << i + 1;
    }
  }
}

}  // namespace
}  // namespace ovillo::network
