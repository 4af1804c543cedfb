// Compressed sparse rows: an undirected weighted graph as three arrays.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ovillo::graph {

using Node = std::uint32_t;

struct Edge {
  Node a = 0;
  Node b = 0;
  std::int32_t weight = 1;
};

/// Undirected; each edge stands in both rows; neighbours ascending; parallel edges added up; loops
/// dropped. 8 bytes per half-edge.
class Csr {
 public:
  Csr() : offset_{0} {}
  /// @param n      nodes 0..n-1. @param edges  any order. @cost O(n + m), two passes.
  Csr(std::size_t n, std::span<const Edge> edges);

  [[nodiscard]] std::size_t n_nodes() const { return offset_.size() - 1; }
  [[nodiscard]] std::size_t n_edges() const { return neighbour_.size() / 2; }
  [[nodiscard]] std::span<const Node> neighbours(Node v) const {
    return {neighbour_.data() + offset_[v], neighbour_.data() + offset_[v + 1]};
  }
  [[nodiscard]] std::span<const std::int32_t> weights(Node v) const {
    return {weight_.data() + offset_[v], weight_.data() + offset_[v + 1]};
  }
  [[nodiscard]] std::size_t degree(Node v) const { return offset_[v + 1] - offset_[v]; }

 private:
  std::vector<std::uint64_t> offset_;
  std::vector<Node> neighbour_;
  std::vector<std::int32_t> weight_;
};

}  // namespace ovillo::graph
