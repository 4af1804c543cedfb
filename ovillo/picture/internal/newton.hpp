// Newton's method on the Poisson likelihood of one log-linear model.
//
// Every column asks for a set of lists, so sums over cells are sums over supersets: with the
// transform of all of them at once a step costs lists * 2^lists additions, 2^lists exponentials and
// one factorisation, whatever the model. Room is fixed; nothing is allocated.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/picture/internal/subset_sums.hpp"

namespace ovillo::picture::internal {

/// Columns of a model at most, those at minus infinity left out.
inline constexpr std::size_t kMostColumns = 64;

/// One number of lists, one set of counts at a time, many models. Not shared between threads.
class Newton {
 public:
  explicit Newton(std::size_t n_lists) : n_lists_(n_lists), n_cells_(std::size_t{1} << n_lists) {}

  /// @param count  by pattern, 2^lists; count[0] is not looked at.
  void count(std::span<const double> count);

  /// The same with so many people on no list taken as counted.
  void count_with_hidden(std::span<const double> count, double hidden);

  enum class End : std::uint8_t {
    inside,       ///< the maximum was reached
    boundary,     ///< the coefficients run away: whether a maximum exists must be asked elsewhere
    not_regular,  ///< the equations have no single solution: likewise
  };

  /// Fits an intercept, a main effect a list and the terms. A list or term with nobody on it has
  /// the coefficient minus infinity; its cells are left out.
  /// @param terms  sets of two or more lists, each once.
  End fit(std::span<const std::uint32_t> terms);
  /// The same with the coefficients of the last fit as the start, where that ended inside.
  End fit_from_last(std::span<const std::uint32_t> terms);
  /// The same from coefficients by set of lists.
  End fit_from(const Cells& start, std::span<const std::uint32_t> terms);

  /// A fit to begin others at: of the same model to counts that are much alike. Its equations are
  /// kept, so that the first step costs no exponential and no factorisation.
  struct Start {
    std::vector<std::uint32_t> terms;
    std::vector<std::uint32_t> column;
    std::size_t n_infinite = 0;
    Cells beta{};
    std::vector<double> mean_above;  ///< by column
    std::vector<double> factor;      ///< lower triangle, row by row
  };
  /// Of the last fit. @param terms  those it was made with.
  [[nodiscard]] Start start(std::span<const std::uint32_t> terms) const;
  End fit_from(const Start& start);

  // Of the last model set up; means only after End::inside.
  [[nodiscard]] const Cells& coefficients() const { return beta_; }
  [[nodiscard]] const Cells& means() const { return mean_; }
  /// Mean number of people on all lists of a set, others left free.
  [[nodiscard]] double mean_on(std::uint32_t lists) const { return mean_above_[lists]; }
  /// People on all lists of a set.
  [[nodiscard]] double n_on(std::uint32_t lists) const { return count_above_[lists]; }
  [[nodiscard]] double log_likelihood() const { return likelihood_ - log_factorials_; }
  [[nodiscard]] std::size_t n_parameters() const { return n_columns_ + n_infinite_; }
  [[nodiscard]] std::span<const std::uint32_t> columns() const {
    return {column_.data(), n_columns_};
  }
  [[nodiscard]] bool has_cell(std::size_t pattern) const { return !gone_[pattern]; }
  [[nodiscard]] std::size_t n_cells() const { return n_cells_; }
  /// Variance of the coefficient of column c; after End::inside. @cost  columns^2.
  [[nodiscard]] double variance(std::size_t c) const;

 private:
  void hold(std::span<const double> count, double hidden);
  void set_up(std::span<const std::uint32_t> terms);
  void start_independent();
  End run();
  /// Steps on from where step_ leads; `least` is what the likelihood must not fall below.
  bool take_step(double& largest);
  bool find_step();
  void solve();
  double evaluate(const Cells& beta);

  std::size_t n_lists_;
  std::size_t n_cells_;
  Cells count_{};
  Cells count_above_{};
  double log_factorials_ = 0;

  std::array<std::uint32_t, kMostColumns> column_{};
  std::size_t n_columns_ = 0;
  std::size_t n_infinite_ = 0;
  std::array<bool, kMostCells> gone_{};
  bool any_gone_ = false;
  bool has_hidden_ = false;

  Cells beta_{};
  Cells log_mean_{};
  Cells mean_{};
  Cells mean_above_{};
  double likelihood_ = 0;
  bool inside_ = false;
  std::array<double, kMostColumns> step_{};
  std::array<double, kMostColumns * kMostColumns> factor_{};
};

}  // namespace ovillo::picture::internal
