#include "ovillo/intake/internal/cell_number.hpp"

#include <gtest/gtest.h>

namespace ovillo::intake {
namespace {

TEST(NumberFormat, TellsDatesFromNumbers) {
  EXPECT_EQ(number_format(14, ""), NumberFormat::date);
  EXPECT_EQ(number_format(22, ""), NumberFormat::date_time);
  EXPECT_EQ(number_format(20, ""), NumberFormat::clock);
  EXPECT_EQ(number_format(2, ""), NumberFormat::number);
  EXPECT_EQ(number_format(46, ""), NumberFormat::number);  // elapsed time
  EXPECT_EQ(number_format(170, "dd/mm/yyyy"), NumberFormat::date);
  EXPECT_EQ(number_format(170, "[$-409]m/d/yy h:mm AM/PM;@"), NumberFormat::date_time);
  EXPECT_EQ(number_format(170, "hh:mm:ss.000"), NumberFormat::clock);
  EXPECT_EQ(number_format(170, "[h]:mm:ss"), NumberFormat::number);
  EXPECT_EQ(number_format(170, "#,##0.00 \"day\""), NumberFormat::number);
  EXPECT_EQ(number_format(170, "[Red]0.00"), NumberFormat::number);
  EXPECT_EQ(number_format(170, "0.00\\d"), NumberFormat::number);
  EXPECT_EQ(number_format(170, "General"), NumberFormat::number);
}

TEST(FormatSerial, ReadsBothDateSystems) {
  const auto date = NumberFormat::date;
  EXPECT_EQ(format_serial("1", date, false), "1900-01-01");
  EXPECT_EQ(format_serial("59", date, false), "1900-02-28");
  EXPECT_EQ(format_serial("60", date, false), std::nullopt);  // a day that never was
  EXPECT_EQ(format_serial("61", date, false), "1900-03-01");
  EXPECT_EQ(format_serial("46084", date, false), "2026-03-03");
  EXPECT_EQ(format_serial("0", date, true), "1904-01-01");
  EXPECT_EQ(format_serial("44622", date, true), "2026-03-03");
  EXPECT_EQ(format_serial("-1", date, false), std::nullopt);
  EXPECT_EQ(format_serial("99999999", date, false), std::nullopt);
  EXPECT_EQ(format_serial("nan", date, false), std::nullopt);
  EXPECT_EQ(format_serial("0.5", NumberFormat::clock, false), "12:00:00");
  // 14:05:09 as a fraction of a day, as it is stored.
  EXPECT_EQ(format_serial("46084.586909722224", NumberFormat::date_time, false),
            "2026-03-03T14:05:09");
}

TEST(PlainNumber, ShowsTheDigitsAPersonSees) {
  EXPECT_EQ(plain_number("447700900123"), "447700900123");
  EXPECT_EQ(plain_number("4.47700900123E11"), "447700900123");
  EXPECT_EQ(plain_number("0.30000000000000004"), "0.3");
  EXPECT_EQ(plain_number("1234.5599999999999"), "1234.56");
  EXPECT_EQ(plain_number("12.50"), "12.50");
  EXPECT_EQ(plain_number("1E300"), "1E300");
  EXPECT_EQ(plain_number("text"), "text");
}

}  // namespace
}  // namespace ovillo::intake
