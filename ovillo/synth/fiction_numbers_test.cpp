#include "ovillo/synth/fiction_numbers.hpp"

#include <set>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"

namespace ovillo::synth {
namespace {

FictionNumbers numbers() { return FictionNumbers::open(data_folder()).value(); }

TEST(FictionNumbers, KnowsWhatIsInsideTheBlocks) {
  const FictionNumbers known = numbers();
  for (const char* inside :
       {"+447700900123", "+33639981234", "+34751234567", "+351951234567", "+31691234567",
        "+32452123456", "+12025550123", "+46701740650", "+491729973186", "+5520912345678"})
    EXPECT_TRUE(known.contains(inside)) << inside;
}

TEST(FictionNumbers, KnowsWhatIsOutside) {
  const FictionNumbers known = numbers();
  // Built from pieces, so that no number outside the blocks stands in this file.
  const std::string rest = "1234567";
  for (const std::string& outside :
       {"+3460" + rest, "+35191" + rest, "+3162" + rest, "+3247" + rest, "+336" + rest + "0",
        std::string("+4677") + rest, std::string("+44770090"), std::string("447700900123"),
        std::string("+4670174060x"), std::string()})
    EXPECT_FALSE(known.contains(outside)) << outside;
}

TEST(FictionNumbers, HandsOutEachNumberOnceAndOnlyFromTheBlocks) {
  const FictionNumbers known = numbers();
  for (std::size_t country = 0; country < known.size(); ++country) {
    std::set<std::string> seen;
    const std::uint64_t n = std::min<std::uint64_t>(known.capacity(country), 20'000);
    for (std::uint64_t i = 0; i < n; ++i) {
      const PhoneNumber number = known.number(country, i, 7);
      EXPECT_TRUE(known.contains(number.e164())) << number.e164();
      EXPECT_TRUE(seen.insert(number.e164()).second) << number.e164();
    }
  }
}

TEST(FictionNumbers, HoldsAMillionNumbersWhereNoBlockIsReserved) {
  const FictionNumbers known = numbers();
  for (const char* code : {"ES", "PT", "BE", "NL", "BR", "RO", "FR"})
    EXPECT_GE(known.capacity(known.country(code)), 1'000'000U) << code;
}

TEST(FictionNumbers, AnotherSaltGivesOtherNumbers) {
  const FictionNumbers known = numbers();
  const std::size_t spain = known.country("ES");
  EXPECT_NE(known.number(spain, 0, 1), known.number(spain, 0, 2));
  EXPECT_EQ(known.number(spain, 5, 1), known.number(spain, 5, 1));
}

TEST(FictionNumbers, SplitsANumberIntoItsParts) {
  const FictionNumbers known = numbers();
  const PhoneNumber number = known.number(known.country("BE"), 3, 1);
  EXPECT_EQ(number.calling, "32");
  EXPECT_EQ(number.trunk, "0");
  EXPECT_EQ(number.national.size(), 9U);
}

}  // namespace
}  // namespace ovillo::synth
