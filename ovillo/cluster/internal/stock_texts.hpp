// What everybody writes: site boilerplate, footers, stock sentences.
#pragma once

#include <vector>

#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/surprise.hpp"

namespace ovillo::cluster {

/// Runs of words, each no surprise after the one before, that one text in kRare of the sample
/// holds.
/// @param compared  per text: whether its bits are known.
/// @cost  O(words of the sample).
std::vector<StockText> stock_texts(const Component& texts, const Surprise& surprise,
                                   const std::vector<bool>& compared);

}  // namespace ovillo::cluster
