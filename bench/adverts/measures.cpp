#include "bench/adverts/measures.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace ovillo::bench {

namespace {

double pairs(double n) { return n * (n - 1) / 2; }

double ratio(double part, double whole) { return whole > 0 ? part / whole : 1; }

double ratio(std::size_t part, std::size_t whole) {
  return ratio(static_cast<double>(part), static_cast<double>(whole));
}

template <class Sizes>
double pairs_of(const Sizes& sizes) {
  double sum = 0;
  for (const auto& [key, n] : sizes) sum += pairs(static_cast<double>(n));
  return sum;
}

// A cluster is mixed when it holds anybody who stands alone, or two hands.
std::size_t count_mixed(std::span<const std::int32_t> found, std::span<const std::int32_t> truth) {
  std::map<std::int32_t, std::int32_t> first_hand;
  std::map<std::int32_t, bool> mixed;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] < 0) continue;
    const auto [at, is_new] = first_hand.try_emplace(found[i], truth[i]);
    if (truth[i] < 0 || at->second != truth[i]) mixed[found[i]] = true;
  }
  return mixed.size();
}

}  // namespace

void InCluster::add(bool found, bool truth) {
  ++n_texts;
  n_found += found ? 1 : 0;
  n_truth += truth ? 1 : 0;
  n_both += found && truth ? 1 : 0;
}

double InCluster::precision() const { return ratio(n_both, n_found); }

double InCluster::recall() const { return ratio(n_both, n_truth); }

Agreement compare(std::span<const std::int32_t> found, std::span<const std::int32_t> truth) {
  std::map<std::pair<std::int32_t, std::int32_t>, std::size_t> both;
  std::map<std::int32_t, std::size_t> by_found;
  std::map<std::int32_t, std::size_t> by_truth;
  Agreement out;
  for (std::size_t i = 0; i < found.size(); ++i) {
    out.in_cluster.add(found[i] >= 0, truth[i] >= 0);
    if (found[i] >= 0) ++by_found[found[i]];
    if (truth[i] >= 0) ++by_truth[truth[i]];
    if (found[i] >= 0 && truth[i] >= 0) ++both[{found[i], truth[i]}];
  }
  const double together = pairs_of(both);
  const double in_found = pairs_of(by_found);
  const double in_truth = pairs_of(by_truth);
  const double expected =
      found.size() < 2 ? 0 : in_found * in_truth / pairs(static_cast<double>(found.size()));
  const double most = (in_found + in_truth) / 2;
  out.ari = most == expected ? 1 : (together - expected) / (most - expected);
  out.pair_precision = ratio(together, in_found);
  out.pair_recall = ratio(together, in_truth);
  out.n_clusters = by_found.size();
  out.n_mixed = count_mixed(found, truth);
  return out;
}

}  // namespace ovillo::bench
