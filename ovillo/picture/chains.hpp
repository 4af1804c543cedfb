// Whether several chains of draws agree, and what they say together.
//
// Source: Gelman et al. 2013 (split R-hat); Geyer 1992 (the initial monotone sequence).
#pragma once

#include <cstdint>
#include <vector>

namespace ovillo::picture {

struct Mixing {
  double r_hat = 0;             ///< 1: the chains, each cut in two, agree
  double effective_draws = 0;   ///< independent draws worth as much
  double accepted = 1;          ///< share of proposals taken
  std::vector<double> medians;  ///< per chain: far apart means several modes
  bool mixed = false;           ///< R-hat below 1.05 and at least 400 effective draws
};

struct Draws {
  std::vector<std::vector<double>> chain;  ///< draws of the total, chain by chain
  Mixing mixing;
  // Of all chains together; to be shown only where they mixed.
  double low = 0;  ///< 2.5 in a hundred
  double median = 0;
  double high = 0;  ///< 97.5 in a hundred
};

/// Fills in everything but `accepted`. @param chains  of one length, at least 8 draws each.
Draws summed_up(std::vector<std::vector<double>> chains, double accepted);

}  // namespace ovillo::picture
