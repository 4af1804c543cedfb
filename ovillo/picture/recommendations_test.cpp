#include "ovillo/picture/recommendations.hpp"

#include <gtest/gtest.h>

namespace ovillo::picture {
namespace {

Recommendation made(std::string number, std::int32_t year, RecommendationStatus status,
                    std::vector<std::string> recipients) {
  Recommendation out;
  out.number = std::move(number);
  out.year = year;
  out.status = status;
  out.recipients = std::move(recipients);
  return out;
}

using enum RecommendationStatus;

TEST(Recommendations, AreOwedByEachRecipientUntilSettled) {
  const Register all{{made("3", 2024, open, {"Police", "Justice"}),
                      made("1", 2022, partly, {"Justice"}), made("2", 2022, followed, {"Justice"}),
                      made("4", 2026, open, {"Justice"})}};
  const auto found = owed(all, 2025);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].recipient, "Justice");
  EXPECT_EQ(found[0].recommendation->number, "1");
  EXPECT_EQ(found[0].years, 3);
  EXPECT_EQ(found[1].recommendation->number, "3");
  EXPECT_EQ(found[2].recipient, "Police");
}

TEST(Recommendations, DoubtsAreToldWithTheirRow) {
  Recommendation bare = made("1", 2024, followed, {"Police"});
  bare.row = 7;
  Recommendation early = made("1", 2024, refused, {"Police"});
  early.status_date = parse_time("2023-05-01", Zone::utc(), DateOrder::day_first);
  ASSERT_TRUE(early.status_date);
  const auto found = doubts({{bare, early, made("2", 2024, open, {"Police"})}});
  std::vector<std::string_view> codes;
  for (const RegisterDoubt& one : found) codes.push_back(one.code);
  EXPECT_EQ(codes,
            (std::vector<std::string_view>{"followed_without_evidence", "settled_without_date",
                                           "same_number", "settled_before_made"}));
  EXPECT_EQ(found[0].row, 7U);
}

TEST(Recommendations, YearsAreThoseOfTheCalendar) {
  EXPECT_EQ(year_of(0), 1970);
  EXPECT_EQ(year_of(-1), 1969);
  EXPECT_EQ(year_of(1767225599), 2025);
  EXPECT_EQ(year_of(1767225600), 2026);
}

}  // namespace
}  // namespace ovillo::picture
