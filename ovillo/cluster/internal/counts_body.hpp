// What Counts holds, for those that read it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/internal/common_pairs.hpp"
#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/neighbours.hpp"
#include "ovillo/cluster/internal/surprise.hpp"
#include "ovillo/cluster/internal/voices.hpp"

namespace ovillo::cluster {

/// Texts of fewer words say nothing about a hand.
inline constexpr std::size_t kFewestWords = 4;

struct CountsBody {
  CommonPairs common;
  Voices voices;
  Bits16 beyond_sample;  ///< log2 of how many texts each text of the sample stands for
  std::vector<StockText> stock;

  [[nodiscard]] Weigher weigher(const Background& background) const {
    return {voices, background, beyond_sample};
  }
};

/// @param common  of these texts; taken. @param near  of `among`, found with it.
std::shared_ptr<const CountsBody> count(const Component& texts, std::optional<CommonPairs> common,
                                        const Neighbours& near,
                                        std::span<const std::uint32_t> among,
                                        const Background& background);

inline Bits16 beyond_sample(const Component& texts) {
  return log2_16(texts.size()) - log2_16(texts.n_sampled());
}

}  // namespace ovillo::cluster
