// Numbers of spreadsheet cells: as digits, or as the date their format shows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ovillo::intake {

enum class NumberFormat : std::uint8_t { number, date, date_time, clock };

/// What a number format shows. @param code  "dd/mm/yyyy hh:mm"; empty for a built-in `id`.
/// @source  ECMA-376 part 1, 18.8.30 and 18.8.31.
NumberFormat number_format(std::uint32_t id, std::string_view code);

/// A serial day number as ISO 8601, rounded to the second. Empty: not a day of the calendar (the
/// 29 February 1900 of the 1900 system, negative, above the year 9999).
/// @param days_1904  days count from 1904-01-01.
std::optional<std::string> format_serial(std::string_view number, NumberFormat format,
                                         bool days_1904);

/// The digits a person sees: no exponent ("3.3E10" of a telephone number), at most 15 significant
/// digits (binary residue of "0.1" is not data). Anything else is given back as it is.
std::string plain_number(std::string_view number);

}  // namespace ovillo::intake
