// A set of nodes as one machine word (up to 64 nodes) or two (up to 128).
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace ovillo::network::internal {

using Bits64 = std::uint64_t;
__extension__ typedef unsigned __int128 Bits128;

template <class Bits>
inline constexpr int kMaxNodes = static_cast<int>(sizeof(Bits) * 8);

inline int count(Bits64 set) { return std::popcount(set); }
inline int count(Bits128 set) {
  return std::popcount(static_cast<Bits64>(set)) + std::popcount(static_cast<Bits64>(set >> 64));
}
/// @param set  not empty.
inline int lowest(Bits64 set) { return std::countr_zero(set); }
inline int lowest(Bits128 set) {
  const auto low = static_cast<Bits64>(set);
  return low != 0 ? std::countr_zero(low) : 64 + std::countr_zero(static_cast<Bits64>(set >> 64));
}

template <class Bits>
Bits bit(int node) {
  return Bits{1} << node;
}

/// @param set  not empty. @return its lowest node, which leaves the set.
template <class Bits>
int take_lowest(Bits& set) {
  const int node = lowest(set);
  set &= set - 1;
  return node;
}

/// Whether `a` comes before `b` when both, of equal size, are written as ascending lists of nodes.
template <class Bits>
bool listed_before(Bits a, Bits b) {
  const Bits difference = a ^ b;
  return (a & difference & (~difference + 1)) != 0;
}

/// adjacency[v]: the neighbours of v, without v.
template <class Bits>
using Adjacency = std::vector<Bits>;

/// All that `from` reaches without leaving `within`; `from` included.
template <class Bits>
Bits reached(const Adjacency<Bits>& adjacency, Bits from, Bits within) {
  Bits seen = from;
  Bits frontier = from;
  while (frontier != 0) {
    Bits next = 0;
    while (frontier != 0) next |= adjacency[take_lowest(frontier)];
    frontier = next & within & ~seen;
    seen |= frontier;
  }
  return seen;
}

}  // namespace ovillo::network::internal
