// Random numbers of distributions, the same on every machine and library.
#pragma once

#include <cstdint>

#include "ovillo/base/rng.hpp"

namespace ovillo::picture::internal {

/// Uniform in (0, 1): the middle of one of 2^52 steps.
double uniform(Rng& rng);
double normal(Rng& rng);
/// Gamma with scale 1 (Marsaglia and Tsang 2000). @param shape  > 0.
double gamma(Rng& rng, double shape);
double beta(Rng& rng, double a, double b);
/// Exact up to rounding (inversion; BTRS of Hoermann 1993 where n p is 10 and more).
std::uint64_t binomial(Rng& rng, std::uint64_t n, double p);
/// Exact up to rounding (inversion; PTRS of Hoermann 1993 where the mean is 10 and more).
std::uint64_t poisson(Rng& rng, double mean);

/// log(n!), from a table up to 1023 and by Stirling's series above.
double log_factorial(double n);

}  // namespace ovillo::picture::internal
