// The ways people write a phone number in an advert, openly or hidden.
//
// The way is a habit of the hand that writes. Ways and their sources: reference on adverts, summed
// up in docs/formats/synth.md.
#pragma once

#include <cstdint>
#include <string>

#include "ovillo/base/rng.hpp"
#include "ovillo/synth/vocabulary.hpp"

namespace ovillo::synth {

enum class PhoneWay : std::uint8_t {
  run,         ///< 751234567
  grouped,     ///< 751 23 45 67
  dashed,      ///< 751-23-45-67
  spaced,      ///< 7 5 1 2 3 4 5 6 7
  dotted,      ///< 7.5.1.2.3.4.5.6.7
  words,       ///< siete cinco uno dos ...
  mixed,       ///< siete51 2-tres-4 ...
  lookalike,   ///< 75l 234 56O
  emoji,       ///< keycaps
  full_width,  ///< U+FF10 digits
  zero_width,  ///< U+200B between the digits
  split,       ///< 751 llama 234 luego 567
  link,        ///< https://wa.me/34751234567
};
inline constexpr std::size_t kPhoneWays = 13;
/// From here on the number is hidden rather than just spaced.
inline constexpr PhoneWay kFirstHiddenWay = PhoneWay::spaced;

/// Writes a number.
///
/// @param abroad  true: with its country code, as somebody outside the country needs it.
/// @param draw    settles what varies inside one way (which digits become words).
std::string write_phone(const PhoneNumber& number, PhoneWay way, bool abroad,
                        const LanguageVocabulary& language, Rng& draw);

}  // namespace ovillo::synth
