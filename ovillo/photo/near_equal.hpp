// near_equal: which likenesses are of one picture, whatever was done to it between two sites.
//
// Two likenesses are near-equal at 31 bits of 256 or less, as published. Near-equal ones join, and
// what is joined is one group as long as it could be variants of one picture: every member within
// 62 bits of its representative, the smallest likeness of the group. A chain that runs further away
// (templates with other content, test patterns) is cut: in ascending order each likeness goes to
// the nearest representative within 31 bits, or becomes one. So the answer is a function of the set
// alone: neither the order of import nor what lies elsewhere changes it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/record/photo.hpp"

namespace ovillo::photo {

inline constexpr int kNearBits = 31;
inline constexpr int kGroupBits = 62;

/// The representative of each likeness: equal representatives are one picture.
///
/// Exact while no more than 512 likenesses share 16 bits of one sixteenth of the hash; beyond that,
/// a likeness near one already looked at stands back behind it there, so that many variants of one
/// stock picture cost what they are, not their square. A chain of more than 10,000 is cut into its
/// single likenesses.
///
/// @return  out[i] belongs to likenesses[i] and is one of them.
/// @cost    n different likenesses, spread as those of unlike pictures are: n^2 / 500 comparisons,
///          the n^2 of which is felt from a million on; measured in bench/photo. Memory 44 bytes
///          each.
std::vector<Likeness> near_equal(std::span<const Likeness> likenesses);

}  // namespace ovillo::photo
