#include "ovillo/picture/stepwise.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "ovillo/picture/internal/newton.hpp"
#include "ovillo/picture/internal/normal.hpp"
#include "ovillo/picture/internal/random.hpp"

namespace ovillo::picture {

namespace {

using internal::Newton;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

struct Selection {
  std::vector<Term> terms;
  Existence existence = Existence::exists;  ///< of that model
};

/// One thread's room for choosing again and again.
class Selector {
 public:
  explicit Selector(std::size_t n_lists) : newton_(n_lists), pairs_(all_pairs(n_lists)) {}

  Selection by_chance(std::span<const double> count, double threshold) {
    newton_.count(count);
    if (threshold >= 1 && internal::fit_or_tell(newton_, pairs_, count, false) == Existence::exists)
      return {pairs_, Existence::exists};
    Selection out;
    out.existence = internal::fit_or_tell(newton_, out.terms, count, false);
    // With a list that nobody is on no larger model has a maximum in the strict sense.
    if (out.existence != Existence::exists || has_empty_list()) return out;
    std::vector<Term> left = pairs_;
    while (add_least_likely(count, threshold, out.terms, left)) {
    }
    return out;
  }

  Selection by_aic(std::span<const double> count, double significance) {
    newton_.count(count);
    Selection out;
    out.existence = internal::fit_or_tell(newton_, out.terms, count, false);
    if (out.existence != Existence::exists) return out;
    double aic = aic_now();
    std::vector<Term> left = pairs_;
    while (!left.empty()) {
      double best_aic = aic;
      Term best = 0;
      const internal::Cells from = newton_.coefficients();
      out.terms.push_back(0);
      for (const Term term : left) {
        out.terms.back() = term;
        if (newton_.fit_from(from, out.terms) != Newton::End::inside) continue;
        if (aic_now() < best_aic) {
          best_aic = aic_now();
          best = term;
        }
      }
      out.terms.back() = best;
      bool significant = best != 0 && newton_.n_on(best) > 0 &&
                         newton_.fit_from(from, out.terms) == Newton::End::inside;
      if (significant) {
        const std::size_t newest = newton_.columns().size() - 1;
        const double z = newton_.coefficients()[best] / std::sqrt(newton_.variance(newest));
        significant = 2 * internal::normal_below(-std::abs(z)) <= significance;
      }
      if (!significant) {
        out.terms.pop_back();
        newton_.fit_from(from, out.terms);
        return out;
      }
      aic = best_aic;
      std::erase(left, best);
    }
    return out;
  }

  [[nodiscard]] double total(const Selection& selection) const {
    if (selection.existence != Existence::exists) return kNone;
    return newton_.n_on(0) + std::exp(newton_.coefficients()[0]);
  }

 private:
  [[nodiscard]] double aic_now() const {
    return -2 * newton_.log_likelihood() + 2 * static_cast<double>(newton_.n_parameters());
  }

  [[nodiscard]] bool has_empty_list() const {
    for (std::size_t list = 1; list < newton_.n_cells(); list <<= 1)
      if (newton_.n_on(static_cast<std::uint32_t>(list)) <= 0) return true;
    return false;
  }

  /// The likelihood of each overlap first, existence only of the least likely.
  /// @return  false: none was below the threshold, or none that was has an estimate.
  bool add_least_likely(std::span<const double> count, double threshold, std::vector<Term>& terms,
                        std::vector<Term>& left) {
    order_.clear();
    for (std::size_t i = 0; i < left.size(); ++i) {
      const double chance = internal::poisson_tail(newton_.n_on(left[i]), newton_.mean_on(left[i]));
      if (chance < threshold) order_.emplace_back(chance, i);
    }
    std::sort(order_.begin(), order_.end());
    if (order_.empty()) return false;
    const internal::Cells from = newton_.coefficients();
    for (const auto& [chance, i] : order_) {
      terms.push_back(left[i]);
      if (internal::fit_or_tell(newton_, terms, count, true) == Existence::exists) {
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
        return true;
      }
      terms.pop_back();
      newton_.fit_from(from, terms);
    }
    return false;
  }

  Newton newton_;
  std::vector<Term> pairs_;
  std::vector<std::pair<double, std::size_t>> order_;
};

Chosen chosen_of(const OverlapTable& table, Selection selection) {
  Chosen out;
  out.fit = fit_log_linear(table, selection.terms);
  out.terms = std::move(selection.terms);
  return out;
}

}  // namespace

Chosen stepwise(const OverlapTable& table, double threshold) {
  return chosen_of(table, Selector(table.n_lists()).by_chance(table.count, threshold));
}

MakeTotalOf stepwise_total(std::size_t n_lists, double threshold) {
  return [n_lists, threshold] {
    return
        [selector = std::make_shared<Selector>(n_lists), threshold](std::span<const double> count) {
          return selector->total(selector->by_chance(count, threshold));
        };
  };
}

Chosen stepwise_by_aic(const OverlapTable& table, double significance) {
  return chosen_of(table, Selector(table.n_lists()).by_aic(table.count, significance));
}

MakeTotalOf aic_total(std::size_t n_lists, double significance) {
  return [n_lists, significance] {
    return [selector = std::make_shared<Selector>(n_lists),
            significance](std::span<const double> count) {
      return selector->total(selector->by_aic(count, significance));
    };
  };
}

Interval profile_interval(const OverlapTable& table, std::span<const Term> terms) {
  constexpr double kHalfChiSquare95 = 1.9207294103470620;
  Newton newton(table.n_lists());
  const double observed = table.n_observed();
  // Log likelihood of the table when so many people are hidden; counts need not be whole.
  const auto profile = [&](double hidden) {
    newton.count_with_hidden(table.count, hidden);
    if (newton.fit_from_last(terms) != Newton::End::inside) return kNone;
    double sum = std::lgamma(observed + hidden + 1) - std::lgamma(hidden + 1);
    const double total = observed + hidden;
    for (std::size_t p = 0; p < newton.n_cells(); ++p) {
      const double y = p == 0 ? hidden : table.count[p];
      if (y > 0) sum += y * std::log(newton.means()[p] / total);
    }
    return sum;
  };
  const LogLinearFit fit = fit_log_linear(table, terms);
  Interval out{0.95, kNone, kNone, kNone, kNone, false, false};
  if (fit.existence != Existence::exists) return out;
  // The top by golden section around the estimate, then each side by halving.
  double low = std::log(std::max(fit.hidden / 4, 1e-3));
  double high = std::log(std::max(fit.hidden * 4, 1.0));
  constexpr double kGolden = 0.6180339887498949;
  for (int i = 0; i < 60; ++i) {
    const double a = high - kGolden * (high - low);
    const double b = low + kGolden * (high - low);
    if (profile(std::exp(a)) > profile(std::exp(b)))
      high = b;
    else
      low = a;
  }
  const double top = std::exp((low + high) / 2);
  const double least = profile(top) - kHalfChiSquare95;
  if (std::isnan(least)) return out;
  const auto end = [&](double factor) {
    double inside = top;
    double outside = top;
    for (int i = 0; i < 60; ++i) {
      outside *= factor;
      const double value = profile(outside);
      if (std::isnan(value)) return kNone;
      if (value < least) break;
      inside = outside;
      if (i == 59) return factor < 1 ? 0.0 : kNone;
    }
    for (int i = 0; i < 60; ++i) {
      const double middle = std::sqrt(inside * outside);
      (profile(middle) < least ? outside : inside) = middle;
    }
    return inside;
  };
  out.low = observed + end(0.7);
  out.high = observed + end(1.4);
  return out;
}

}  // namespace ovillo::picture
