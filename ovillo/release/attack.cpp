#include "ovillo/release/attack.hpp"

#include <cmath>
#include <limits>
#include <map>

#include <coin/ClpSimplex.hpp>

namespace ovillo::release {

namespace {

constexpr double kRounding = 1e-6;

/// The withheld cells as columns, the relations that hold any of them as rows.
void load(const CountTable& shape, const Published& published, ClpSimplex& programme,
          std::vector<std::size_t>& column_cell) {
  std::map<std::size_t, int> column;
  for (std::size_t c = 0; c < shape.size(); ++c)
    if (!published.known[c]) {
      column[c] = static_cast<int>(column_cell.size());
      column_cell.push_back(c);
    }
  programme.resize(0, static_cast<int>(column_cell.size()));
  for (int c = 0; c < programme.numberColumns(); ++c) {
    programme.setColumnBounds(c, 0, COIN_DBL_MAX);
    programme.setObjectiveCoefficient(c, 0);
  }
  for (const CountTable::Relation& relation : shape.relations()) {
    std::vector<int> at;
    std::vector<double> factor;
    double right = 0;  // parts - total = 0, the known ones on the right
    const auto take = [&](std::size_t cell, double sign) {
      if (published.known[cell]) {
        right -= sign * static_cast<double>(published.value[cell]);
      } else {
        at.push_back(column.at(cell));
        factor.push_back(sign);
      }
    };
    for (const std::size_t part : relation.parts) take(part, 1);
    take(relation.total, -1);
    // A relation of known cells that does not add up bounds nothing, and is told as contradictory.
    if (!at.empty() || right != 0)
      programme.addRow(static_cast<int>(at.size()), at.data(), factor.data(), right, right);
  }
}

}  // namespace

Attack attack(const CountTable& shape, const Published& published) {
  Attack out;
  ClpSimplex programme;
  programme.setLogLevel(0);
  std::vector<std::size_t> cell;
  load(shape, published, programme, cell);
  programme.initialSolve();
  if (programme.isProvenPrimalInfeasible()) {
    out.contradictory = true;
    return out;
  }
  for (std::size_t c = 0; c < cell.size(); ++c) {
    const int column = static_cast<int>(c);
    CellInterval interval{cell[c], 0, 0};
    programme.setObjectiveCoefficient(column, 1);
    programme.primal(1);
    interval.low = std::ceil(programme.objectiveValue() - kRounding);
    programme.setObjectiveCoefficient(column, -1);
    programme.primal(1);
    interval.high = programme.isProvenDualInfeasible()
                        ? std::numeric_limits<double>::infinity()
                        : std::floor(-programme.objectiveValue() + kRounding);
    programme.setObjectiveCoefficient(column, 0);
    out.intervals.push_back(interval);
  }
  return out;
}

}  // namespace ovillo::release
