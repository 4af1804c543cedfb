// The shape of one value, seen without its column: what a person would take it for at a glance.
//
// For proposals and for telling a header from data; nothing is decided about a record by shape.
#pragma once

#include <cstdint>
#include <string_view>

namespace ovillo::intake {

enum class Shape : std::uint8_t {
  empty,
  integer,   ///< digits only
  number,    ///< a number with mark or sign
  money,     ///< a number with a currency
  currency,  ///< "EUR", "€"
  date,      ///< a date, with or without time
  clock,     ///< "14:05"
  email,
  url,
  phone,     ///< a number written as telephones are
  iban,      ///< with the right check digits
  picture,   ///< names of picture files, one or several
  country,   ///< two capital letters
  code,      ///< one token of letters and digits
  words,     ///< a few words
  sentence,  ///< free text
};

Shape shape_of(std::string_view value);

/// Says whether a shape is that of data, which a header never has.
bool is_value(Shape shape);

/// ISO 13616 check digits. @param value  spaces allowed.
bool is_iban(std::string_view value);

}  // namespace ovillo::intake
