// Whole-number noise of an exact distribution: the discrete Gaussian and the discrete Laplace.
//
// Noise made from floating-point numbers has gaps by which it can be taken off. Here every chance
// is a ratio of whole numbers and is met exactly.
// Source: Canonne, Kamath and Steinke 2020, "The discrete Gaussian for differential privacy",
// algorithms 1 to 3; Mironov 2012 for the attack.
#pragma once

#include <cstdint>

#include "ovillo/release/random_bits.hpp"

namespace ovillo::release {

/// A positive ratio, at most 2^34, of parts below 2^45: the exact comparisons take twice the bits
/// and a few more.
struct Ratio {
  std::uint64_t over = 1;
  std::uint64_t under = 1;

  [[nodiscard]] double value() const {
    return static_cast<double>(over) / static_cast<double>(under);
  }
};

/// The least ratio of 1024ths that is not below `value`; noise may only be more than asked for.
/// @param value  above 0; beyond 2^34 it is 2^34 (the caller refuses such noise before).
Ratio ratio_not_below(double value);

/// One draw with chance proportional to exp(-x^2 / (2 variance)), x any whole number.
/// @cost  about ten random words, whatever the variance.
std::int64_t discrete_gaussian(const Ratio& variance, RandomBits& bits);

/// One draw with chance proportional to exp(-|x| / scale).
std::int64_t discrete_laplace(const Ratio& scale, RandomBits& bits);

}  // namespace ovillo::release
