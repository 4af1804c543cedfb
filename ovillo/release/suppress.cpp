#include "ovillo/release/suppress.hpp"

#include <algorithm>
#include <cmath>

#include <coin/ClpSimplex.hpp>

namespace ovillo::release {

namespace {

/// Another table that looks the same but for what is withheld: per cell how much more (column 2c)
/// and how much fewer (column 2c + 1) people it has.
class Disguise {
 public:
  Disguise(const CountTable& table, const std::vector<bool>& told) : table_(table) {
    programme_.setLogLevel(0);
    programme_.resize(0, static_cast<int>(2 * table.size()));
    for (std::size_t c = 0; c < table.size(); ++c) {
      const bool fixed = !told.empty() && told[c];
      programme_.setColumnBounds(more(c), 0, fixed ? 0 : COIN_DBL_MAX);
      programme_.setColumnBounds(fewer(c), 0, fixed ? 0 : static_cast<double>(table.count(c)));
      cost(c, 1 + static_cast<double>(table.count(c)));
    }
    for (const CountTable::Relation& relation : table.relations()) {
      std::vector<int> at;
      std::vector<double> factor;
      const auto take = [&](std::size_t cell, double sign) {
        at.push_back(more(cell));
        factor.push_back(sign);
        at.push_back(fewer(cell));
        factor.push_back(-sign);
      };
      for (const std::size_t part : relation.parts) take(part, 1);
      take(relation.total, -1);
      programme_.addRow(static_cast<int>(at.size()), at.data(), factor.data(), 0, 0);
    }
    programme_.initialSolve();
  }

  /// Withheld cells may differ for nothing.
  void withhold(std::size_t cell) { cost(cell, 0); }

  /// The cheapest table that has `change` more people at `cell` (fewer, below zero): what each cell
  /// has more or fewer. Empty: there is none.
  std::vector<double> find(std::size_t cell, double change) {
    const int column = change > 0 ? more(cell) : fewer(cell);
    const int against = change > 0 ? fewer(cell) : more(cell);
    const double most = programme_.columnUpper()[column];
    const double most_against = programme_.columnUpper()[against];
    if (most < std::abs(change)) return {};
    // So many more there, and not as many fewer at once.
    programme_.setColumnBounds(column, std::abs(change), most);
    programme_.setColumnBounds(against, 0, 0);
    programme_.dual(1);
    std::vector<double> out;
    if (programme_.isProvenOptimal()) {
      const double* x = programme_.primalColumnSolution();
      for (std::size_t c = 0; c < table_.size(); ++c) out.push_back(x[2 * c] - x[2 * c + 1]);
    }
    programme_.setColumnBounds(column, 0, most);
    programme_.setColumnBounds(against, 0, most_against);
    return out;
  }

 private:
  static int more(std::size_t cell) { return static_cast<int>(2 * cell); }
  static int fewer(std::size_t cell) { return static_cast<int>(2 * cell + 1); }
  void cost(std::size_t cell, double price) {
    programme_.setObjectiveCoefficient(more(cell), price);
    programme_.setObjectiveCoefficient(fewer(cell), price);
  }

  const CountTable& table_;
  ClpSimplex programme_;
};

/// Whether every small cell that can be protected is.
bool is_protected(const CountTable& table, const Suppression& suppression,
                  const SuppressionRule& rule) {
  for (const CellInterval& one : attack(table, published(table, suppression)).intervals)
    if (suppression.primary[one.cell] && one.high - one.low < static_cast<double>(rule.width) &&
        std::find(suppression.unprotected.begin(), suppression.unprotected.end(), one.cell) ==
            suppression.unprotected.end())
      return false;
  return true;
}

/// Publishes again what was withheld for a cell that others protect by now, the largest first.
void publish_what_can_be(const CountTable& table, const SuppressionRule& rule, Suppression& out) {
  constexpr std::uint64_t kMostProgrammes = 20'000;
  if (out.n_secondary * (out.n_primary + out.n_secondary) > kMostProgrammes) return;
  std::vector<std::size_t> order;
  for (std::size_t c = 0; c < table.size(); ++c)
    if (out.secondary[c]) order.push_back(c);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return table.count(a) > table.count(b); });
  for (const std::size_t c : order) {
    out.secondary[c] = false;
    --out.n_secondary;
    if (is_protected(table, out, rule)) continue;
    out.secondary[c] = true;
    ++out.n_secondary;
  }
}

}  // namespace

Suppression suppress(const CountTable& table, const SuppressionRule& rule,
                     const std::vector<bool>& told) {
  constexpr double kDiffers = 1e-6;
  Suppression out;
  out.primary.assign(table.size(), false);
  out.secondary.assign(table.size(), false);
  std::vector<std::size_t> small;
  for (std::size_t c = 0; c < table.size(); ++c) {
    if (table.count(c) >= rule.minimum || (table.count(c) == 0 && !rule.zeros)) continue;
    if (!told.empty() && told[c]) {
      out.unprotected.push_back(c);
      continue;
    }
    out.primary[c] = true;
    ++out.n_primary;
    small.push_back(c);
  }
  if (small.empty()) return out;
  Disguise disguise(table, told);
  for (const std::size_t c : small) disguise.withhold(c);
  // The largest first: what protects them often protects the smaller ones.
  std::stable_sort(small.begin(), small.end(),
                   [&](std::size_t a, std::size_t b) { return table.count(a) > table.count(b); });
  // Other tables that look the same, and how far each cell goes in them.
  std::vector<double> least(table.size(), 0);
  std::vector<double> greatest(table.size(), 0);
  const auto take = [&](const std::vector<double>& difference) {
    for (std::size_t c = 0; c < difference.size(); ++c) {
      least[c] = std::min(least[c], difference[c]);
      greatest[c] = std::max(greatest[c], difference[c]);
      if (std::abs(difference[c]) < kDiffers || out.withheld(c)) continue;
      out.secondary[c] = true;
      ++out.n_secondary;
      disguise.withhold(c);
    }
  };
  const auto width = static_cast<double>(rule.width);
  for (const std::size_t c : small) {
    bool is_wide = greatest[c] - least[c] >= width - kDiffers;
    for (std::uint64_t down = 0; !is_wide && down <= std::min(table.count(c), rule.width); ++down) {
      const double up = width - static_cast<double>(down);
      const auto above = up > 0 ? disguise.find(c, up) : std::vector<double>(table.size(), 0);
      const auto below = down > 0 ? disguise.find(c, -static_cast<double>(down))
                                  : std::vector<double>(table.size(), 0);
      if (above.empty() || below.empty()) continue;
      take(above);
      take(below);
      is_wide = true;
    }
    if (!is_wide) out.unprotected.push_back(c);
  }
  publish_what_can_be(table, rule, out);
  return out;
}

Published published(const CountTable& table, const Suppression& suppression) {
  Published out;
  for (std::size_t c = 0; c < table.size(); ++c) {
    out.known.push_back(!suppression.withheld(c));
    out.value.push_back(out.known.back() ? table.count(c) : 0);
  }
  return out;
}

std::vector<ErasedGroup> erased_groups(const CountTable& table, const Suppression& suppression) {
  std::vector<ErasedGroup> out;
  for (std::size_t d = 0; d < table.dimensions().size(); ++d) {
    const std::size_t n = table.dimensions()[d].values.size();
    std::vector<bool> shown(n, false);
    std::vector<std::uint64_t> people(n, 0);
    for (std::size_t c = 0; c < table.size(); ++c) {
      const std::size_t value = table.values_of(c)[d];
      if (value == n) continue;
      if (table.count(c) > 0 && !suppression.withheld(c)) shown[value] = true;
      if (table.is_inner(c)) people[value] += table.count(c);
    }
    for (std::size_t value = 0; value < n; ++value)
      if (!shown[value] && people[value] > 0) out.push_back({d, value, people[value]});
  }
  return out;
}

}  // namespace ovillo::release
