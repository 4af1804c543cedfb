#include "ovillo/employment/answers.hpp"

#include <gtest/gtest.h>

#include "ovillo/record/kinds.hpp"

namespace ovillo::employment {
namespace {

std::optional<Time> on(const char* day) {
  return parse_time(day, Zone::utc(), DateOrder::day_first);
}
std::optional<Decimal> number(const char* text) { return parse_decimal(text); }

// "question site subject: words [file.row ...]" of each answer to one question.
std::vector<std::string> lines(const Tables& tables, Question question,
                               const Options& options = {}) {
  std::vector<std::string> out;
  for (const Answer& a : answer(tables, options).answer) {
    if (a.question != question) continue;
    out.push_back(a.site + "/" + a.subject + ": " + a.words + " [");
    for (const Source& s : a.source)
      out.back() += std::to_string(s.file) + "." + std::to_string(s.row) + " ";
    out.back().back() = ']';
  }
  return out;
}

using Lines = std::vector<std::string>;

Attendance there(std::uint64_t row, const char* worker, const char* day, const char* site = "Dock",
                 const char* hours = "") {
  return {{1, row}, {worker, ""}, site, "", on(day), number(hours)};
}
Declaration declared(std::uint64_t row, const char* worker, const char* employer, const char* start,
                     const char* end, const char* site = "Dock") {
  return {{0, row}, {worker, ""}, employer, site, on(start), on(end), {}};
}

TEST(Employment, TellsWhoWasThereUndeclaredByTheDaysThatNothingCovers) {
  Tables t;
  t.declarations = {declared(1, "Ana Silva", "Low BV", "2026-03-01", "2026-03-10"),
                    declared(2, "Bo Dahl", "Low BV", "2026-03-01", "2026-03-31")};
  t.attendance = {there(1, "SILVA, Ana", "2026-03-10"), there(2, "Ana Silva", "2026-03-11"),
                  there(3, "Bo Dahl", "2026-03-31"), there(4, "Cai Li", "2026-03-05"),
                  there(5, "Cai Li", "2026-03-06")};
  EXPECT_EQ(lines(t, Question::attended_undeclared),
            (Lines{"Dock/Ana Silva: there on 1 day (2026-03-11 to 2026-03-11), declared, but not "
                   "for these days and this site [1.2]",
                   "Dock/Cai Li: there on 2 days (2026-03-05 to 2026-03-06), no declaration names "
                   "this person [1.4 1.5]"}));
}

TEST(Employment, TellsWhoWasDeclaredAndNotThereWhereAListWasKept) {
  Tables t;
  t.declarations = {declared(1, "Ana", "Low", "2026-03-01", "2026-03-10"),
                    declared(2, "Bo", "Low", "2026-03-01", "2026-03-10"),
                    declared(3, "Cai", "Low", "2026-06-01", "2026-06-30"),
                    declared(4, "Dee", "Low", "2026-03-01", "2026-03-10", "Tower")};
  t.attendance = {there(1, "Ana", "2026-03-02")};
  EXPECT_EQ(lines(t, Question::declared_unattended),
            (Lines{"Dock/Bo: declared by Low, on no attendance list of these days [0.2]"}));
}

TEST(Employment, FollowsTheChainOfASiteToTheTop) {
  Tables t;
  t.declarations = {declared(1, "Ana", "Low BV", "2026-03-01", "2026-03-10")};
  t.contracts = {{{2, 1}, "Top NV", "Middle SRL", "Dock"},
                 {{2, 2}, "Middle", "LOW B.V.", "Dock"},
                 {{2, 3}, "Other", "Low", "Tower"},
                 {{2, 4}, "Low", "Top", "Dock"}};  // a ring ends where it closes
  EXPECT_EQ(
      lines(t, Question::stands_behind),
      (Lines{
          "Dock/Low BV: Top NV > Middle > Low BV; a ring: Low gives work to Top [2.2 2.1 2.4]"}));
}

TEST(Employment, ComparesPayWithTheHoursOfTheAttendanceList) {
  Tables t;
  const auto line = [](std::uint64_t row, const char* worker, const char* hours, const char* pay) {
    return PayLine{{3, row},        {worker, ""}, "Low", on("2026-03"), number(hours), number(pay),
                   number("12.50"), "",           ""};
  };
  t.payroll = {line(1, "Ana", "16", "200.00"), line(2, "Bo", "16", "200.00"),
               line(3, "Cai", "16", "199.99")};
  t.attendance = {
      there(1, "Ana", "2026-03-02", "Dock", "10"), there(2, "Ana", "2026-03-03", "Dock", "11.5"),
      there(3, "Ana", "2026-04-01", "Dock", "10"), there(4, "Bo", "2026-03-02", "Dock", "8")};
  EXPECT_EQ(lines(t, Question::paid_below_hours),
            (Lines{"/Ana: 2026-03: paid 200.00 for 21.5 hours (attendance) at 12.50, which makes "
                   "268.75 [1.1 1.2 3.1]",
                   "/Cai: 2026-03: paid 199.99 for 16 hours (payroll) at 12.50, which makes 200.00 "
                   "[3.3]"}));
}

TEST(Employment, DoesNotJudgePayWithoutARateAndSaysSo) {
  Tables t;
  t.payroll = {{{3, 1}, {"Ana", ""}, "Low", on("2026-03"), number("160"), number("1"), {}, "", ""}};
  EXPECT_TRUE(lines(t, Question::paid_below_hours).empty());
  const auto unknown = answer(t, {}).not_known;
  EXPECT_TRUE(std::any_of(unknown.begin(), unknown.end(), [](const NotKnown& one) {
    return one.question == Question::paid_below_hours && one.why.starts_with("1 of 1");
  }));
  EXPECT_EQ(lines(t, Question::paid_below_hours, {number("10")}).size(), 1u);
}

TEST(Employment, KeepsTwoPeopleOfOneNameApartByTheirIds) {
  Tables t;
  t.declarations = {{{0, 1}, {"Ana Silva", "7"}, "Low", "Dock", on("2026-03-01"), {}, {}},
                    {{0, 2}, {"Ana Silva", "8"}, "Low", "Tower", on("2026-03-01"), {}, {}}};
  t.attendance = {{{1, 1}, {"", "7"}, "Dock", "", on("2026-03-02"), {}},
                  {{1, 2}, {"", "9"}, "Dock", "", on("2026-03-02"), {}}};
  EXPECT_EQ(lines(t, Question::attended_undeclared),
            (Lines{"Dock/9: there on 1 day (2026-03-02 to 2026-03-02), no declaration names this "
                   "person [1.2]"}));
}

TEST(Employment, TellsWhoEmploysOnASiteAndWhoDirectsSeveral) {
  Tables t;
  t.declarations = {declared(1, "Ana", "Low BV", "2026-03-01", "2026-03-10")};
  t.attendance = {{{1, 1}, {"Ana", ""}, "dock", "Low", on("2026-03-02"), {}}};
  t.directorships = {
      {{4, 1}, "Low BV", "Eva Roe"}, {{4, 2}, "High NV", "Roe, Eva"}, {{4, 3}, "Low", "Jan Wit"}};
  EXPECT_EQ(lines(t, Question::employs),
            (Lines{"Dock/Ana: employed by Low BV: declared, on the attendance list [0.1 1.1]"}));
  EXPECT_EQ(lines(t, Question::directs), (Lines{"/Eva Roe: directs High NV, Low BV [4.1 4.2]"}));
}

TEST(Employment, SaysNotKnownForEachTableThatIsMissing) {
  std::vector<std::string> said;
  for (const NotKnown& one : answer({}, {}).not_known) said.emplace_back(name_of(one.question));
  EXPECT_EQ(said, (Lines{"employs", "directs", "stands_behind", "attended_undeclared",
                         "declared_unattended", "paid_below_hours"}));
}

}  // namespace
}  // namespace ovillo::employment
