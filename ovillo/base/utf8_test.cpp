#include "ovillo/base/utf8.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace ovillo {
namespace {

using std::string_view_literals::operator""sv;

bool is_scalar(char32_t c) { return c <= 0x10ffff && (c < 0xd800 || c > 0xdfff); }

TEST(Utf8, EveryCodePointGoesThereAndBack) {
  for (char32_t c = 0; c <= 0x10ffff; ++c) {
    if (!is_scalar(c)) continue;
    std::string text;
    append_utf8(text, c);
    const CodePoint back = decode_utf8(text, 0);
    ASSERT_EQ(back.value, c);
    ASSERT_EQ(back.length, text.size());
    ASSERT_TRUE(is_valid_utf8(text)) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(Utf8, WhatCannotBeWrittenBecomesTheReplacementCharacter) {
  for (const char32_t c : {char32_t{0xd800}, char32_t{0xdfff}, char32_t{0x110000}, char32_t{~0U}}) {
    std::string text;
    append_utf8(text, c);
    EXPECT_EQ(text, "\uFFFD");
  }
}

// A second opinion, without tables: read the bits, write them back, compare.
bool plain_is_sequence(std::string_view s) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  char32_t value = 0;
  const std::size_t length = byte(0) < 0x80            ? 1
                             : byte(0) >> 5 == 0b110   ? 2
                             : byte(0) >> 4 == 0b1110  ? 3
                             : byte(0) >> 3 == 0b11110 ? 4
                                                       : 0;
  if (length != s.size()) return false;
  value = length == 1 ? byte(0) : byte(0) & (0xff >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) >> 6 != 0b10) return false;
    value = value << 6 | (byte(i) & 0x3f);
  }
  if (!is_scalar(value)) return false;
  std::string again;
  append_utf8(again, value);
  return again == s;
}

TEST(Utf8, AgreesWithAPlainReaderOnEveryShortSequence) {
  for (std::uint32_t bits = 0; bits < 1U << 24; ++bits) {
    const char bytes[] = {static_cast<char>(bits >> 16), static_cast<char>(bits >> 8),
                          static_cast<char>(bits)};
    // Leads of four-byte sequences take part below.
    for (std::size_t n = (bits & 0xffff) == 0 ? 1 : (bits & 0xff) == 0 ? 2 : 3; n <= 3; ++n) {
      const std::string_view sequence(bytes, n);
      const CodePoint c = decode_utf8(sequence, 0);
      const bool well_formed = plain_is_sequence(sequence);
      if (well_formed) {
        ASSERT_EQ(c.length, n) << std::hex << bits;
      } else if (c.length == n && n > 1) {
        FAIL() << "took an ill-formed sequence: " << std::hex << bits;
      }
    }
  }
}

TEST(Utf8, AgreesWithAPlainReaderAtTheBordersOfFourByteSequences) {
  constexpr unsigned char kBorders[] = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0xbf, 0xc0, 0xff};
  for (unsigned lead = 0xe8; lead <= 0xff; ++lead)
    for (const auto second : kBorders)
      for (const auto third : kBorders)
        for (const auto fourth : kBorders) {
          const char bytes[] = {static_cast<char>(lead), static_cast<char>(second),
                                static_cast<char>(third), static_cast<char>(fourth)};
          const std::string_view sequence(bytes, 4);
          EXPECT_EQ(decode_utf8(sequence, 0).length == 4, plain_is_sequence(sequence))
              << std::hex << lead << ' ' << +second << ' ' << +third << ' ' << +fourth;
        }
}

struct BadText {
  std::string_view name;
  std::string_view text;
  std::optional<std::size_t> first_bad;
  std::string_view replaced;
};

const BadText kBadTexts[] = {
    {"empty", "", {}, ""},
    {"plain", "piso en Gante", {}, "piso en Gante"},
    {"NUL is a character", "a\0b"sv, {}, "a\0b"sv},
    {"largest", "\xf4\x8f\xbf\xbf", {}, "\U0010FFFF"},
    {"above the largest", "\xf4\x90\x80\x80", 0, "\uFFFD\uFFFD\uFFFD\uFFFD"},
    {"surrogate", "x\xed\xa0\x80", 1, "x\uFFFD\uFFFD\uFFFD"},
    {"two-byte form of NUL", "\xc0\x80", 0, "\uFFFD\uFFFD"},
    {"three-byte form of a slash", "\xe0\x80\xaf", 0, "\uFFFD\uFFFD\uFFFD"},
    {"four-byte form of U+FFFF", "\xf0\x8f\xbf\xbf", 0, "\uFFFD\uFFFD\uFFFD\uFFFD"},
    {"continuation alone", "ab\x80", 2, "ab\uFFFD"},
    {"cut after one of two", "12345678\xc3", 8, "12345678\uFFFD"},
    {"cut after two of three", "\xe2\x82", 0, "\uFFFD\uFFFD"},
    {"cut after three of four", "\xf0\x9f\x94", 0, "\uFFFD\uFFFD\uFFFD"},
    {"the next character survives", "\xe2\x82z", 0, "\uFFFD\uFFFDz"},
    {"never a lead", "\xff\xfe", 0, "\uFFFD\uFFFD"},
    {"Latin-1", "Reci\xe9n", 4, "Reci\uFFFDn"},
    {"bad at byte 7 of a word",
     "1234567\xff"
     "9",
     7,
     "1234567\uFFFD"
     "9"},
    {"good beyond a word",
     "12345678\xc3\xa9"
     "bcdefgh",
     {},
     "12345678\u00e9"
     "bcdefgh"},
};

TEST(Utf8, FindsTheFirstBadByteAndReplacesEach) {
  for (const auto& c : kBadTexts) {
    EXPECT_EQ(first_invalid_utf8(c.text), c.first_bad) << c.name;
    EXPECT_EQ(replace_invalid_utf8(c.text), c.replaced) << c.name;
    EXPECT_TRUE(is_valid_utf8(replace_invalid_utf8(c.text))) << c.name;
  }
}

TEST(Utf8, FindsABadByteAtEveryPlaceOfALongText) {
  for (std::size_t n = 1; n < 40; ++n)
    for (std::size_t at = 0; at < n; ++at) {
      std::string text(n, 'a');
      text[at] = '\xff';
      EXPECT_EQ(first_invalid_utf8(text), at) << n;
    }
}

}  // namespace
}  // namespace ovillo
