#include "plain.hpp"

#include <cmath>
#include <numeric>

namespace ovillo::bench {

Plain::Plain(std::size_t n, const std::vector<graph::Edge>& edges) : n_(n), offset_(n + 1, 0) {
  for (const graph::Edge& e : edges) {
    if (e.a == e.b) continue;
    ++offset_[e.a + 1];
    ++offset_[e.b + 1];
  }
  std::partial_sum(offset_.begin(), offset_.end(), offset_.begin());
  to_.resize(offset_[n]);
  std::vector<std::uint64_t> cursor(offset_.begin(), offset_.end() - 1);
  for (const graph::Edge& e : edges) {
    if (e.a == e.b) continue;
    to_[cursor[e.a]++] = e.b;
    to_[cursor[e.b]++] = e.a;
  }
}

std::vector<std::uint32_t> Plain::components() const {
  std::vector<std::uint32_t> parent(n_);
  std::iota(parent.begin(), parent.end(), 0U);
  const auto find = [&](std::uint32_t x) {
    while (parent[x] != x) x = parent[x] = parent[parent[x]];
    return x;
  };
  for (std::uint32_t v = 0; v < n_; ++v) {
    for (std::uint64_t i = offset_[v]; i < offset_[v + 1]; ++i) {
      if (to_[i] >= v) continue;
      const std::uint32_t a = find(v);
      const std::uint32_t b = find(to_[i]);
      if (a < b) {
        parent[b] = a;
      } else if (b < a) {
        parent[a] = b;
      }
    }
  }
  for (std::uint32_t v = 0; v < n_; ++v) parent[v] = find(v);
  return parent;
}

std::vector<double> Plain::pagerank(double tolerance) const {
  const auto n = static_cast<double>(n_);
  std::vector<double> rank(n_, 1 / n);
  std::vector<double> gives(n_);
  for (int iteration = 0; iteration < 200; ++iteration) {
    double idle = 0;
    for (std::size_t v = 0; v < n_; ++v) {
      const auto degree = static_cast<double>(offset_[v + 1] - offset_[v]);
      if (degree == 0) idle += rank[v];
      gives[v] = degree == 0 ? 0 : rank[v] / degree;
    }
    const double jump = (0.15 + 0.85 * idle) / n;
    double change = 0;
    for (std::size_t v = 0; v < n_; ++v) {
      double sum = 0;
      for (std::uint64_t i = offset_[v]; i < offset_[v + 1]; ++i) sum += gives[to_[i]];
      const double next = jump + 0.85 * sum;
      change += std::abs(next - rank[v]);
      rank[v] = next;
    }
    if (change < tolerance) break;
  }
  return rank;
}

std::vector<double> Plain::dependencies(const std::vector<std::uint32_t>& sources) const {
  std::vector<double> sum(n_, 0);
  std::vector<double> paths(n_);
  std::vector<double> depends(n_);
  std::vector<std::int32_t> distance(n_);
  std::vector<std::uint32_t> order;
  order.reserve(n_);
  for (const std::uint32_t source : sources) {
    std::fill(paths.begin(), paths.end(), 0);
    std::fill(depends.begin(), depends.end(), 0);
    std::fill(distance.begin(), distance.end(), -1);
    order.assign(1, source);
    distance[source] = 0;
    paths[source] = 1;
    for (std::size_t head = 0; head < order.size(); ++head) {
      const std::uint32_t v = order[head];
      for (std::uint64_t i = offset_[v]; i < offset_[v + 1]; ++i) {
        const std::uint32_t u = to_[i];
        if (distance[u] < 0) {
          distance[u] = distance[v] + 1;
          order.push_back(u);
        }
        if (distance[u] == distance[v] + 1) paths[u] += paths[v];
      }
    }
    for (std::size_t i = order.size(); i-- > 1;) {
      const std::uint32_t v = order[i];
      const double share = (1 + depends[v]) / paths[v];
      for (std::uint64_t j = offset_[v]; j < offset_[v + 1]; ++j)
        if (distance[to_[j]] == distance[v] - 1) depends[to_[j]] += paths[to_[j]] * share;
      sum[v] += depends[v];
    }
  }
  return sum;
}

}  // namespace ovillo::bench
