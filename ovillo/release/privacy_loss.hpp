// How much one person's data may change what is published: the arithmetic of differential privacy.
//
// Losses are kept as rho (zero-concentrated), which simply add up, and are told as epsilon and
// delta, in which laws and readers think. One person is one record: neighbours differ by one record
// added or taken away.
// Source: Bun and Steinke 2016; Canonne, Kamath and Steinke 2020, corollary 13 (the conversion) and
// proposition 22 (the tail).
#pragma once

#include <cstdint>

namespace ovillo::release {

/// Of a delta, what goes into the conversion of rho; the rest is for values that few people have.
inline constexpr double kDeltaOfLoss = 0.9;

/// The greatest rho whose releases are (epsilon, delta)-private, rounded down.
/// @param epsilon  above 0, up to 100. @param delta  in (0, 1).
double rho_of(double epsilon, double delta);

/// The least epsilon that releases of `rho` in all have at `delta`, rounded up. @param rho  0 and
/// more.
double epsilon_of(double rho, double delta);

/// The least whole number that noise of that variance reaches with a chance of at most `chance`.
std::int64_t noise_reached(double variance, double chance);

/// A bound above the chance that noise of that variance is `least` or more.
double chance_of_noise(double variance, double least);

}  // namespace ovillo::release
