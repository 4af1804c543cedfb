// Why each text is in its cluster.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/hands.hpp"
#include "ovillo/cluster/internal/surprise.hpp"

namespace ovillo::cluster {

/// Follows the pairs along which the hands were joined, from the first text of each cluster on.
/// @param cluster  per raw text, or -1. @return  per raw text. @cost  O(n).
std::vector<Reason> reasons_of(std::span<const std::uint32_t> text_of_raw, std::size_t n_texts,
                               const Surprise& surprise, const std::vector<Pair>& joins,
                               const std::vector<std::int32_t>& cluster);

}  // namespace ovillo::cluster
