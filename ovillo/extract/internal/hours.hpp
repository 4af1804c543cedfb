// Opening and working hours: "10 a 22h", "9h-19h", "10am-10pm", "von 10 bis 22 Uhr", "24/7".
#pragma once

#include "ovillo/extract/internal/scan.hpp"

namespace ovillo::extract {

/// Adds the hours that start at number token i, as "10:00-22:00", and takes their tokens. A span of
/// hours counts where a mark of time (h, uur, am, a colon) stands at one end of it, or a word for
/// opening before it; "24/7" and "24 horas" are "00:00-24:00".
/// @return  one past the last token, or i when there are none.
/// @misses  hours in words; lists of days.
std::size_t find_hours(Scan& scan, std::size_t i);

}  // namespace ovillo::extract
