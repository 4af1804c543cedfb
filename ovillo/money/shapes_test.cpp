#include "ovillo/money/shapes.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/money/chance.hpp"

namespace ovillo::money {
namespace {

constexpr std::int64_t kHour = 3'600;

// Transfers among 300 accounts over 40 days at random, and what a test adds.
class File {
 public:
  explicit File(std::uint64_t seed = 5, int n = 4'000) {
    Rng rng(seed);
    for (int i = 0; i < n; ++i)
      add("A" + std::to_string(rng.below(300)), "A" + std::to_string(rng.below(300)),
          static_cast<double>(rng.below(40 * 24 * 60)) / 60.0, rng.between(100, 500'000),
          "r" + std::to_string(i));
  }
  void add(const std::string& from, const std::string& to, double hour, std::int64_t cents,
           const std::string& id) {
    const auto time_s = static_cast<std::int64_t>(hour * kHour);
    const Time time{time_s, time_s + 1, 0, TimePrecision::second, ZoneBasis::stated};
    rows_.push_back({from, to, id, time, cents});
  }
  void reverse() { std::reverse(rows_.begin(), rows_.end()); }

  [[nodiscard]] Transfers table() const {
    TransferTable table;
    for (const Row& row : rows_) {
      const auto taken = table.add({.row = 1,
                                    .id = row.id,
                                    .from = row.from,
                                    .to = row.to,
                                    .time = row.time,
                                    .amount = Decimal{row.cents, 2},
                                    .currency = "EUR",
                                    .channel = {},
                                    .text = {},
                                    .place = {}});
      EXPECT_TRUE(taken.has_value());
    }
    return *std::move(table).finish();
  }

 private:
  struct Row {
    std::string from, to, id;
    Time time;
    std::int64_t cents;
  };
  std::vector<Row> rows_;
};

// "pattern: id id ..." of each shape.
std::vector<std::string> lines(const File& file) {
  const Transfers transfers = file.table();
  std::vector<std::string> out;
  for (const Shape& shape : find_shapes(transfers, {}).shape) {
    out.push_back(std::string(name_of(shape.pattern)) + ":");
    for (const std::uint32_t i : shape.transfer) out.back() += " " + std::string(transfers.id[i]);
  }
  return out;
}

void add_cycle(File& file, bool in_order) {
  file.add("A1", "A2", 100, 400'000, "c1");
  file.add("A2", "A3", in_order ? 105 : 99, 390'000, "c2");
  file.add("A3", "A4", 112, 381'000, "c3");
  file.add("A4", "A1", 119, 375'000, "c4");
}

TEST(FindShapes, ChanceAloneShowsAsLittleAsIsSaid) {
  std::size_t n = 0;
  constexpr int kFiles = 40;
  for (int seed = 0; seed < kFiles; ++seed) n += lines(File(100 + seed)).size();
  EXPECT_LE(n, 20u);  // the option says 0.1 of each of seven patterns per file
}

TEST(FindShapes, FindsASumThatReturnsALittleLess) {
  File file;
  add_cycle(file, true);
  EXPECT_EQ(lines(file), (std::vector<std::string>{"cycle: c1 c2 c3 c4"}));
}

TEST(FindShapes, ACycleThatBreaksTheOrderOfTimeIsNone) {
  File file;
  add_cycle(file, false);
  EXPECT_TRUE(lines(file).empty());
}

TEST(FindShapes, FindsWhatManyHandsPayOnToOne) {
  File file;
  for (int i = 0; i < 5; ++i) {
    const std::string hand = "A" + std::to_string(20 + i);
    file.add("A5", hand, 200 + i, 90'000 + 100 * i, "s" + std::to_string(i));
    file.add(hand, "A6", 210 + 2 * i, 87'000 + 100 * i, "t" + std::to_string(i));
  }
  EXPECT_EQ(lines(file),
            (std::vector<std::string>{"scatter_gather: s0 s1 s2 s3 s4 t0 t1 t2 t3 t4"}));
}

TEST(FindShapes, FindsWhatIsGatheredAndSpread) {
  File file;
  for (int i = 0; i < 8; ++i)
    file.add("A" + std::to_string(30 + i), "A7", 300 + i, 50'000, "g" + std::to_string(i));
  for (int i = 0; i < 4; ++i)
    file.add("A7", "A" + std::to_string(50 + i), 320 + i, 97'000 + 500 * i,
             "h" + std::to_string(i));
  EXPECT_EQ(lines(file),
            (std::vector<std::string>{"gather_scatter: g0 g1 g2 g3 g4 g5 g6 g7 h0 h1 h2 h3"}));
}

// Eight pay three one sum within a day, and those pay thirds of it on the next day.
void add_layers(File& file, bool pays_on) {
  for (int i = 0; i < 8; ++i)
    file.add("A" + std::to_string(100 + i), "A" + std::to_string(120 + i % 3), 500 + 2 * i, 61'370,
             "l" + std::to_string(i));
  for (int i = 0; pays_on && i < 3; ++i)
    file.add("A" + std::to_string(120 + i), "A" + std::to_string(130 + i % 2), 525 + 3 * i,
             156'000 + 900 * i, "m" + std::to_string(i));
}

TEST(FindShapes, FindsThoseWhoPayOthersTheSameSum) {
  File file;
  add_layers(file, false);
  EXPECT_EQ(lines(file), (std::vector<std::string>{"bipartite: l0 l1 l2 l3 l4 l5 l6 l7"}));
}

TEST(FindShapes, FindsThoseWhoPayOnWhatTheyWerePaid) {
  File file;
  add_layers(file, true);
  EXPECT_EQ(lines(file), (std::vector<std::string>{"stack: l0 l1 l2 l3 l4 l5 l6 l7 m0 m1 m2"}));
}

TEST(FindShapes, WhatTheSamePairsPayEveryFortnightIsNoLayer) {
  File file;
  for (int fortnight = 0; fortnight < 3; ++fortnight)
    for (int i = 0; i < 8; ++i)
      file.add("A" + std::to_string(100 + i), "A" + std::to_string(120 + i % 3),
               50 + 336 * fortnight + 2 * i, 61'370, "l" + std::to_string(8 * fortnight + i));
  for (const std::string& line : lines(file)) EXPECT_EQ(line.find(" l"), std::string::npos) << line;
}

TEST(FindShapes, AFixedPriceIsNoLayer) {
  File file;
  Rng rng(9);
  for (int i = 0; i < 200; ++i)
    file.add("A" + std::to_string(rng.below(300)), "A" + std::to_string(rng.below(12)),
             static_cast<double>(rng.below(40 * 24)), 990, "p" + std::to_string(i));
  for (const std::string& line : lines(file))
    EXPECT_FALSE(line.starts_with("bipartite") || line.starts_with("stack")) << line;
}

TEST(FindShapes, WhatRepeatsEveryDayIsCustomAndNoFan) {
  File burst;
  File custom;
  for (int i = 0; i < 9; ++i)
    burst.add("A" + std::to_string(60 + i), "A8", 400 + i, 25'000, "b" + std::to_string(i));
  for (int i = 0; i < 240; ++i)
    custom.add("A" + std::to_string(60 + i % 90), "A8", 4 * i, 25'000, "b" + std::to_string(i));
  EXPECT_EQ(lines(burst), (std::vector<std::string>{"fan_in: b0 b1 b2 b3 b4 b5 b6 b7 b8"}));
  for (const std::string& line : lines(custom))
    EXPECT_EQ(line.find(" b"), std::string::npos) << line;
}

TEST(FindShapes, TheOrderOfRowsChangesNothing) {
  File file;
  add_cycle(file, true);
  const auto forwards = lines(file);
  file.reverse();
  EXPECT_EQ(lines(file), forwards);
}

TEST(PoissonTail, IsAnUpperBound) {
  EXPECT_DOUBLE_EQ(poisson_tail(0, 0.5), 1);
  EXPECT_NEAR(poisson_tail(3, 0.1), 0.001 / 6, 1e-15);
  EXPECT_DOUBLE_EQ(poisson_tail(1, 30), 1);
}

TEST(ProductTail, IsTheVolumeUnderTheHyperbola) {
  EXPECT_NEAR(product_tail(0.01, 1, 1), 0.01, 1e-12);
  EXPECT_NEAR(product_tail(0.01, 1, 2), 0.01 * (1 + std::log(100.0)), 1e-5);
  EXPECT_DOUBLE_EQ(product_tail(5, 2, 4), 2);
}

}  // namespace
}  // namespace ovillo::money
