// Numbers up to 99 in words, for ages: "veintitrés", "treinta y dos", "twenty one", "vierendertig".
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ovillo/extract/internal/scan.hpp"
#include "ovillo/text/number_words.hpp"

namespace ovillo::extract {

struct SpokenNumber {
  std::uint32_t value = 0;
  std::size_t end = 0;  ///< one past its last token
};

/// The number of 10 to 99 said from token i on; empty when there is none.
/// @misses  "soixante-dix", "quatre-vingt": ages of 70 and more in French.
std::optional<SpokenNumber> spoken_number(const Scan& scan, const text::NumberWords& numbers,
                                          std::size_t i);

}  // namespace ovillo::extract
