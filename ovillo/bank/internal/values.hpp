// Amounts, dates and account numbers as these formats write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ovillo/bank/account_statement.hpp"
#include "ovillo/base/decimal.hpp"
#include "ovillo/base/time.hpp"

namespace ovillo::bank {

/// Digits with at most one `mark`, which may stand first or last ("500,"): nothing else, no sign.
/// @return  empty: not that, or above 38 digits. The scale is the number of decimals written.
std::optional<Decimal> exact_amount(std::string_view text, char mark);

/// A date or time of ISO 8601 as XML Schema has it, also a date with a zone ("2026-03-03+01:00").
std::optional<Moment> iso_moment(std::string_view text, const Zone& zone);

/// A day. @return  empty: there was no such day.
std::optional<Moment> day_moment(int year, int month, int day, std::string_view written,
                                 const Zone& zone);

/// The number of a run of digits; -1: not all digits, empty, or above 9 digits.
int small_number(std::string_view digits);

/// The year of two digits: 80 to 99 are 19xx. @source SWIFT standards, "century rule".
int full_year(int two_digits);

/// Country letters, check digits and the remainder of ISO 13616, without spaces.
bool is_iban(std::string_view text);

/// `text` without spaces, tabs and line ends at both sides.
std::string_view trimmed(std::string_view text);
/// As an optional: empty text is not stated.
std::optional<std::string> stated(std::string_view text);

/// UTF-8 as it stands; anything else read as Windows-1252.
std::string as_utf8(std::string_view bytes);

}  // namespace ovillo::bank
