// How texts become hands: each with its nearest, then parts of one hand that do not know each
// other.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/hands.hpp"
#include "ovillo/cluster/internal/neighbours.hpp"
#include "ovillo/cluster/internal/signature.hpp"
#include "ovillo/cluster/internal/surprise.hpp"

namespace ovillo::cluster {

/// Joins every text with its nearest: the very nearest of all first, then the second of those that
/// are not of one hand yet, and so on. A text that is no hand's with a few of its nearest is not
/// compared further. What becomes of a text depends on the texts it is bonded with alone: those
/// that can be reached from it along pairs that were compared and found of one hand.
/// @param near  [among.size()]. @param asks  per text of `among`: whether it looks for others, or
/// is only looked at. @param bonds  when given, those pairs are added to it.
/// @return  joins made.
std::size_t join_nearest(const Component& texts, const Surprise& surprise,
                         std::span<const NearList> near, std::span<const std::uint32_t> among,
                         const std::vector<bool>& asks, Hands& hands,
                         std::vector<Pair>* bonds = nullptr);

/// Large hands fall into parts when every text's nearest are nearly its copies: delegates of the
/// groups are compared, then those of the groups that grew, until nothing joins.
/// @param signature_of  of a text of `among`: made before, since that costs more than comparing.
void join_parts(const Component& texts, const Surprise& surprise,
                std::span<const std::uint32_t> among,
                const std::function<const Signature&(std::uint32_t)>& signature_of, Hands& hands);

}  // namespace ovillo::cluster
