// Log-linear models of an overlap table: a main effect per list and terms that tie lists.
//
// log mean of a cell = intercept + its lists + the terms whose lists it holds. A term whose lists
// share nobody has the coefficient minus infinity: its cells are left out; so with a list that
// nobody is on. The total is the number observed and exp(intercept), the mean of the cell that
// nobody sees.
// Source: Chan, Silverman and Vincent 2021; existence after Fienberg and Rinaldo 2012.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ovillo/picture/overlap_table.hpp"

namespace ovillo::picture {

/// Lists that a term ties, one bit a list; two or more.
using Term = std::uint32_t;

/// Pairs of lists in the order 12, 13, .., 23, ..
std::vector<Term> all_pairs(std::size_t n_lists);

/// "LA:NG" for a term; a model as "LA:NG PFNCA:GO", "none" without terms.
std::string term_name(const OverlapTable& table, Term term);
std::string model_name(const OverlapTable& table, std::span<const Term> terms);

/// What stands in the way of an estimate; the codes of the literature.
enum class Existence : std::uint8_t {
  exists = 0,
  no_maximum = 1,      ///< the likelihood has no maximum
  not_identified = 2,  ///< several sets of coefficients give the same means
  neither = 3,
};

/// A sentence for people.
std::string_view sentence(Existence existence);

struct LogLinearFit {
  Existence existence = Existence::exists;
  double total = 0;           ///< of people, the hidden ones included; only where it exists
  double hidden = 0;          ///< exp(intercept)
  double log_likelihood = 0;  ///< Poisson, with constants
  double deviance = 0;
  std::size_t n_parameters = 0;  ///< those at minus infinity included
  std::vector<double> mean;      ///< by pattern; 0 where a term rules the cell out

  /// -2 log likelihood + parameters times log of people observed.
  [[nodiscard]] double bic(const OverlapTable& table) const;
  [[nodiscard]] double aic() const;
};

/// Fits main effects and the terms. @cost  some microseconds for five lists.
LogLinearFit fit_log_linear(const OverlapTable& table, std::span<const Term> terms);

namespace internal {
class Newton;
/// Fits `terms` with the counts that `newton` holds, from its last fit where `from_last`, and asks
/// the linear programme only where the fit runs to the boundary: means above zero with the sums of
/// the counts are their own proof that a maximum exists.
Existence fit_or_tell(Newton& newton, std::span<const Term> terms, std::span<const double> count,
                      bool from_last);
}  // namespace internal

}  // namespace ovillo::picture
