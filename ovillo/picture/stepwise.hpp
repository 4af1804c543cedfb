// Overlap estimation by forward selection of pairs.
//
// Assumption of every figure here: no term of three or more lists, and no pair that the counts do
// not show, ties the lists. Nobody can test it on the people whom no list knows.
// Source: Chan, Silverman and Vincent 2021 (the rule of SparseMSE); Bales, Hesketh and Silverman
// 2015 (the rule by AIC).
#pragma once

#include <optional>
#include <vector>

#include "ovillo/picture/bootstrap.hpp"
#include "ovillo/picture/log_linear.hpp"

namespace ovillo::picture {

/// A model and what came of it.
struct Chosen {
  std::vector<Term> terms;  ///< in the order chosen
  LogLinearFit fit;
  /// Of people; empty: no estimate exists.
  [[nodiscard]] std::optional<double> total() const {
    if (fit.existence != Existence::exists) return std::nullopt;
    return fit.total;
  }
};

inline constexpr double kStepwiseThreshold = 0.02;

/// Adds the pair whose overlap is least likely (one-sided Poisson) until none is below `threshold`.
/// A pair that would leave no maximum, or coefficients that cannot be told apart, is passed over;
/// with a list that nobody is on that is every pair, and the main effects stand.
/// @param threshold  0: main effects alone; 1 asks for all pairs at once if that model stands.
Chosen stepwise(const OverlapTable& table, double threshold = kStepwiseThreshold);

/// The total of that rule for counts of so many lists, for resampling. @cost  15 us and less for
/// five lists and one step, times the steps.
MakeTotalOf stepwise_total(std::size_t n_lists, double threshold = kStepwiseThreshold);

/// Adds the pair that lowers AIC most, until none does or the newest is not significant (Wald).
/// A pair whose lists share nobody cannot be significant and ends it, as in the published rule.
Chosen stepwise_by_aic(const OverlapTable& table, double significance = 0.05);
MakeTotalOf aic_total(std::size_t n_lists, double significance = 0.05);

/// Interval of the chosen model from the profile of the multinomial likelihood. It takes the model
/// as given and is too short for one that was chosen from the data.
/// @return  level 0.95; NaN ends where the profile does not come down.
Interval profile_interval(const OverlapTable& table, std::span<const Term> terms);

}  // namespace ovillo::picture
