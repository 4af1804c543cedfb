// The template of one hand: what its texts have in common, written out, with slots.
#pragma once

#include <cstdint>
#include <span>

#include "ovillo/cluster/background.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/one_hand.hpp"

namespace ovillo::cluster {

/// Aligns members to `centre` and writes its raw text with the words that differ replaced.
/// @param members  texts of the hand, ascending; the first 32 are aligned.
Template write_template(const Component& texts, std::span<const std::uint32_t> members,
                        std::uint32_t centre, OneHand& one_hand, const Background& background);

}  // namespace ovillo::cluster
