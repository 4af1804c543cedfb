// Agreement of a clustering with the truth, for bench/cluster.
#pragma once

#include <cstdint>
#include <span>

namespace ovillo::bench {

/// Singletons (-1) count as clusters of their own for `ari` and the pairs; `precision` and `recall`
/// are of "is in a cluster".
struct Agreement {
  double ari = 0;
  double pair_precision = 0;
  double pair_recall = 0;
  double precision = 0;
  double recall = 0;
};

/// @param found, truth  [n], cluster number or -1.
/// @cost  O(n log n).
Agreement compare(std::span<const std::int32_t> found, std::span<const std::int32_t> truth);

}  // namespace ovillo::bench
