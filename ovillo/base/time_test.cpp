#include "ovillo/base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"

namespace ovillo {
namespace {

Zone zone(std::string_view name) { return Zone::open(name).value(); }

struct Case {
  std::string_view text;
  std::string_view local;      // format_time; "-" means: not a time
  std::string_view begin_utc;  // format_utc
  std::int64_t lasts_s;
  ZoneBasis basis = ZoneBasis::assumed;
};

void check(const Case* begin, const Case* end, const Zone& assumed, DateOrder order) {
  for (const Case* c = begin; c != end; ++c) {
    const auto time = parse_time(c->text, assumed, order);
    EXPECT_EQ(time ? format_time(*time) : "-", c->local) << c->text;
    if (!time) continue;
    EXPECT_EQ(format_utc(time->begin_utc_s), c->begin_utc) << c->text;
    EXPECT_EQ(time->end_utc_s - time->begin_utc_s, c->lasts_s) << c->text;
    EXPECT_EQ(time->zone, c->basis) << c->text;
  }
}

constexpr std::int64_t kDay = 86'400;
constexpr auto kStated = ZoneBasis::stated;

const Case kForms[] = {
    {"2026-03-03", "2026-03-03", "2026-03-02T23:00:00Z", kDay},
    {"20260303", "2026-03-03", "2026-03-02T23:00:00Z", kDay},
    {"2026/03/03", "2026-03-03", "2026-03-02T23:00:00Z", kDay},
    {"2026-3-3", "2026-03-03", "2026-03-02T23:00:00Z", kDay},
    {"2026-03", "2026-03", "2026-02-28T23:00:00Z", 31 * kDay - 3600},
    {"2026", "2026", "2025-12-31T23:00:00Z", 365 * kDay},
    {"2024", "2024", "2023-12-31T23:00:00Z", 366 * kDay},
    {"2026-03-03T14:05", "2026-03-03T14:05+01:00", "2026-03-03T13:05:00Z", 60},
    {"2026-03-03 14:05:09", "2026-03-03T14:05:09+01:00", "2026-03-03T13:05:09Z", 1},
    {"2026-03-03T14:05:09.999", "2026-03-03T14:05:09+01:00", "2026-03-03T13:05:09Z", 1},
    {"2026-03-03T14:05:09Z", "2026-03-03T14:05:09+00:00", "2026-03-03T14:05:09Z", 1, kStated},
    {"2026-03-03 14:05:09 UTC", "2026-03-03T14:05:09+00:00", "2026-03-03T14:05:09Z", 1, kStated},
    {"2026-03-03T14:05-05:30", "2026-03-03T14:05-05:30", "2026-03-03T19:35:00Z", 60, kStated},
    {"2026-03-03T14:05+0100", "2026-03-03T14:05+01:00", "2026-03-03T13:05:00Z", 60, kStated},
    {"2026-03-03T14:05+01", "2026-03-03T14:05+01:00", "2026-03-03T13:05:00Z", 60, kStated},
    {"2026-03-03+02:00", "2026-03-03", "2026-03-02T22:00:00Z", kDay, kStated},
    {"20260303T140509Z", "2026-03-03T14:05:09+00:00", "2026-03-03T14:05:09Z", 1, kStated},
    {"20260303T1405", "2026-03-03T14:05+01:00", "2026-03-03T13:05:00Z", 60},
    {"20260303140509", "2026-03-03T14:05:09+01:00", "2026-03-03T13:05:09Z", 1},
    {"03/03/2026 14:05", "2026-03-03T14:05+01:00", "2026-03-03T13:05:00Z", 60},
    {"3.3.2026", "2026-03-03", "2026-03-02T23:00:00Z", kDay},
    {"03-03-26", "2026-03-03", "2026-03-02T23:00:00Z", kDay},
    {"03-03-69", "1969-03-03", "1969-03-02T23:00:00Z", kDay},
    {"28/2/2026 2:05 pm", "2026-02-28T14:05+01:00", "2026-02-28T13:05:00Z", 60},
    {"28/2/2026 12:05 AM", "2026-02-28T00:05+01:00", "2026-02-27T23:05:00Z", 60},
    {"31/12/2026 24:00", "2027-01-01T00:00+01:00", "2026-12-31T23:00:00Z", 60},
    {"1700000000", "2023-11-14T23:13:20+01:00", "2023-11-14T22:13:20Z", 1},
    {"1700000000999", "2023-11-14T23:13:20+01:00", "2023-11-14T22:13:20Z", 1},
    {"  2026-03-03\r\n", "2026-03-03", "2026-03-02T23:00:00Z", kDay},
    {"1960-07-01", "1960-07-01", "1960-06-30T23:00:00Z", kDay},
    {"1850-01-01T00:00:00", "1850-01-01T00:00:00-00:14:44", "1850-01-01T00:14:44Z", 1},
    {"0001-01-01", "0001-01-01", "0001-01-01T00:14:44Z", kDay},
};

TEST(ParseTime, ReadsEachForm) {
  check(std::begin(kForms), std::end(kForms), zone("Europe/Madrid"), DateOrder::day_first);
}

// Madrid: on 2026-03-29 at 02:00 the clock goes to 03:00, on 2026-10-25 at 03:00 back to 02:00.
const Case kClockChanges[] = {
    {"2026-03-29", "2026-03-29", "2026-03-28T23:00:00Z", kDay - 3600},
    {"2026-10-25", "2026-10-25", "2026-10-24T22:00:00Z", kDay + 3600},
    {"2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00", "2026-03-29T00:59:59Z", 1},
    {"2026-03-29T02:00:00", "2026-03-29T03:00:00+02:00", "2026-03-29T01:00:00Z", 1},
    {"2026-03-29T02:30:00", "2026-03-29T03:30:00+02:00", "2026-03-29T01:30:00Z", 1},
    {"2026-03-29T03:00:00", "2026-03-29T03:00:00+02:00", "2026-03-29T01:00:00Z", 1},
    {"2026-10-25T01:59:59", "2026-10-25T01:59:59+02:00", "2026-10-24T23:59:59Z", 1},
    {"2026-10-25T02:00:00", "2026-10-25T02:00:00+02:00", "2026-10-25T00:00:00Z", 1},
    {"2026-10-25T02:59:59", "2026-10-25T02:59:59+02:00", "2026-10-25T00:59:59Z", 1},
    {"2026-10-25T02:59", "2026-10-25T02:59+02:00", "2026-10-25T00:59:00Z", 60},
    {"2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00", "2026-10-25T02:00:00Z", 1},
    {"2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z", 1, kStated},
    // by the rule at the end of the zone file, far beyond its table
    {"2126-07-01T12:00", "2126-07-01T12:00+02:00", "2126-07-01T10:00:00Z", 60},
    {"2126-12-01T12:00", "2126-12-01T12:00+01:00", "2126-12-01T11:00:00Z", 60},
    {"2499-10-25T02:30", "2499-10-25T02:30+02:00", "2499-10-25T00:30:00Z", 60},
    {"2499-10-25T03:00", "2499-10-25T03:00+01:00", "2499-10-25T02:00:00Z", 60},
    {"2499-03-29T03:00", "2499-03-29T03:00+02:00", "2499-03-29T01:00:00Z", 60},
    {"2040-03-26T12:00", "2040-03-26T12:00+02:00", "2040-03-26T10:00:00Z", 60},  // 1 April: Sunday
    {"9999-07-01T12:00", "9999-07-01T12:00+02:00", "9999-07-01T10:00:00Z", 60},
};

TEST(ParseTime, KnowsTheHourThatComesTwiceAndTheHourThatNeverWas) {
  check(std::begin(kClockChanges), std::end(kClockChanges), zone("Europe/Madrid"),
        DateOrder::day_first);
}

TEST(ParseTime, KnowsZonesUnlikeEurope) {
  struct {
    std::string_view zone;
    Case time;
  } const cases[] = {
      // south of the equator summer time spans the new year
      {"Australia/Sydney", {"2026-01-01", "2026-01-01", "2025-12-31T13:00:00Z", kDay}},
      {"Australia/Sydney", {"2300-01-01", "2300-01-01", "2299-12-31T13:00:00Z", kDay}},
      // half an hour of summer time
      {"Australia/Lord_Howe", {"2026-04-05", "2026-04-05", "2026-04-04T13:00:00Z", kDay + 1800}},
      // winter time is the exception, -1 h
      {"Europe/Dublin", {"2026-07-01T12:00", "2026-07-01T12:00+01:00", "2026-07-01T11:00:00Z", 60}},
      // midnight itself was skipped: the day began at one
      {"America/Sao_Paulo", {"2018-11-04", "2018-11-04", "2018-11-04T03:00:00Z", kDay - 3600}},
      // a whole day was skipped, and so cannot be stated
      {"Pacific/Apia", {"2011-12-30", "-", "", 0}},
      {"Pacific/Apia", {"2011-12-31", "2011-12-31", "2011-12-30T10:00:00Z", kDay}},
      {"Asia/Kolkata", {"2026-03-03T00:00", "2026-03-03T00:00+05:30", "2026-03-02T18:30:00Z", 60}},
      {"America/New_York", {"2026-11-01", "2026-11-01", "2026-11-01T04:00:00Z", kDay + 3600}},
      {"Etc/GMT+5", {"2026-03-03T00:00", "2026-03-03T00:00-05:00", "2026-03-03T05:00:00Z", 60}},
  };
  for (const auto& c : cases) check(&c.time, &c.time + 1, zone(c.zone), DateOrder::day_first);
}

TEST(ParseTime, ReadsMonthFirstOnlyWhenTold) {
  const auto day = [](std::string_view text, DateOrder order) {
    const auto time = parse_time(text, Zone::utc(), order);
    return time ? format_time(*time) : "-";
  };
  EXPECT_EQ(day("02/03/2026", DateOrder::day_first), "2026-03-02");
  EXPECT_EQ(day("02/03/2026", DateOrder::month_first), "2026-02-03");
  EXPECT_EQ(day("28/02/2026", DateOrder::month_first), "-") << "never guessed from one value";
  EXPECT_EQ(day("2/28/2026", DateOrder::day_first), "-");
  EXPECT_EQ(day("2026-02-28", DateOrder::month_first), "2026-02-28");
}

TEST(ParseTime, RefusesWhatIsNoTime) {
  for (const std::string_view text : {"",
                                      " ",
                                      "hello",
                                      "20",
                                      "1234",
                                      "12345",
                                      "2026-",
                                      "2026-13",
                                      "2026-00-10",
                                      "2026-02-29",
                                      "2026-02-30",
                                      "31/04/2026",
                                      "0/1/2026",
                                      "2026-03-03T",
                                      "2026-03-03T14",
                                      "2026-03-03T25:00",
                                      "2026-03-03T14:60",
                                      "2026-03-03T14:05:61",
                                      "2026-03-03T24:00:01",
                                      "2026-03-03T14:05:",
                                      "2026-03-03T14:05:09.",
                                      "2026-03-03T14:05+",
                                      "2026-03-03T14:05+1",
                                      "2026-03-03T14:05+19:00",
                                      "2026-03-03T14:05 Madrid",
                                      "2026-03-03x",
                                      "3/3/2026 13:05 pm",
                                      "3/3/2026 0:05 am",
                                      "3/3/226",
                                      "3/3",
                                      "3-3.2026",
                                      "99999999",
                                      "20261301",
                                      "0612345678",
                                      "170000000",
                                      "17000000001",
                                      "170000000099",
                                      "-1700000000",
                                      "2026-W10",
                                      "+2026",
                                      "2026-03-03-",
                                      "99999999999999",
                                      "\u0662\u0660\u0662\u0666"})
    EXPECT_FALSE(parse_time(text, Zone::utc(), DateOrder::day_first)) << '"' << text << '"';
}

TEST(FormatTime, WritesWhatParseReads) {
  const Zone madrid = zone("Europe/Madrid");
  Rng rng(11);
  for (int i = 0; i < 20'000; ++i) {
    Time time;
    time.begin_utc_s = rng.between(-5'000'000'000, 15'000'000'000);
    time.end_utc_s = time.begin_utc_s + 1;
    time.offset_s = madrid.offset_at_utc(time.begin_utc_s);
    time.zone = ZoneBasis::stated;
    EXPECT_EQ(parse_time(format_time(time), Zone::utc(), DateOrder::day_first), time);
    EXPECT_EQ(parse_time(format_utc(time.begin_utc_s), madrid, DateOrder::day_first)->begin_utc_s,
              time.begin_utc_s);
  }
}

TEST(FormatTime, IsAsPreciseAsTheValue) {
  Time time;
  time.begin_utc_s = 1'772'542'809;  // 2026-03-03T13:00:09Z
  time.offset_s = 3600;
  const auto as = [&](TimePrecision precision) {
    time.precision = precision;
    return format_time(time);
  };
  EXPECT_EQ(as(TimePrecision::year), "2026");
  EXPECT_EQ(as(TimePrecision::month), "2026-03");
  EXPECT_EQ(as(TimePrecision::day), "2026-03-03");
  EXPECT_EQ(as(TimePrecision::minute), "2026-03-03T14:00+01:00");
  EXPECT_EQ(as(TimePrecision::second), "2026-03-03T14:00:09+01:00");
}

TEST(Zone, SaysWhichNameItDoesNotKnow) {
  for (const std::string_view name :
       {"Europe/Atlantis", "", "Europe", "/etc/passwd", "../zoneinfo/UTC", "Europe/../UTC",
        "Europe/Madrid ", "zone.tab", "tzdata.zi"}) {
    const auto opened = Zone::open(name);
    ASSERT_FALSE(opened) << name;
    EXPECT_EQ(opened.error().code(), ErrorCode::base_unknown_zone) << name;
    EXPECT_EQ(opened.error().detail(), name);
  }
}

TEST(Zone, RefusesAFileThatIsNoZone) {
  const auto opened = Zone::open("leapseconds");  // lies beside the zones
  ASSERT_FALSE(opened);
}

TEST(Zone, UtcNeverMoves) {
  for (const std::int64_t t : {-62'135'596'800LL, 0LL, 1'774'746'000LL, 253'402'300'799LL}) {
    EXPECT_EQ(Zone::utc().offset_at_utc(t), 0);
    EXPECT_EQ(Zone::utc().offset_at_local(t), 0);
    EXPECT_EQ(zone("Etc/UTC").offset_at_utc(t), 0);
  }
  EXPECT_EQ(Zone::utc().name(), "UTC");
  EXPECT_EQ(zone("Europe/Madrid").name(), "Europe/Madrid");
}

// For every instant: what the clock shows leads back to the instant, except in the second of two
// equal hours, which leads to the first.
TEST(Zone, LocalReadingsLeadBackToTheirInstant) {
  for (const std::string_view name : {"Europe/Madrid", "America/New_York", "Australia/Lord_Howe",
                                      "Africa/Casablanca", "Pacific/Apia", "America/Nuuk"}) {
    const Zone here = zone(name);
    for (std::int64_t t = 946'684'800; t < 4'102'444'800; t += 1799) {
      const std::int32_t offset = here.offset_at_utc(t);
      const std::int64_t back = t + offset - here.offset_at_local(t + offset);
      if (back == t) continue;
      ASSERT_LT(back, t) << name << ' ' << format_utc(t);
      ASSERT_EQ(back + here.offset_at_utc(back), t + offset) << name << ' ' << format_utc(t);
    }
  }
}

TEST(Zone, TheRuleRepeatsWithTheCalendar) {
  const Zone madrid = zone("Europe/Madrid");
  constexpr std::int64_t kFourHundredYears = 146'097 * kDay;
  for (std::int64_t t = 4'102'444'800; t < 4'102'444'800 + std::int64_t{20} * 366 * kDay;
       t += 1800) {
    ASSERT_EQ(madrid.offset_at_utc(t), madrid.offset_at_utc(t + 3 * kFourHundredYears));
    ASSERT_EQ(madrid.offset_at_local(t), madrid.offset_at_local(t + 3 * kFourHundredYears));
  }
}

TEST(DaysFromCivil, CountsFrom1970) {
  EXPECT_EQ(days_from_civil(1970, 1, 1), 0);
  EXPECT_EQ(days_from_civil(1969, 12, 31), -1);
  EXPECT_EQ(days_from_civil(2000, 2, 29), 11'016);
  EXPECT_EQ(days_from_civil(1600, 1, 1), -135'140);
  EXPECT_EQ(days_from_civil(2026, 3, 3), 20'515);
}

TEST(FormatUtc, WritesTheEndsOfTheCalendar) {
  EXPECT_EQ(format_utc(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_utc(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(format_utc(-62'135'596'800), "0001-01-01T00:00:00Z");
  EXPECT_EQ(format_utc(253'402'300'799), "9999-12-31T23:59:59Z");
}

TEST(Clock, IsLaterThanThisFile) { EXPECT_GT(now_utc_s(), 1'767'225'600); }

}  // namespace
}  // namespace ovillo
