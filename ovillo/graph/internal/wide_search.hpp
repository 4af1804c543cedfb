// Brandes' search from one source, for graphs with more shortest paths than a double can count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ovillo/graph/csr.hpp"
#include "ovillo/graph/internal/lane_search.hpp"

namespace ovillo::graph::internal {

/// A positive number m * 2^e, or 0: a chain of a thousand diamonds has 2^1000 paths.
struct Wide {
  double mantissa = 0;  ///< 0, or in [0.5, 1)
  std::int64_t exponent = 0;

  static Wide of(double value, std::int64_t exponent = 0);
  [[nodiscard]] double value() const;
};
Wide operator+(const Wide& a, const Wide& b);
Wide operator*(const Wide& a, const Wide& b);
Wide operator/(const Wide& a, const Wide& b);

/// One source at a time: slower than LaneSearch by far, and never too small.
class WideSearch {
 public:
  explicit WideSearch(const Csr& graph);
  void add(const Source& source, Dependency& out);

 private:
  void walk_down(Node source);

  const Csr& graph_;
  std::vector<std::uint32_t> level_;  ///< 0: not reached; the source is on level 1
  std::vector<Wide> paths_;
  std::vector<Wide> share_;
  std::vector<Node> order_;
};

}  // namespace ovillo::graph::internal
