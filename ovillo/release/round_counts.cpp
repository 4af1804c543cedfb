#include "ovillo/release/round_counts.hpp"

#include <cmath>

#include <coin/ClpSimplex.hpp>

namespace ovillo::release {

namespace {

constexpr double kWhole = 1e-6;

/// Which cells are rounded up, so that all sums agree.
class ControlledRounding {
 public:
  ControlledRounding(const CountTable& table, std::uint64_t base, std::span<const double> draw)
      : n_(static_cast<int>(table.size())) {
    programme_.setLogLevel(0);
    programme_.resize(0, n_);
    for (std::size_t c = 0; c < table.size(); ++c) {
      const std::uint64_t above = table.count(c) % base;
      programme_.setColumnBounds(static_cast<int>(c), 0, above == 0 ? 0 : 1);
      programme_.setObjectiveCoefficient(
          static_cast<int>(c), draw[c] - static_cast<double>(above) / static_cast<double>(base));
    }
    for (const CountTable::Relation& relation : table.relations()) {
      std::vector<int> at{static_cast<int>(relation.total)};
      std::vector<double> factor{-1};
      auto lacking = static_cast<double>(table.count(relation.total) / base);
      for (const std::size_t part : relation.parts) {
        at.push_back(static_cast<int>(part));
        factor.push_back(1);
        lacking -= static_cast<double>(table.count(part) / base);
      }
      programme_.addRow(static_cast<int>(at.size()), at.data(), factor.data(), lacking, lacking);
    }
  }

  /// Empty: no such rounding was found.
  std::vector<bool> find() {
    constexpr int kMostProgrammes = 500;
    programme_.initialSolve();
    for (int i = 0; i < kMostProgrammes && programme_.isProvenOptimal(); ++i) {
      const int column = nearest_to_whole();
      if (column < 0) return rounded_up();
      const double whole = std::round(programme_.primalColumnSolution()[column]);
      fix(column, whole);
      if (!programme_.isProvenOptimal()) fix(column, 1 - whole);
    }
    return {};
  }

 private:
  /// Of the cells that are neither up nor down; -1: there is none.
  int nearest_to_whole() {
    int best = -1;
    double least = 1;
    const double* x = programme_.primalColumnSolution();
    for (int c = 0; c < n_; ++c) {
      const double apart = std::abs(x[c] - std::round(x[c]));
      if (apart <= kWhole || apart >= least) continue;
      best = c;
      least = apart;
    }
    return best;
  }

  void fix(int column, double value) {
    programme_.setColumnBounds(column, value, value);
    programme_.dual();
  }

  std::vector<bool> rounded_up() {
    std::vector<bool> out;
    for (int c = 0; c < n_; ++c) out.push_back(programme_.primalColumnSolution()[c] > 0.5);
    return out;
  }

  int n_;
  ClpSimplex programme_;
};

std::vector<bool> each_on_its_own(const CountTable& table, const RoundingRule& rule,
                                  std::span<const double> draw) {
  std::vector<bool> up;
  for (std::size_t c = 0; c < table.size(); ++c) {
    const std::uint64_t above = table.count(c) % rule.base;
    up.push_back(rule.way == RoundingWay::nearest
                     ? 2 * above >= rule.base
                     : draw[c] < static_cast<double>(above) / static_cast<double>(rule.base));
  }
  return up;
}

}  // namespace

Rounding round_counts(const CountTable& table, const RoundingRule& rule,
                      std::span<const double> draw) {
  std::vector<bool> up;
  if (rule.way == RoundingWay::controlled) up = ControlledRounding(table, rule.base, draw).find();
  if (up.empty()) up = each_on_its_own(table, rule, draw);
  Rounding out;
  for (std::size_t c = 0; c < table.size(); ++c)
    out.value.push_back((table.count(c) / rule.base + (up[c] ? 1 : 0)) * rule.base);
  for (const CountTable::Relation& relation : table.relations()) {
    std::uint64_t sum = 0;
    for (const std::size_t part : relation.parts) sum += out.value[part];
    if (sum != out.value[relation.total]) ++out.n_disagreeing;
  }
  return out;
}

}  // namespace ovillo::release
