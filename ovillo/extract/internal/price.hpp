// Prices and wages: an amount, its currency, what it is for.
//
// A wage is an amount per hour, day, week, month or year with words of work around it and no rent.
#pragma once

#include "ovillo/extract/internal/scan.hpp"

namespace ovillo::extract {

/// Adds the price or wage whose amount starts at number token i and takes its tokens.
/// @return  false: none starts there.
/// @misses  amounts in words; amounts without currency and without unit.
bool find_price(Scan& scan, const Vocabulary& vocabulary, std::size_t i);

/// Takes "100/150/200" from token i on; adds its prices where a word for price or a currency stands
/// beside it. @return one past the list, or i.
std::size_t find_price_list(Scan& scan, const Vocabulary& vocabulary, std::size_t i);

}  // namespace ovillo::extract
