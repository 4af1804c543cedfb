// Which country a number is of: the code when it is written, else the region that was told, else
// the one the text speaks for.
//
// The evidence of a text is added up once, when the first number asks: the languages of its words,
// the places it names, its currencies, the ends of its hosts, the codes of its other numbers. With
// it every plan that may hold the digits gets points; kind of line and grouping add to them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ovillo/extract/internal/scan.hpp"
#include "ovillo/extract/internal/vocabulary.hpp"
#include "ovillo/extract/phone_plans.hpp"

namespace ovillo::extract {

/// How sure a reading is, per mille.
inline constexpr std::uint16_t kWithCode = 990;
inline constexpr std::uint16_t kOfRegion = 950;
inline constexpr std::uint16_t kCodeWithoutSign = 800;
inline constexpr std::uint16_t kToldByText = 700;
inline constexpr std::uint16_t kDoubtful = 550;
inline constexpr std::uint16_t kOtherCountry = 500;

/// How digits were written, as far as it helps to tell the country.
struct Written {
  bool plus = false;    ///< a plus sign before
  bool cue = false;     ///< a word for "phone" near
  bool hidden = false;  ///< in words, emoji or look-alikes: nobody hides what is no number
  const std::vector<std::uint8_t>* groups = nullptr;  ///< lengths of the groups; empty: not plain
};

struct Reading {
  PhonePlans::Match match;
  bool strip_00 = false;  ///< the match is of the digits after "00"
  std::uint16_t confidence = 0;
  std::int32_t fit = 0;  ///< points for the lattice; more is better
};

class PhoneRegion {
 public:
  PhoneRegion(const Scan& scan, const Vocabulary& vocabulary, const PhonePlans& plans);

  /// Number words inside a longer word ("seisdos") that the token's own languages do not cover.
  void hear(std::string_view number_word);

  /// The reading that fits best; empty when the digits are no number of any plan in question.
  [[nodiscard]] std::optional<Reading> read(std::string_view digits, const Written& written);

 private:
  void weigh();
  void weigh_words(std::array<int, kLanguages.size()>& votes) const;
  void weigh_finds();
  void speak_for(std::string_view region, std::int32_t points);
  [[nodiscard]] std::optional<Reading> explicit_code(std::string_view digits, bool strip_00) const;
  [[nodiscard]] std::optional<Reading> guess(std::string_view digits, const Written& written);
  [[nodiscard]] std::optional<Reading> bare_code(std::string_view digits, bool cue) const;

  const Scan& scan_;
  const Vocabulary& vocabulary_;
  const PhonePlans& plans_;
  std::optional<std::size_t> told_;             ///< plan of the region told
  std::array<int, kLanguages.size()> votes_{};  ///< of the words of the text
  std::array<int, kLanguages.size()> heard_{};  ///< of words inside glued ones
  std::array<std::int32_t, PhonePlans::kMostGuessed> of_finds_{};
  std::array<std::int32_t, PhonePlans::kMostGuessed> points_{};  ///< per guessed plan
  bool read_text_ = false;
  bool weighed_ = false;
};

}  // namespace ovillo::extract
