#include "ovillo/money/cycles.hpp"

#include <cstdio>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"

namespace ovillo::money {
namespace {

struct Rows {
  std::vector<std::uint32_t> from, to;
  std::vector<std::int64_t> time_s;
  std::size_t n_accounts = 0;

  Rows& add(std::uint32_t a, std::uint32_t b, std::int64_t t) {
    from.push_back(a);
    to.push_back(b);
    time_s.push_back(t);
    n_accounts = std::max<std::size_t>(n_accounts, std::max(a, b) + 1);
    return *this;
  }
  [[nodiscard]] TimedEdges edges() const { return {from, to, time_s, n_accounts}; }
};

using Path = std::vector<std::uint32_t>;

std::multiset<Path> paths_of(const Cycles& cycles) {
  std::multiset<Path> out;
  for (std::size_t c = 0; c < cycles.cycle.size(); ++c) {
    const Range r = cycles.cycle[c];
    out.emplace(cycles.transfer.begin() + static_cast<std::ptrdiff_t>(r.begin),
                cycles.transfer.begin() + static_cast<std::ptrdiff_t>(r.end));
  }
  return out;
}

// The definition, tried on every sequence of transfers.
void try_all(const Rows& rows, const CycleOptions& options, Path& path, std::set<std::uint32_t>& on,
             std::multiset<Path>& out) {
  const std::uint32_t last = path.back();
  for (std::uint32_t i = 0; i < rows.from.size(); ++i) {
    if (rows.from[i] != rows.to[last] || rows.time_s[i] <= rows.time_s[last]) continue;
    if (rows.time_s[i] > rows.time_s[path[0]] + options.window_s) continue;
    path.push_back(i);
    if (rows.to[i] == rows.from[path[0]]) {
      out.insert(path);
    } else if (path.size() < options.max_hops && on.insert(rows.to[i]).second) {
      try_all(rows, options, path, on, out);
      on.erase(rows.to[i]);
    }
    path.pop_back();
  }
}

std::multiset<Path> by_definition(const Rows& rows, const CycleOptions& options) {
  std::multiset<Path> out;
  for (std::uint32_t i = 0; i < rows.from.size(); ++i) {
    if (rows.from[i] == rows.to[i]) continue;
    Path path{i};
    std::set<std::uint32_t> on{rows.from[i], rows.to[i]};
    try_all(rows, options, path, on, out);
  }
  return out;
}

TEST(FindCycles, FindsMoneyThatComesHomeInOrderOfTime) {
  const Rows rows = Rows().add(0, 1, 10).add(1, 2, 20).add(2, 0, 30);
  EXPECT_EQ(paths_of(find_cycles(rows.edges(), {})), (std::multiset<Path>{{0, 1, 2}}));
}

TEST(FindCycles, ACycleThatBreaksTheOrderOfTimeIsNone) {
  const Rows rows = Rows().add(0, 1, 10).add(1, 2, 30).add(2, 0, 20);
  EXPECT_EQ(find_cycles(rows.edges(), {}).n_found, 0u);
}

TEST(FindCycles, TransfersOfOneSecondHaveNoOrder) {
  const Rows rows = Rows().add(0, 1, 10).add(1, 0, 10);
  EXPECT_EQ(find_cycles(rows.edges(), {}).n_found, 0u);
}

TEST(FindCycles, TheWindowIncludesItsLastSecond) {
  const Rows rows = Rows().add(0, 1, 0).add(1, 0, 100);
  EXPECT_EQ(find_cycles(rows.edges(), {.window_s = 100}).n_found, 1u);
  EXPECT_EQ(find_cycles(rows.edges(), {.window_s = 99}).n_found, 0u);
}

TEST(FindCycles, TwoEqualTransfersStayTwo) {
  const Rows rows = Rows().add(0, 1, 10).add(0, 1, 10).add(1, 0, 20);
  EXPECT_EQ(find_cycles(rows.edges(), {}).n_found, 2u);
}

TEST(FindCycles, IsTheDefinitionOnRandomFiles) {
  Rng rng(7);
  for (int round = 0; round < 60; ++round) {
    Rows rows;
    const auto accounts = static_cast<std::uint32_t>(rng.between(2, 9));
    const std::int64_t span = rng.between(10, 400);
    for (int i = 0; i < 60; ++i)
      rows.add(static_cast<std::uint32_t>(rng.below(accounts)),
               static_cast<std::uint32_t>(rng.below(accounts)), rng.between(-50, span));
    const CycleOptions options{.window_s = rng.between(5, 60),
                               .max_hops = static_cast<unsigned>(rng.between(2, 9))};
    const Cycles cycles = find_cycles(rows.edges(), options);
    EXPECT_EQ(paths_of(cycles), by_definition(rows, options)) << "round " << round;
    EXPECT_TRUE(cycles.complete());
  }
}

TEST(FindCycles, AHubOfParallelTransfersIsCutAndSaidSo) {
  Rows rows;
  for (int i = 0; i < 100'000; ++i) rows.add(i % 2 == 0 ? 0 : 1, i % 2 == 0 ? 1 : 0, i);
  const CycleOptions options{
      .max_listed = 1'000, .steps_at_once = 100'000, .steps_per_transfer = 10};
  const Cycles cycles = find_cycles(rows.edges(), options);
  EXPECT_EQ(cycles.cycle.size(), 1'000u);
  EXPECT_GT(cycles.n_found, 1'000u);
  EXPECT_LE(cycles.n_found, 100'000u + 10 * 100'000u);
  EXPECT_GT(cycles.n_starts_cut, 0u);
  EXPECT_FALSE(cycles.complete());
}

TEST(FindCycles, ReproducesTheCountsOfTheReferenceFile) {
  const auto path = reference_data_folder() / "money" / "cycles_301k.csv.gz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no reference data at " << path;
  Rows rows;
  FILE* pipe = popen(("gzip -dc '" + path.string() + "'").c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  unsigned from = 0;
  unsigned to = 0;
  long long time_s = 0;
  while (fscanf(pipe, "%u,%u,%lld", &from, &to, &time_s) == 3) rows.add(from, to, time_s);
  pclose(pipe);
  ASSERT_EQ(rows.from.size(), 300'998u);
  for (const auto& [hours, n] : std::map<int, std::uint64_t>{{6, 85}, {12, 264}, {24, 1'164}}) {
    const Cycles cycles = find_cycles(rows.edges(), {.window_s = hours * 3'600});
    EXPECT_EQ(cycles.n_found, n) << hours << " h";
  }
  const Cycles cycles = find_cycles(rows.edges(), {});
  EXPECT_EQ(cycles.n_by_hops,
            (std::vector<std::uint64_t>{0, 0, 470, 1'245, 2'173, 2'557, 2'621, 1'980, 1'260}));
  EXPECT_EQ(cycles.n_found, 12'306u);
  EXPECT_TRUE(cycles.complete());
}

}  // namespace
}  // namespace ovillo::money
