#include "ovillo/picture/internal/newton.hpp"

#include <algorithm>
#include <cmath>

#include "ovillo/picture/internal/random.hpp"
#include "ovillo/picture/internal/subset_sums.hpp"

namespace ovillo::picture::internal {

void Newton::count(std::span<const double> count) {
  has_hidden_ = false;
  inside_ = false;
  hold(count, 0);
}

void Newton::count_with_hidden(std::span<const double> count, double hidden) {
  // The last fit stays a start: a profile goes from one number of hidden people to the next.
  has_hidden_ = true;
  hold(count, hidden);
}

void Newton::hold(std::span<const double> count, double hidden) {
  std::copy_n(count.begin(), n_cells_, count_.begin());
  count_[0] = hidden;
  count_above_ = count_;
  sum_above(count_above_, n_cells_);
  log_factorials_ = 0;
  for (std::size_t p = 1; p < n_cells_; ++p)
    if (count_[p] > 1) log_factorials_ += log_factorial(count_[p]);
}

void Newton::set_up(std::span<const std::uint32_t> terms) {
  n_columns_ = 0;
  n_infinite_ = 0;
  any_gone_ = false;
  column_[n_columns_++] = 0;
  const auto add = [&](std::uint32_t lists) {
    if (count_above_[lists] > 0 && n_columns_ < kMostColumns) {
      column_[n_columns_++] = lists;
      return;
    }
    if (!any_gone_) gone_.fill(false);
    any_gone_ = true;
    ++n_infinite_;
    for (std::size_t p = lists; p < n_cells_; p = (p + 1) | lists) gone_[p] = true;
  };
  for (std::size_t l = 0; l < n_lists_; ++l) add(1U << l);
  for (const std::uint32_t term : terms) add(term);
  if (!any_gone_) gone_.fill(false);
  gone_[0] = !has_hidden_;
}

void Newton::start_independent() {
  beta_.fill(0);
  const double observed = std::max(count_above_[0], 1.0);
  double left = 2 * observed;
  for (std::size_t l = 0; l < n_lists_; ++l) {
    const std::uint32_t list = 1U << l;
    if (count_above_[list] <= 0) continue;
    const double share = std::clamp(count_above_[list] / (2 * observed), 1e-6, 0.9);
    beta_[list] = std::log(share / (1 - share));
    left *= 1 - share;
  }
  beta_[0] = std::log(std::max(left, 1e-3));
}

Newton::End Newton::fit(std::span<const std::uint32_t> terms) {
  set_up(terms);
  start_independent();
  inside_ = false;
  likelihood_ = evaluate(beta_);
  return run();
}

Newton::End Newton::fit_from(const Cells& start, std::span<const std::uint32_t> terms) {
  set_up(terms);
  const Cells from = start;  // may be our own
  beta_.fill(0);
  for (std::size_t c = 0; c < n_columns_; ++c) beta_[column_[c]] = from[column_[c]];
  inside_ = false;
  likelihood_ = evaluate(beta_);
  const End end = run();
  return end == End::inside ? end : fit(terms);
}

Newton::End Newton::fit_from_last(std::span<const std::uint32_t> terms) {
  return inside_ ? fit_from(beta_, terms) : fit(terms);
}

double Newton::evaluate(const Cells& beta) {
  log_mean_ = beta;
  sum_below(log_mean_, n_cells_);
  for (std::size_t p = 0; p < n_cells_; ++p)
    mean_[p] = gone_[p] ? 0 : std::exp(std::min(log_mean_[p], 700.0));
  mean_above_ = mean_;
  sum_above(mean_above_, n_cells_);
  // The sum over cells of count * log mean, by columns.
  double sum = -mean_above_[0];
  for (std::size_t c = 0; c < n_columns_; ++c) sum += beta[column_[c]] * count_above_[column_[c]];
  return sum;
}

Newton::End Newton::run() {
  constexpr int kMostSteps = 60;
  constexpr double kFarAway = 40;
  constexpr double kLastStep = 1e-5;
  for (int n_steps = 0; n_steps < kMostSteps; ++n_steps) {
    if (!find_step()) return End::not_regular;
    double largest = 0;
    const bool whole = take_step(largest);
    for (std::size_t c = 0; c < n_columns_; ++c)
      if (!(std::abs(beta_[column_[c]]) < kFarAway)) return End::boundary;
    // Steps shrink by squares: what is left after the last is some 1e-10.
    if (whole && largest < kLastStep) {
      inside_ = true;
      return End::inside;
    }
  }
  return End::boundary;
}

bool Newton::take_step(double& largest) {
  constexpr int kMostHalvings = 30;
  const Cells from = beta_;
  const double least = likelihood_ - 1e-12 * (1 + std::abs(likelihood_));
  double size = 1;
  for (int halving = 0; halving < kMostHalvings; ++halving, size /= 2) {
    for (std::size_t c = 0; c < n_columns_; ++c)
      beta_[column_[c]] = from[column_[c]] + size * step_[c];
    likelihood_ = evaluate(beta_);
    if (likelihood_ >= least) break;
  }
  for (std::size_t c = 0; c < n_columns_; ++c)
    largest = std::max(largest, size * std::abs(step_[c]));
  return size == 1;
}

bool Newton::find_step() {
  const std::size_t k = n_columns_;
  const auto h = [&](std::size_t r, std::size_t c) -> double& {
    return factor_[r * kMostColumns + c];
  };
  for (std::size_t r = 0; r < k; ++r) {
    step_[r] = count_above_[column_[r]] - mean_above_[column_[r]];
    for (std::size_t c = 0; c <= r; ++c) h(r, c) = mean_above_[column_[r] | column_[c]];
  }
  for (std::size_t r = 0; r < k; ++r) {
    const double whole = h(r, r);
    for (std::size_t c = 0; c <= r; ++c) {
      double sum = h(r, c);
      for (std::size_t x = 0; x < c; ++x) sum -= h(r, x) * h(c, x);
      if (c < r) {
        h(r, c) = sum * h(c, c);
      } else {
        if (!(sum > 1e-13 * whole)) return false;
        h(r, r) = 1 / std::sqrt(sum);  // the diagonal is kept inverted
      }
    }
  }
  solve();
  return true;
}

void Newton::solve() {
  const std::size_t k = n_columns_;
  for (std::size_t r = 0; r < k; ++r) {
    for (std::size_t x = 0; x < r; ++x) step_[r] -= factor_[r * kMostColumns + x] * step_[x];
    step_[r] *= factor_[r * kMostColumns + r];
  }
  for (std::size_t r = k; r-- > 0;) {
    step_[r] *= factor_[r * kMostColumns + r];
    for (std::size_t x = 0; x < r; ++x) step_[x] -= factor_[r * kMostColumns + x] * step_[r];
  }
}

Newton::Start Newton::start(std::span<const std::uint32_t> terms) const {
  Start out;
  out.terms.assign(terms.begin(), terms.end());
  out.column.assign(column_.begin(), column_.begin() + static_cast<std::ptrdiff_t>(n_columns_));
  out.n_infinite = n_infinite_;
  out.beta = beta_;
  for (std::size_t r = 0; r < n_columns_; ++r) {
    out.mean_above.push_back(mean_above_[column_[r]]);
    for (std::size_t c = 0; c <= r; ++c) out.factor.push_back(factor_[r * kMostColumns + c]);
  }
  return out;
}

Newton::End Newton::fit_from(const Start& start) {
  set_up(start.terms);
  // Another design, because somebody is there or nobody is left: its equations do not hold.
  const std::span now(column_.data(), n_columns_);
  if (n_infinite_ != start.n_infinite ||
      !std::equal(now.begin(), now.end(), start.column.begin(), start.column.end()))
    return fit_from(start.beta, start.terms);
  inside_ = false;
  beta_ = start.beta;
  const double* factor = start.factor.data();
  likelihood_ = -start.mean_above[0];
  for (std::size_t r = 0; r < n_columns_; ++r) {
    likelihood_ += beta_[column_[r]] * count_above_[column_[r]];
    step_[r] = count_above_[column_[r]] - start.mean_above[r];
    for (std::size_t c = 0; c <= r; ++c) factor_[r * kMostColumns + c] = *factor++;
  }
  solve();
  double largest = 0;
  take_step(largest);
  const End end = run();
  return end == End::inside ? end : fit(start.terms);
}

double Newton::variance(std::size_t c) const {
  // The column of the inverse: L z = e_c, and the variance is |z|^2.
  std::array<double, kMostColumns> z{};
  double sum = 0;
  for (std::size_t r = c; r < n_columns_; ++r) {
    double value = r == c ? 1 : 0;
    for (std::size_t x = c; x < r; ++x) value -= factor_[r * kMostColumns + x] * z[x];
    z[r] = value * factor_[r * kMostColumns + r];
    sum += z[r] * z[r];
  }
  return sum;
}

}  // namespace ovillo::picture::internal
