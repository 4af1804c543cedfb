// Do two texts say the same things in the same order? A hand that copies keeps the order; people
// who use the same stock sentences each string them together in their own.
#pragma once

#include <cstdint>
#include <span>

namespace ovillo::cluster {

/// True when three in four of the words that stand once in either text stand in the same order in
/// both; also when hardly any do.
/// @cost  O(n) for most copies, else O(n log n).
bool in_same_order(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

}  // namespace ovillo::cluster
