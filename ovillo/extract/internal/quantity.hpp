// Prices and ages, and the numbers that are dates, times, measures, coordinates or references:
// what is read here is no phone number.
#pragma once

#include "ovillo/extract/internal/scan.hpp"
#include "ovillo/text/number_words.hpp"

namespace ovillo::extract {

/// Adds prices ("150.00 EUR/hour"; "260.00/half_hour" where no currency is stated) and ages, and
/// takes the tokens of every number that is something else than a phone number.
/// @misses  prices in words; bare price lists ("100 150 200"); ages without a unit, but for
///          "I am 24".
void find_quantities(Scan& scan, const Vocabulary& vocabulary, const text::NumberWords& numbers);

/// Takes the numbers after "ref", "BTW", "DNI" ...: identifiers of other kinds.
void take_references(Scan& scan);

}  // namespace ovillo::extract
