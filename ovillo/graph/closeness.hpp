// How near a node is to the others.
#pragma once

#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph {

struct Closeness {
  /// Others reached over the sum of steps to them, times the share of others reached: 1 is next to
  /// everybody, 0 is alone.
  std::vector<double> closeness;
  /// Mean over all others of 1 / steps, those out of reach counting 0: 1 is next to everybody.
  std::vector<double> harmonic;
};

/// Both, exact; edges count as one step, whatever their weight.
///
/// @return  two arrays of n in [0, 1]; the same bytes with any number of threads.
/// @cost    O(n m / 64) in graphs of small diameter (64 searches share a sweep), O(n m) at worst;
///          24 bytes a node per thread.
/// @source  Freeman 1979, Wasserman & Faust 1994 (share reached); Rochat 2009 (harmonic); Then et
///          al. 2014 (64 searches at a time).
Closeness closeness(const Csr& graph);

}  // namespace ovillo::graph
