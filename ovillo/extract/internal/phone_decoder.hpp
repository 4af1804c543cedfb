// Phone numbers in a text, however they are written.
//
// The decoder walks the lattice of each run (phone_items.hpp): at every piece it knows the digits
// read so far for each possible count of digits, and asks the country plans whether they are a
// number. Non-overlapping numbers of the highest score win. No regular expressions; linear in the
// text, because a number has at most 17 digits.
#pragma once

#include "ovillo/extract/internal/phone_items.hpp"
#include "ovillo/extract/internal/scan.hpp"
#include "ovillo/extract/phone_plans.hpp"

namespace ovillo::extract {

/// Adds the phone numbers of `scan`, whose links, accounts, prices, dates and references are taken.
/// Finds already in `scan` (places, prices, links) count as evidence for the country.
/// Confidence per mille: 990 with country code; 950 of the region's plan; 700 where the text says
/// the country, 550 where two countries fit it about as well; 500 of another country than the
/// region told; 450 cut by other words; 50 less when written in words or look-alikes.
/// @misses  numbers with extra digits put in to confuse; local numbers without area code.
void find_phones(Scan& scan, const Vocabulary& vocabulary, const NumberVocabulary& numbers,
                 const PhonePlans& plans);

/// The number in a field of its own, read with `region` assumed.
std::optional<PhoneNumber> phone_value(std::string_view digits, bool plus, std::string_view region,
                                       const PhonePlans& plans);

}  // namespace ovillo::extract
