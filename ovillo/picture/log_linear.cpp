#include "ovillo/picture/log_linear.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "ovillo/picture/internal/linear_programme.hpp"
#include "ovillo/picture/internal/newton.hpp"

namespace ovillo::picture {

namespace {

constexpr double kBoundary = 1e-9;

std::vector<std::uint32_t> cells_of(const internal::Newton& newton) {
  std::vector<std::uint32_t> cells;
  for (std::uint32_t p = 1; p < newton.n_cells(); ++p)
    if (newton.has_cell(p)) cells.push_back(p);
  return cells;
}

/// 1 where a cell holds the lists of a column, row by row of columns.
std::vector<double> rows_of(const internal::Newton& newton,
                            const std::vector<std::uint32_t>& cells) {
  std::vector<double> rows;
  rows.reserve(newton.columns().size() * cells.size());
  for (const std::uint32_t column : newton.columns())
    for (const std::uint32_t p : cells) rows.push_back((p & column) == column ? 1 : 0);
  return rows;
}

/// Whether the columns are independent over the cells that are left.
bool has_full_rank(std::vector<double> rows, std::size_t n_cells) {
  const std::size_t k = n_cells == 0 ? 0 : rows.size() / n_cells;
  if (n_cells < k) return false;
  for (std::size_t r = 0; r < k; ++r) {
    double* row = &rows[r * n_cells];
    const auto largest = static_cast<std::size_t>(
        std::max_element(row, row + n_cells,
                         [](double a, double b) { return std::abs(a) < std::abs(b); }) -
        row);
    if (std::abs(row[largest]) < kBoundary) return false;
    for (std::size_t below = r + 1; below < k; ++below) {
      double* other = &rows[below * n_cells];
      const double factor = other[largest] / row[largest];
      if (factor == 0) continue;
      for (std::size_t i = 0; i < n_cells; ++i) other[i] -= factor * row[i];
      other[largest] = 0;
    }
  }
  return true;
}

}  // namespace

namespace internal {

Existence fit_or_tell(Newton& newton, std::span<const Term> terms, std::span<const double> count,
                      bool from_last) {
  const Newton::End end = from_last ? newton.fit_from_last(terms) : newton.fit(terms);
  if (end == Newton::End::inside) return Existence::exists;
  const std::vector<std::uint32_t> cells = cells_of(newton);
  const std::vector<double> rows = rows_of(newton, cells);
  const bool identified = has_full_rank(rows, cells.size());
  std::vector<double> point;
  for (const std::uint32_t p : cells) point.push_back(count[p]);
  const bool maximum = largest_least(rows, cells.size(), point) > kBoundary;
  if (maximum) return identified ? Existence::exists : Existence::not_identified;
  return identified ? Existence::no_maximum : Existence::neither;
}

}  // namespace internal

std::vector<Term> all_pairs(std::size_t n_lists) {
  std::vector<Term> out;
  for (std::size_t a = 0; a < n_lists; ++a)
    for (std::size_t b = a + 1; b < n_lists; ++b) out.push_back(1U << a | 1U << b);
  return out;
}

std::string term_name(const OverlapTable& table, Term term) {
  std::string out;
  for (std::size_t l = 0; l < table.n_lists(); ++l) {
    if ((term >> l & 1U) == 0) continue;
    if (!out.empty()) out += ':';
    out += table.lists[l];
  }
  return out;
}

std::string model_name(const OverlapTable& table, std::span<const Term> terms) {
  if (terms.empty()) return "none";
  std::string out;
  for (const Term term : terms) {
    if (!out.empty()) out += ' ';
    out += term_name(table, term);
  }
  return out;
}

std::string_view sentence(Existence existence) {
  switch (existence) {
    case Existence::exists:
      return "The model has an estimate.";
    case Existence::no_maximum:
      return "The likelihood of this model has no maximum: some overlaps are too empty for its "
             "terms. There is no estimate.";
    case Existence::not_identified:
      return "The counts do not tell the terms of this model apart: several totals fit them "
             "equally well. There is no estimate.";
    case Existence::neither:
      return "The likelihood of this model has no maximum, and the counts do not tell its terms "
             "apart. There is no estimate.";
  }
  return "";
}

double LogLinearFit::bic(const OverlapTable& table) const {
  return -2 * log_likelihood + static_cast<double>(n_parameters) * std::log(table.n_observed());
}

double LogLinearFit::aic() const {
  return -2 * log_likelihood + 2 * static_cast<double>(n_parameters);
}

LogLinearFit fit_log_linear(const OverlapTable& table, std::span<const Term> terms) {
  internal::Newton newton(table.n_lists());
  newton.count(table.count);
  LogLinearFit out;
  out.existence = internal::fit_or_tell(newton, terms, table.count, false);
  out.n_parameters = newton.n_parameters();
  if (out.existence != Existence::exists) return out;
  out.hidden = std::exp(newton.coefficients()[0]);
  out.total = table.n_observed() + out.hidden;
  out.log_likelihood = newton.log_likelihood();
  out.mean.assign(newton.means().begin(),
                  newton.means().begin() + static_cast<std::ptrdiff_t>(newton.n_cells()));
  for (std::size_t p = 1; p < newton.n_cells(); ++p) {
    if (!newton.has_cell(p)) continue;
    const double y = table.count[p];
    out.deviance += 2 * ((y > 0 ? y * std::log(y / out.mean[p]) : 0) - (y - out.mean[p]));
  }
  return out;
}

}  // namespace ovillo::picture
