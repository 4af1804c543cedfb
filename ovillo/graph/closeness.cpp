#include "ovillo/graph/closeness.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "ovillo/base/parallel.hpp"
#include "ovillo/graph/walk_order.hpp"

namespace ovillo::graph {

namespace {

constexpr std::size_t kLanes = 64;

/// What the searches of one chunk of sources add up to, per node reached.
struct Sums {
  std::vector<std::uint64_t> n_reached;
  std::vector<std::uint64_t> steps;
  std::vector<double> inverse;

  explicit Sums(std::size_t n) : n_reached(n, 0), steps(n, 0), inverse(n, 0) {}
};

/// 64 breadth-first searches side by side, a bit each. Steps are the same both ways, so what is
/// counted where a search arrives belongs to the node it arrives at.
class BitSearch {
 public:
  explicit BitSearch(const Csr& graph)
      : graph_(graph), seen_(graph.n_nodes(), 0), here_(graph.n_nodes(), 0), next_(here_) {}

  void add(Node first, Node last, Sums& sums) {
    std::fill(seen_.begin(), seen_.end(), 0);
    front_.clear();
    for (Node v = first; v < last; ++v) {
      seen_[v] = here_[v] = std::uint64_t{1} << (v - first);
      front_.push_back(v);
    }
    for (std::uint64_t steps = 1; !front_.empty(); ++steps) one_step(steps, sums);
  }

 private:
  void one_step(std::uint64_t steps, Sums& sums) {
    arrived_.clear();
    for (const Node v : front_) {
      for (const Node u : graph_.neighbours(v)) {
        if ((here_[v] & ~seen_[u]) == 0) continue;
        if (next_[u] == 0) arrived_.push_back(u);
        next_[u] |= here_[v] & ~seen_[u];
      }
    }
    for (const Node v : front_) here_[v] = 0;
    for (const Node u : arrived_) {
      seen_[u] |= next_[u];
      here_[u] = next_[u];
      const auto n = static_cast<std::uint64_t>(std::popcount(next_[u]));
      next_[u] = 0;
      sums.n_reached[u] += n;
      sums.steps[u] += n * steps;
      sums.inverse[u] += static_cast<double>(n) / static_cast<double>(steps);
    }
    front_.swap(arrived_);
  }

  const Csr& graph_;
  std::vector<std::uint64_t> seen_;
  std::vector<std::uint64_t> here_;
  std::vector<std::uint64_t> next_;
  std::vector<Node> front_;
  std::vector<Node> arrived_;
};

}  // namespace

Closeness closeness(const Csr& graph) {
  const std::size_t n = graph.n_nodes();
  const std::vector<Node> order = walk_order(graph);
  const Csr walked = renumbered(graph, order);
  constexpr std::size_t kChunks = 16;
  const std::size_t n_batches = (n + kLanes - 1) / kLanes;
  const std::size_t grain = std::max<std::size_t>(1, (n_batches + kChunks - 1) / kChunks);
  std::vector<Sums> part((n_batches + grain - 1) / grain, Sums(0));
  parallel_for(n_batches, grain, [&](std::size_t begin, std::size_t end) {
    Sums sums(n);
    BitSearch search(walked);
    for (std::size_t batch = begin; batch < end; ++batch)
      search.add(static_cast<Node>(batch * kLanes),
                 static_cast<Node>(std::min(n, (batch + 1) * kLanes)), sums);
    part[begin / grain] = std::move(sums);
  });
  Closeness out{std::vector<double>(n, 0), std::vector<double>(n, 0)};
  for (std::size_t i = 0; i < n; ++i) {
    std::uint64_t reached = 0;
    std::uint64_t steps = 0;
    double inverse = 0;
    for (const Sums& sums : part) {
      reached += sums.n_reached[i];
      steps += sums.steps[i];
      inverse += sums.inverse[i];
    }
    if (reached == 0) continue;
    const auto others = static_cast<double>(n - 1);
    const auto met = static_cast<double>(reached);
    out.closeness[order[i]] = met / static_cast<double>(steps) * (met / others);
    out.harmonic[order[i]] = inverse / others;
  }
  return out;
}

}  // namespace ovillo::graph
