#include "ovillo/picture/internal/linear_programme.hpp"

#include <cmath>
#include <utility>

namespace ovillo::picture::internal {

namespace {

constexpr double kZero = 1e-11;

/// Tableau of: maximise objective . v subject to rows v = right, v >= 0.
class Tableau {
 public:
  Tableau(std::size_t n_rows, std::size_t n_columns)
      : m_(n_rows), n_(n_columns), cell_((n_rows + 1) * (n_columns + 1)), basis_(n_rows) {}

  double& at(std::size_t row, std::size_t column) { return cell_[row * (n_ + 1) + column]; }
  double& right(std::size_t row) { return at(row, n_); }
  std::vector<std::size_t>& basis() { return basis_; }

  /// Raises the objective of row m_ (kept as costs to lower) while a column below `n_usable` helps.
  void solve(std::size_t n_usable) {
    constexpr int kMostSteps = 20000;
    for (int step = 0; step < kMostSteps; ++step) {
      std::size_t enter = n_usable;
      for (std::size_t c = 0; c < n_usable && enter == n_usable; ++c)
        if (at(m_, c) < -1e-10) enter = c;
      if (enter == n_usable) return;
      std::size_t leave = m_;
      for (std::size_t r = 0; r < m_; ++r) {
        if (at(r, enter) <= kZero) continue;
        if (leave == m_) {
          leave = r;
          continue;
        }
        const double mine = right(r) / at(r, enter);
        const double best = right(leave) / at(leave, enter);
        if (mine < best - kZero || (mine <= best + kZero && basis_[r] < basis_[leave])) leave = r;
      }
      if (leave == m_) return;  // unbounded: cannot be, x is bounded by its sums
      pivot(leave, enter);
    }
  }

  void pivot(std::size_t row, std::size_t column) {
    const double scale = at(row, column);
    for (std::size_t c = 0; c <= n_; ++c) at(row, c) /= scale;
    for (std::size_t r = 0; r <= m_; ++r) {
      const double factor = at(r, column);
      if (r == row || factor == 0) continue;
      for (std::size_t c = 0; c <= n_; ++c) at(r, c) -= factor * at(row, c);
    }
    basis_[row] = column;
  }

 private:
  std::size_t m_;
  std::size_t n_;
  std::vector<double> cell_;
  std::vector<std::size_t> basis_;
};

}  // namespace

double largest_least(const std::vector<double>& rows, std::size_t n,
                     const std::vector<double>& point) {
  const std::size_t m = n == 0 ? 0 : rows.size() / n;
  // Columns: x_i - s, then s, then one artificial a row.
  const std::size_t n_real = n + 1;
  Tableau tableau(m, n_real + m);
  for (std::size_t r = 0; r < m; ++r) {
    double sum = 0;
    double right = 0;
    for (std::size_t i = 0; i < n; ++i) {
      tableau.at(r, i) = rows[r * n + i];
      sum += rows[r * n + i];
      right += rows[r * n + i] * point[i];
    }
    tableau.at(r, n) = sum;
    tableau.at(r, n_real + r) = 1;
    tableau.right(r) = right;
    tableau.basis()[r] = n_real + r;
  }
  // First the artificial columns are driven out.
  for (std::size_t r = 0; r < m; ++r) {
    for (std::size_t c = 0; c < n_real; ++c) tableau.at(m, c) -= tableau.at(r, c);
    tableau.right(m) -= tableau.right(r);
  }
  tableau.solve(n_real);
  for (std::size_t r = 0; r < m; ++r) {
    if (tableau.basis()[r] < n_real) continue;
    for (std::size_t c = 0; c < n_real; ++c)
      if (std::abs(tableau.at(r, c)) > 1e-9) {
        tableau.pivot(r, c);
        break;
      }
  }
  // Then s is raised.
  for (std::size_t c = 0; c <= n_real + m; ++c) tableau.at(m, c) = 0;
  tableau.at(m, n) = -1;
  for (std::size_t r = 0; r < m; ++r) {
    if (tableau.basis()[r] != n) continue;
    for (std::size_t c = 0; c <= n_real + m; ++c) tableau.at(m, c) += tableau.at(r, c);
  }
  tableau.solve(n_real);
  for (std::size_t r = 0; r < m; ++r)
    if (tableau.basis()[r] == n) return tableau.right(r);
  return 0;
}

}  // namespace ovillo::picture::internal
