#include "ovillo/synth/phone_writing.hpp"

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"

namespace ovillo::synth {
namespace {

const Vocabulary& vocabulary() {
  static const Vocabulary loaded = Vocabulary::open(data_folder()).value();
  return loaded;
}

std::string write(PhoneWay way, bool abroad = false) {
  Rng draw(3);
  return write_phone({"34", "", "751234560"}, way, abroad, vocabulary()[Language::es], draw);
}

TEST(WritePhone, WritesEveryWay) {
  struct Case {
    PhoneWay way;
    const char* written;
  };
  const Case cases[] = {
      {PhoneWay::run, "751234560"},
      {PhoneWay::grouped, "751 23 45 60"},
      {PhoneWay::dashed, "751-23-45-60"},
      {PhoneWay::spaced, "7 5 1 2 3 4 5 6 0"},
      {PhoneWay::dotted, "7.5.1.2.3.4.5.6.0"},
      {PhoneWay::words, "siete cinco uno dos tres cuatro cinco seis cero"},
      {PhoneWay::lookalike, "7Sl 234 56O"},
      {PhoneWay::full_width, "７５１２３４５６０"},
      {PhoneWay::link, "https://wa.me/34751234560"},
  };
  for (const Case& c : cases) EXPECT_EQ(write(c.way), c.written);
  EXPECT_EQ(write(PhoneWay::emoji).substr(0, 7), "7\uFE0F\u20E3");
  EXPECT_EQ(write(PhoneWay::zero_width).substr(0, 5), "7\u200B5");
}

TEST(WritePhone, AbroadItCarriesTheCountryCode) {
  EXPECT_EQ(write(PhoneWay::run, true), "+34751234560");
  EXPECT_EQ(write(PhoneWay::grouped, true), "+34 751 23 45 60");
}

TEST(WritePhone, AtHomeItCarriesTheTrunkDigit) {
  Rng draw(1);
  EXPECT_EQ(write_phone({"32", "0", "452123456"}, PhoneWay::grouped, false,
                        vocabulary()[Language::nl], draw),
            "0452 12 34 56");
}

TEST(WritePhone, MixedHoldsWordsAndDigits) {
  const std::string mixed = write(PhoneWay::mixed);
  EXPECT_NE(mixed.find_first_of("0123456789"), std::string::npos);
  EXPECT_NE(mixed.find_first_of("abcdefghijklmnopqrstuvwxyz"), std::string::npos);
}

TEST(WritePhone, SplitPutsWordsBetween) {
  const std::string split = write(PhoneWay::split);
  EXPECT_EQ(split.substr(0, 4), "751 ");
  EXPECT_EQ(split.substr(split.size() - 4), " 560");
}

}  // namespace
}  // namespace ovillo::synth
