#include "ovillo/picture/bounds.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace ovillo::picture {

Bounds bounds(const OverlapTable& table, double odds) {
  Bounds out;
  out.odds = odds;
  const double n = table.n_observed();
  for (const Term pair : all_pairs(table.n_lists())) {
    const Term first = pair & -pair;
    const double both = table.count[pair];
    if (both <= 0) continue;
    const double hidden = table.count[first] * table.count[pair & ~first] / both;
    out.pairs.push_back({pair, n + hidden, n + hidden / odds, n + hidden * odds});
  }
  for (const PairBounds& one : out.pairs) {
    out.lowest = out.lowest == 0 ? one.low : std::min(out.lowest, one.low);
    out.highest = std::max(out.highest, one.high);
  }
  double once = 0;
  double twice = 0;
  for (std::size_t p = 1; p < table.count.size(); ++p) {
    if (std::popcount(p) == 1) once += table.count[p];
    if (std::popcount(p) == 2) twice += table.count[p];
  }
  if (twice > 0) out.least_if_people_differ = n + once * once / (2 * twice);
  return out;
}

double with_tie_of_all(const OverlapTable& table, double hidden, double tie) {
  return table.n_observed() + hidden * std::exp(tie);
}

}  // namespace ovillo::picture
