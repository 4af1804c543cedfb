// Fills Scan::marks.
#pragma once

#include "ovillo/extract/internal/scan.hpp"
#include "ovillo/text/number_words.hpp"

namespace ovillo::extract {

/// Marks the tokens of `scan`, whose words are looked up. @cost O(n), no allocation once warm.
void mark_tokens(Scan& scan, const text::NumberWords& numbers);

}  // namespace ovillo::extract
