// Small linear programmes, exactly as far as doubles go.
#pragma once

#include <cstddef>
#include <vector>

namespace ovillo::picture::internal {

/// Largest s for which some x with x_i >= s has the same sums as `point`: sum_i row[i] * x_i for
/// each row. The simplex method with Bland's rule; ends always.
/// @param rows   r rows of n numbers, one after the other. @param point  n numbers, >= 0.
/// @return       s >= 0; 0 within 1e-9 means that every such x lies on the boundary.
double largest_least(const std::vector<double>& rows, std::size_t n,
                     const std::vector<double>& point);

}  // namespace ovillo::picture::internal
