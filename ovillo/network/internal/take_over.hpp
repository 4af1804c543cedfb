// Somebody takes over the links of those who are gone.
#pragma once

#include <span>
#include <string>

#include "ovillo/base/rng.hpp"
#include "ovillo/network/internal/node_bits.hpp"
#include "ovillo/network/what_if.hpp"

namespace ovillo::network::internal {

/// The network after `set` is gone and each member's links to those who remain went to one of
/// them: of the same role where anybody left has it, chosen by `rule`, members in node order.
/// @return  adjacency with the rows of `set` empty.
template <class Bits>
Adjacency<Bits> take_over(const Adjacency<Bits>& adjacency, Bits set,
                          std::span<const std::string> role, Substitution rule, Rng& rng);

extern template Adjacency<Bits64> take_over(const Adjacency<Bits64>&, Bits64,
                                            std::span<const std::string>, Substitution, Rng&);
extern template Adjacency<Bits128> take_over(const Adjacency<Bits128>&, Bits128,
                                             std::span<const std::string>, Substitution, Rng&);

}  // namespace ovillo::network::internal
