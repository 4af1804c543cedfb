// Brandes' search from eight sources at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::graph::internal {

constexpr std::size_t kLanes = 8;
using Lanes = std::array<double, kLanes>;
using LaneMask = std::uint8_t;

/// A source, counted `times` times.
struct Source {
  Node node = 0;
  double times = 1;
};

/// What the sources' shortest paths say of each node: the sum over sources of the share of paths
/// to all targets that pass through it, and the sum of its squares.
struct Dependency {
  std::vector<double> sum;
  std::vector<double> squares;  ///< empty: not wanted
};

/// Eight breadth-first searches side by side: a mask per node says which of them are there, path
/// counts and shares lie in one cache line per node. Sources near each other reach most nodes at
/// the same step, so that an edge is read some three times instead of eight.
class LaneSearch {
 public:
  explicit LaneSearch(const Csr& graph);

  /// Adds up to kLanes sources to `out`.
  /// @return  false: some path count would not fit a double; nothing was added.
  bool add(std::span<const Source> sources, Dependency& out);

 private:
  struct Stop {
    Node node;
    LaneMask lanes;  ///< the searches that reach the node at this step
  };

  bool walk_down(std::span<const Source> sources);
  void find_steps_down(std::size_t begin, std::size_t end);
  void add_paths(std::size_t begin, std::size_t end);
  bool counts_fit(std::size_t begin);
  void walk_back(std::span<const Source> sources, Dependency& out);
  void forget();

  const Csr& graph_;
  double max_degree_ = 0;
  double most_paths_ = 0;  ///< no count of the last step is larger
  std::vector<LaneMask> seen_;
  std::vector<LaneMask> next_;
  std::vector<Lanes> paths_;
  std::vector<Lanes> share_;  ///< (1 + what depends on the node) / its paths
  std::vector<Stop> stop_;    ///< step by step
  std::vector<std::size_t> step_begin_;
  std::vector<std::size_t> down_begin_;  ///< per stop
  std::vector<Node> down_;               ///< the edges that lead one step on
  std::vector<LaneMask> down_lanes_;
};

}  // namespace ovillo::graph::internal
