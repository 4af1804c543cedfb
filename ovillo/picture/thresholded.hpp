// Overlap estimation with a prior on the pairs: those that the data do not move are dropped.
//
// All pairs of lists have a normal prior with mean 0 and variance 1; a pair whose posterior mean is
// less than two standard deviations from 0 is dropped, and the rest is fitted again.
// Assumption: no term of three or more lists; a pair without support does not tie its lists.
// Source: Silverman 2020. The draws are by Hamiltonian steps from several starts, not by a random
// walk: with eight lists the published chain never moves.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ovillo/picture/chains.hpp"
#include "ovillo/picture/log_linear.hpp"

namespace ovillo::picture {

/// A pair so near the threshold that other random numbers could have decided otherwise.
struct Borderline {
  Term pair = 0;
  double ratio = 0;
  Draws otherwise;  ///< dropped where it was retained, and the other way round
};

struct Thresholded {
  std::vector<Term> retained;
  std::vector<double> ratio;  ///< |mean| / standard deviation per pair, in the order of all_pairs
  Draws draws;
  std::optional<Borderline> borderline;  ///< the nearest within a tenth of the threshold
};

struct ThresholdedSettings {
  double threshold = 2;
  double prior_variance = 1;
  std::uint32_t n_chains = 4;
  std::uint32_t n_draws = 2500;  ///< a chain, after a fifth as many that are left away
};

/// @cost  0.1 CPU s for five lists; the chains in parallel. The same for a seed.
Thresholded estimate_thresholded(const OverlapTable& table, std::uint64_t seed,
                                 const ThresholdedSettings& settings = {});

}  // namespace ovillo::picture
