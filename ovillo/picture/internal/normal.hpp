// The normal and the Poisson distribution.
#pragma once

namespace ovillo::picture::internal {

double normal_below(double z);
/// Inverse of normal_below (Wichura 1988, AS 241), to 1e-15. @param p  in (0, 1).
double normal_quantile(double p);

/// The smaller of P(X <= x) and P(X >= x) for a Poisson mean.
double poisson_tail(double x, double mean);

}  // namespace ovillo::picture::internal
