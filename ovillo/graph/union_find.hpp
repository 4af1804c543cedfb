// Disjoint sets.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace ovillo::graph {

/// Union by smaller root with path halving: the root of a set is always its smallest member, so
/// the answer does not depend on the order of joins. @cost amortised O(log n).
class UnionFind {
 public:
  explicit UnionFind(std::size_t n) : parent_(n) {
    for (std::size_t i = 0; i < n; ++i) parent_[i] = static_cast<std::uint32_t>(i);
  }
  std::uint32_t find(std::uint32_t x) {
    while (parent_[x] != x) {
      parent_[x] = parent_[parent_[x]];
      x = parent_[x];
    }
    return x;
  }
  bool join(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    if (a == b) return false;
    if (a > b) std::swap(a, b);
    parent_[b] = a;
    return true;
  }
  /// label[i] = smallest member of i's set.
  std::vector<std::uint32_t> labels() {
    std::vector<std::uint32_t> out(parent_.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = find(static_cast<std::uint32_t>(i));
    return out;
  }

 private:
  std::vector<std::uint32_t> parent_;
};

}  // namespace ovillo::graph
