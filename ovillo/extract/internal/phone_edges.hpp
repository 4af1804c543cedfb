// The lattice of a run: what the pieces from each place on may stand for, as digits.
//
// "treinta y cuatro" is 34 or 30, 4; "siebenundzwanzig" 27; "double five" 55; "O" 0. Every reading
// is an edge with a cost; the decoder looks for the cheapest way through.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "ovillo/extract/internal/phone_items.hpp"
#include "ovillo/extract/internal/scan.hpp"

namespace ovillo::extract {

inline constexpr std::size_t kMostDigits = 17;  // "00" and the 15 of E.164

/// One step through the lattice: the digits that `to` pieces stand for.
struct PhoneEdge {
  std::uint16_t to = 0;  ///< pieces ahead
  std::uint8_t length = 0;
  std::uint8_t cost = 0;
  ItemFlags flags = 0;  ///< of all its pieces
  std::array<char, kMostDigits> digits{};
};

struct PhoneEdges {
  std::vector<PhoneEdge> edges;
  std::vector<std::uint32_t> first;  ///< edges of piece i are [first[i], first[i + 1])
};

/// Builds the lattice of a run. @cost O(pieces): a compound has at most six.
void build_edges(const Scan& scan, const std::vector<PhoneItem>& items, PhoneEdges& out);

}  // namespace ovillo::extract
