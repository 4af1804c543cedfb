#include "ovillo/money/trace.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"

namespace ovillo::money {
namespace {

using ::testing::ElementsAre;

struct Paid {
  const char* from;
  const char* to;
  std::int64_t at_s;
  const char* amount;
  const char* currency = "EUR";
};

Transfers table(const std::vector<Paid>& rows) {
  TransferTable out;
  std::uint64_t row = 0;
  for (const Paid& paid : rows) {
    TransferRow one;
    one.row = ++row;
    const std::string id = "t" + std::to_string(row);
    one.id = id;
    one.from = paid.from;
    one.to = paid.to;
    one.time =
        *parse_time(format_utc(1'700'000'000 + paid.at_s), Zone::utc(), DateOrder::day_first);
    one.amount = *parse_decimal(paid.amount, DecimalMark::point);
    one.currency = paid.currency;
    EXPECT_TRUE(out.add(one).has_value());
  }
  return std::move(out).finish().value();
}

/// "t1:100 t2:40": what is traced of each transfer, in units of the table.
std::string steps(const Transfers& transfers, const Trace& trace) {
  std::string out;
  for (const TraceStep& step : trace.step)
    out += (out.empty() ? "" : " ") + std::string(transfers.id[step.transfer]) + ":" +
           std::to_string(static_cast<std::int64_t>(step.traced));
  return out;
}

std::string followed(const std::vector<Paid>& rows, const char* account, TraceOptions options) {
  const Transfers transfers = table(rows);
  return steps(transfers, *trace(transfers, *transfers.find_account(account), options));
}

// B has 300 of its own, gets 100 of A, and pays 200.
const std::vector<Paid> kMixed = {
    {"Z", "B", 0, "300"}, {"A", "B", 10, "100"}, {"B", "C", 20, "200"}, {"B", "D", 30, "200"}};

TEST(Trace, FollowsTheRuleThatIsNamed) {
  EXPECT_EQ(followed(kMixed, "A", {.rule = TraceRule::haircut}), "t2:100 t3:50 t4:50");
  EXPECT_EQ(followed(kMixed, "A", {.rule = TraceRule::fifo}), "t2:100 t4:100");
  EXPECT_EQ(followed(kMixed, "A", {.rule = TraceRule::lifo}), "t2:100 t3:100");
}

TEST(Trace, GoesBackToWhereMoneyCameFrom) {
  EXPECT_EQ(followed(kMixed, "D", {.direction = TraceDirection::backward}), "t4:200 t2:50 t1:150");
}

TEST(Trace, KeepsToTheOrderOfTime) {
  EXPECT_EQ(followed({{"B", "C", 0, "100"}, {"A", "B", 10, "100"}}, "A", {}), "t2:100");
  // Of one second nothing passes anything on.
  EXPECT_EQ(followed({{"A", "B", 10, "100"}, {"B", "C", 10, "100"}}, "A", {}), "t1:100");
}

TEST(Trace, KeepsToTheTimeAskedFor) {
  const std::int64_t from = 1'700'000'000 + 15;
  EXPECT_EQ(followed({{"A", "B", 10, "100"}, {"A", "B", 20, "7"}, {"B", "C", 30, "500"}}, "A",
                     {.from_s = from}),
            "t2:7 t3:7");
}

TEST(Trace, EndsWhereMoneyComesBack) {
  EXPECT_EQ(followed({{"A", "B", 10, "100"}, {"B", "A", 20, "60"}, {"A", "C", 30, "10"}}, "A", {}),
            "t1:100 t2:60 t3:10");
}

TEST(Trace, TakesMoreThanTheFileShowsFromMoneyThatWasThere) {
  EXPECT_EQ(
      followed({{"A", "B", 10, "100"}, {"B", "C", 20, "250"}}, "A", {.rule = TraceRule::haircut}),
      "t1:100 t2:100");
}

TEST(Trace, AddsNoTwoCurrenciesUp) {
  const Transfers transfers = table({{"A", "B", 10, "100"}, {"B", "C", 20, "50", "USD"}});
  EXPECT_EQ(trace(transfers, *transfers.find_account("A"), {}).error().code(),
            ErrorCode::money_mixed_currencies);
}

TEST(Trace, LosesNothingByAnyRule) {
  Rng rng(7);
  static const std::vector<std::string> kNames = {"A", "B", "C", "D", "E", "F"};
  std::vector<std::string> amounts;
  std::vector<Paid> rows;
  for (int i = 0; i < 400; ++i)
    amounts.push_back(std::to_string(1 + rng.below(900)) + "." +
                      std::to_string(10 + rng.below(90)));
  for (int i = 0; i < 400; ++i) {
    const auto from = rng.below(6);
    rows.push_back({kNames[from].c_str(), kNames[(from + 1 + rng.below(5)) % 6].c_str(), i * 7,
                    amounts[static_cast<std::size_t>(i)].c_str()});
  }
  const Transfers transfers = table(rows);
  for (const TraceDirection direction : {TraceDirection::forward, TraceDirection::backward}) {
    for (const TraceRule rule : {TraceRule::haircut, TraceRule::fifo, TraceRule::lifo}) {
      const auto found = trace(transfers, 0, {.rule = rule, .direction = direction});
      Int128 paid = 0;
      Int128 rests = 0;
      const auto& start = direction == TraceDirection::forward ? transfers.from : transfers.to;
      for (std::size_t i = 0; i < transfers.size(); ++i)
        if (start[i] == 0) paid += transfers.amount[i];
      for (const auto& [account, rest] : found->rests) rests += rest;
      EXPECT_TRUE(paid == rests);
      for (const TraceStep& step : found->step)
        EXPECT_TRUE(step.traced > 0 && step.traced <= transfers.amount[step.transfer]);
    }
  }
}

TEST(EarliestArrival, IsTheFirstSecondMoneyCanBeThere) {
  const Transfers transfers =
      table({{"A", "B", 10, "1"}, {"B", "C", 5, "1"}, {"B", "C", 30, "1"}, {"A", "C", 20, "1"}});
  const auto arrival = earliest_arrival(transfers.edges(), 0, 1'700'000'000);
  EXPECT_THAT(arrival, ElementsAre(1'699'999'999, 1'700'000'010, 1'700'000'020));
}

}  // namespace
}  // namespace ovillo::money
