// The plainest fast code an expert would write: what our core must not lose to.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::bench {

/// Rows in any order, parallel edges kept (so that no weight is needed), loops dropped.
class Plain {
 public:
  Plain(std::size_t n, const std::vector<graph::Edge>& edges);

  /// Union-find with path halving. @return root per node.
  [[nodiscard]] std::vector<std::uint32_t> components() const;
  /// Pull, damping 0.85, until the sum of changes is below `tolerance`.
  [[nodiscard]] std::vector<double> pagerank(double tolerance) const;
  /// Brandes from each of `sources`, summed over ordered pairs. For graphs without parallel edges.
  [[nodiscard]] std::vector<double> dependencies(const std::vector<std::uint32_t>& sources) const;

 private:
  std::size_t n_;
  std::vector<std::uint64_t> offset_;
  std::vector<std::uint32_t> to_;
};

}  // namespace ovillo::bench
