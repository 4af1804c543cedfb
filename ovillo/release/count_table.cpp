#include "ovillo/release/count_table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ovillo::release {

CountTable::CountTable(std::vector<Dimension> dimensions) : dimensions_(std::move(dimensions)) {
  std::size_t n_cells = 1;
  for (const Dimension& one : dimensions_) {
    stride_.push_back(n_cells);
    n_cells *= one.values.size() + 1;
  }
  count_.assign(n_cells, 0);
}

std::size_t CountTable::cell(std::span<const std::size_t> at) const {
  std::size_t out = 0;
  for (std::size_t d = 0; d < dimensions_.size(); ++d) out += at[d] * stride_[d];
  return out;
}

std::vector<std::size_t> CountTable::values_of(std::size_t cell) const {
  std::vector<std::size_t> out;
  for (std::size_t d = 0; d < dimensions_.size(); ++d)
    out.push_back(cell / stride_[d] % (dimensions_[d].values.size() + 1));
  return out;
}

std::string_view CountTable::name(std::size_t dimension, std::size_t value) const {
  const std::vector<std::string>& values = dimensions_[dimension].values;
  return value < values.size() ? std::string_view(values[value]) : "Total";
}

bool CountTable::is_inner(std::size_t cell) const {
  const std::vector<std::size_t> at = values_of(cell);
  for (std::size_t d = 0; d < at.size(); ++d)
    if (at[d] == dimensions_[d].values.size()) return false;
  return true;
}

std::vector<std::size_t> CountTable::cells_above(std::span<const std::size_t> at) const {
  std::vector<std::size_t> out;
  std::vector<std::size_t> here(at.begin(), at.end());
  for (std::size_t totals = 0; totals < std::size_t{1} << dimensions_.size(); ++totals) {
    for (std::size_t d = 0; d < dimensions_.size(); ++d)
      here[d] = (totals >> d & 1U) != 0 ? dimensions_[d].values.size() : at[d];
    out.push_back(cell(here));
  }
  return out;
}

void CountTable::add(std::span<const std::size_t> at, std::uint64_t people) {
  for (const std::size_t one : cells_above(at)) count_[one] += people;
}

std::vector<CountTable::Relation> CountTable::relations() const {
  std::vector<Relation> out;
  for (std::size_t c = 0; c < count_.size(); ++c) {
    const std::vector<std::size_t> at = values_of(c);
    for (std::size_t d = 0; d < dimensions_.size(); ++d) {
      const std::size_t n = dimensions_[d].values.size();
      if (at[d] != n) continue;
      Relation one{c, {}};
      for (std::size_t v = 0; v < n; ++v) one.parts.push_back(c - (n - v) * stride_[d]);
      out.push_back(std::move(one));
    }
  }
  return out;
}

namespace {

std::string value_of(const CountRow& row, std::size_t d) {
  return row.values[d].empty() ? std::string("unknown") : row.values[d];
}

}  // namespace

std::vector<std::size_t> place_of(const CountTable& table, const CountRow& row) {
  std::vector<std::size_t> out;
  for (std::size_t d = 0; d < table.dimensions().size(); ++d) {
    const std::vector<std::string>& values = table.dimensions()[d].values;
    out.push_back(static_cast<std::size_t>(
        std::lower_bound(values.begin(), values.end(), value_of(row, d)) - values.begin()));
  }
  return out;
}

Result<CountTable> make_count_table(const std::string& file, std::vector<std::string> dimensions,
                                    const std::vector<CountRow>& rows) {
  const auto too_large = [&](std::string detail) {
    return Error(ErrorCode::release_too_large, std::move(detail), Locus{file, {}, {}, {}, {}});
  };
  if (dimensions.empty() || dimensions.size() > kMostDimensions)
    return too_large(fmt::format("{} dimensions: one to {}", dimensions.size(), kMostDimensions));
  std::vector<Dimension> named;
  std::size_t n_cells = 1;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    Dimension one{std::move(dimensions[d]), {}};
    for (const CountRow& row : rows) one.values.push_back(value_of(row, d));
    std::sort(one.values.begin(), one.values.end());
    one.values.erase(std::unique(one.values.begin(), one.values.end()), one.values.end());
    n_cells *= one.values.size() + 1;
    if (n_cells > kMostCells)
      return too_large(fmt::format("more than {} cells with \"{}\"", kMostCells, one.name));
    named.push_back(std::move(one));
  }
  CountTable out(std::move(named));
  for (const CountRow& row : rows) out.add(place_of(out, row), row.people);
  return out;
}

}  // namespace ovillo::release
