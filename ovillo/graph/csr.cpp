#include "ovillo/graph/csr.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace ovillo::graph {

namespace {

std::int32_t saturated_sum(std::int32_t a, std::int32_t b) {
  const std::int64_t sum = std::int64_t{a} + b;
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(
      sum, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
}

/// A row's half-edges as one 8-byte word, so that a scatter touches one cache line.
struct Half {
  Node to;
  std::int32_t weight;
};

}  // namespace

Csr::Csr(std::size_t n, std::span<const Edge> edges) : offset_(n + 1, 0) {
  for (const Edge& e : edges) {
    if (e.a >= n || e.b >= n) throw std::invalid_argument("graph: edge end outside the nodes");
    if (e.a == e.b) continue;
    ++offset_[e.a + 1];
    ++offset_[e.b + 1];
  }
  for (std::size_t v = 0; v < n; ++v) offset_[v + 1] += offset_[v];
  const std::size_t n_half = offset_[n];

  // First pass: rows in any order. Second pass: walking the rows in order and writing each
  // half-edge into the row of its other end leaves every row ascending.
  std::vector<Half> loose(n_half);
  std::vector<std::uint64_t> cursor(offset_.begin(), offset_.end() - 1);
  for (const Edge& e : edges) {
    if (e.a == e.b) continue;
    loose[cursor[e.a]++] = {e.b, e.weight};
    loose[cursor[e.b]++] = {e.a, e.weight};
  }
  std::vector<Half> sorted(n_half);
  std::copy(offset_.begin(), offset_.end() - 1, cursor.begin());
  for (Node v = 0; v < n; ++v) {
    for (std::uint64_t i = offset_[v]; i < offset_[v + 1]; ++i)
      sorted[cursor[loose[i].to]++] = {v, loose[i].weight};
  }
  loose = {};

  neighbour_.resize(n_half);
  weight_.resize(n_half);
  std::uint64_t out = 0;
  for (std::size_t v = 0; v < n; ++v) {
    const std::uint64_t begin = out;
    const std::uint64_t row_end = offset_[v + 1];
    for (std::uint64_t i = offset_[v]; i < row_end; ++i) {
      if (out > begin && neighbour_[out - 1] == sorted[i].to) {
        weight_[out - 1] = saturated_sum(weight_[out - 1], sorted[i].weight);
      } else {
        neighbour_[out] = sorted[i].to;
        weight_[out++] = sorted[i].weight;
      }
    }
    offset_[v] = begin;
  }
  offset_[n] = out;
  if (out < n_half) {
    neighbour_.resize(out);
    weight_.resize(out);
  }
}

}  // namespace ovillo::graph
