#include "ovillo/base/decimal.hpp"

#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"

namespace ovillo {
namespace {

std::string read(std::string_view text, DecimalMark mark) {
  const auto value = parse_decimal(text, mark);
  return value ? format_decimal(*value) : "-";
}

struct Case {
  std::string_view text;
  std::string_view infer, point, comma;  // "-" means: not a number under this rule
};

const Case kCases[] = {
    // the three forms that decide amounts of money
    {"8.850", "8850", "8.850", "8850"},
    {"1.234,56", "1234.56", "-", "1234.56"},
    {"1,234.56", "1234.56", "1234.56", "-"},
    // one mark
    {"12,50", "12.50", "-", "12.50"},
    {"12.50", "12.50", "12.50", "-"},
    {"8,850", "8850", "8850", "8.850"},
    {"8.85", "8.85", "8.85", "-"},
    {"8.8500", "8.8500", "8.8500", "-"},
    {"0.850", "0.850", "0.850", "-"},
    {"0,850", "0.850", "-", "0.850"},
    {"1234.567", "1234.567", "1234.567", "-"},
    {".5", "0.5", "0.5", "-"},
    {"12,", "12", "-", "12"},
    // thousands
    {"1.234.567", "1234567", "-", "1234567"},
    {"1,234,567", "1234567", "1234567", "-"},
    {"1.234.567,8", "1234567.8", "-", "1234567.8"},
    {"1.234,567", "1234.567", "-", "1234.567"},
    {"1 234,5", "1234.5", "-", "1234.5"},
    {"1 234 567", "1234567", "1234567", "1234567"},
    {"1\u00a0234,50", "1234.50", "-", "1234.50"},
    {"1\u202f234,50", "1234.50", "-", "1234.50"},
    {"1'234.50", "1234.50", "1234.50", "-"},
    {"1\u2019234.50", "1234.50", "1234.50", "-"},
    // sign
    {"-12", "-12", "-12", "-12"},
    {"+12", "12", "12", "12"},
    {"\u2212"
     "12",
     "-12", "-12", "-12"},
    {"(12.00)", "-12.00", "-12.00", "-"},
    {"12.00-", "-12.00", "-12.00", "-"},
    {"-0.00", "0.00", "0.00", "-"},
    // zeros and blanks
    {"0", "0", "0", "0"},
    {"007", "7", "7", "7"},
    {" 7 ", "7", "7", "7"},
    {"0.00", "0.00", "0.00", "-"},
    // as spreadsheets write
    {"1.5E+3", "1500", "1500", "1500"},
    {"4.25E-2", "0.0425", "0.0425", "0.0425"},
    {"1.234E3", "1234", "1234", "1234"},
    // 27 digits of wei, and the largest that fits
    {"123456789012345678901234567", "123456789012345678901234567", "123456789012345678901234567",
     "123456789012345678901234567"},
    {"123456789.012345678901234567", "123456789.012345678901234567", "123456789.012345678901234567",
     "-"},
    {"99999999999999999999999999999999999999", "99999999999999999999999999999999999999",
     "99999999999999999999999999999999999999", "99999999999999999999999999999999999999"},
};

TEST(ParseDecimal, ReadsEachWayOfWriting) {
  for (const auto& c : kCases) {
    EXPECT_EQ(read(c.text, DecimalMark::infer), c.infer) << c.text << " inferred";
    EXPECT_EQ(read(c.text, DecimalMark::point), c.point) << c.text << " with a point";
    EXPECT_EQ(read(c.text, DecimalMark::comma), c.comma) << c.text << " with a comma";
  }
}

TEST(ParseDecimal, RefusesWhatIsNoNumber) {
  for (const std::string_view text :
       {"",          " ",         "-",     ".",        ",",           "()",        "--1",
        "-(5)",      "(5",        "5)",    "+-5",      "1-2",         "abc",       "12a",
        "8.850 EUR", "1.2.3",     "1,2,3", "1.23.456", "12,34.567,8", "1.234 567", "1 23",
        "1  234",    "0.234.567", "1e",    "1e+",      "e5",          "1e9999",    "\u0661\u0662",
        "1.234.",    "NaN",       "inf",   "0x10"})
    for (const auto mark : {DecimalMark::infer, DecimalMark::point, DecimalMark::comma})
      EXPECT_EQ(read(text, mark), "-") << '"' << text << '"';
}

TEST(ParseDecimal, RefusesWhatDoesNotFitRatherThanRound) {
  EXPECT_EQ(read("999999999999999999999999999999999999999", DecimalMark::infer), "-");
  EXPECT_EQ(read("1E38", DecimalMark::infer), "-");
  EXPECT_EQ(read("1E37", DecimalMark::infer), "1" + std::string(37, '0'));
  EXPECT_EQ(read("0." + std::string(38, '0') + "1", DecimalMark::infer), "-");
  EXPECT_EQ(read("0." + std::string(37, '0') + "1", DecimalMark::infer),
            "0." + std::string(37, '0') + "1");
  EXPECT_EQ(read(std::string(60, '0') + "1", DecimalMark::infer), "1");
  EXPECT_EQ(read(std::string(100'000, '1'), DecimalMark::infer), "-");
  EXPECT_EQ(read("1" + std::string(1000, '.'), DecimalMark::infer), "-");
}

TEST(FormatDecimal, WritesWhatParseReads) {
  Rng rng(1);
  for (int i = 0; i < 20'000; ++i) {
    Decimal value;
    value.scale = static_cast<std::uint8_t>(rng.below(30));
    const Int128 high = static_cast<Int128>(rng.next() >> rng.below(64));
    value.unscaled = high * (rng.chance_per_mille(500) ? 1'000'003 : -1);
    const std::string text = format_decimal(value);
    const auto back = parse_decimal(text, DecimalMark::point);
    ASSERT_TRUE(back) << text;
    EXPECT_EQ(*back, value) << text;
    EXPECT_EQ(back->scale, value.scale) << text;
  }
}

TEST(FormatDecimal, KeepsItsScaleAndAZeroBeforeThePoint) {
  EXPECT_EQ(format_decimal({1250, 2}), "12.50");
  EXPECT_EQ(format_decimal({5, 3}), "0.005");
  EXPECT_EQ(format_decimal({-5, 1}), "-0.5");
  EXPECT_EQ(format_decimal({0, 2}), "0.00");
  EXPECT_EQ(format_decimal({}), "0");
}

TEST(Decimal, EqualsByValue) {
  EXPECT_EQ((Decimal{150, 2}), (Decimal{15, 1}));
  EXPECT_EQ((Decimal{0, 7}), (Decimal{0, 0}));
  EXPECT_FALSE((Decimal{15, 2}) == (Decimal{15, 1}));
  EXPECT_FALSE((Decimal{15, 1}) == (Decimal{-15, 1}));
  EXPECT_EQ((Decimal{1, 0}), (Decimal{static_cast<Int128>(10'000'000'000'000'000'000ULL), 19}));
}

std::string sum(std::string_view a, std::string_view b) {
  const auto out =
      add(*parse_decimal(a, DecimalMark::point), *parse_decimal(b, DecimalMark::point));
  return out ? format_decimal(*out) : "-";
}

TEST(AddDecimals, IsExact) {
  EXPECT_EQ(sum("0.1", "0.2"), "0.3");
  EXPECT_EQ(sum("12.50", "-12.5"), "0.00");
  EXPECT_EQ(sum("1", "0.000000000000000001"), "1.000000000000000001");
  EXPECT_EQ(sum("123456789012345678901234567", "1"), "123456789012345678901234568");
}

TEST(AddDecimals, RefusesASumThatDoesNotFit) {
  const std::string nines(38, '9');
  EXPECT_EQ(sum(nines, "0"), nines);
  EXPECT_EQ(sum(nines, "1"), "-");
  EXPECT_EQ(sum("-" + nines, "-1"), "-");
  EXPECT_EQ(sum(nines, "0.5"), "-");
  EXPECT_EQ(sum(nines, "-1.00"), nines.substr(1) + "8") << "zeros after the point cost no place";
}

}  // namespace
}  // namespace ovillo
