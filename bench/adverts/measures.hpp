// Agreement of a clustering with the truth: one measure for ours and for every rival.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ovillo::bench {

/// Counts of "is in a cluster".
struct InCluster {
  std::size_t n_texts = 0;
  std::size_t n_found = 0;
  std::size_t n_truth = 0;
  std::size_t n_both = 0;

  void add(bool found, bool truth);
  [[nodiscard]] double precision() const;
  [[nodiscard]] double recall() const;
};

struct Agreement {
  double ari = 0;  ///< adjusted Rand index; texts that stand alone are clusters of their own
  double pair_precision = 0;
  double pair_recall = 0;
  InCluster in_cluster;
  std::size_t n_clusters = 0;  ///< found
  std::size_t n_mixed = 0;     ///< of these: with somebody who stands alone, or with two hands
};

/// @param found, truth  [n], cluster number or -1: alone.
/// @cost  O(n log n).
Agreement compare(std::span<const std::int32_t> found, std::span<const std::int32_t> truth);

}  // namespace ovillo::bench
