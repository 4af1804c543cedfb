// Overlap estimation with latent classes: people differ in how easily each list finds them.
//
// Within a class the lists are independent; how many classes there are is left to a Dirichlet
// process cut at ten. Assumption: the hidden people are of the same classes as the seen ones.
// Source: Manrique-Vallier 2016 (as in the package LCMCR).
#pragma once

#include <cstdint>

#include "ovillo/picture/chains.hpp"
#include "ovillo/picture/overlap_table.hpp"

namespace ovillo::picture {

struct LatentSettings {
  std::uint32_t n_classes = 10;
  std::uint32_t n_chains = 4;
  std::uint32_t n_draws = 50'000;  ///< a chain, after a fifth as many that are left away
};

/// Chains that sit on different modes do not mix: look at `mixing.mixed` before quoting a figure.
/// @cost  10 us a draw of five lists; the chains in parallel. The same for a seed.
Draws estimate_latent_classes(const OverlapTable& table, std::uint64_t seed,
                              const LatentSettings& settings = {});

}  // namespace ovillo::picture
