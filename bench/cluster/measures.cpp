#include "bench/cluster/measures.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace ovillo::bench {

namespace {

double pairs(double n) { return n * (n - 1) / 2; }

double ratio(double part, double whole) { return whole > 0 ? part / whole : 1; }

}  // namespace

Agreement compare(std::span<const std::int32_t> found, std::span<const std::int32_t> truth) {
  std::map<std::pair<std::int32_t, std::int32_t>, double> both;
  std::map<std::int32_t, double> by_found;
  std::map<std::int32_t, double> by_truth;
  double n_found = 0;
  double n_truth = 0;
  double n_both = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    n_found += found[i] >= 0;
    n_truth += truth[i] >= 0;
    n_both += found[i] >= 0 && truth[i] >= 0;
    if (found[i] >= 0) ++by_found[found[i]];
    if (truth[i] >= 0) ++by_truth[truth[i]];
    if (found[i] >= 0 && truth[i] >= 0) ++both[{found[i], truth[i]}];
  }
  double together = 0;
  double in_found = 0;
  double in_truth = 0;
  for (const auto& [key, n] : both) together += pairs(n);
  for (const auto& [key, n] : by_found) in_found += pairs(n);
  for (const auto& [key, n] : by_truth) in_truth += pairs(n);
  const double expected = ratio(in_found * in_truth, pairs(static_cast<double>(found.size())));
  const double most = (in_found + in_truth) / 2;
  return {most == expected ? 1 : (together - expected) / (most - expected),
          ratio(together, in_found), ratio(together, in_truth), ratio(n_both, n_found),
          ratio(n_both, n_truth)};
}

}  // namespace ovillo::bench
