#include "ovillo/graph/centrality.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "ovillo/base/parallel.hpp"

namespace ovillo::graph {

namespace {

/// One search from one source after another; arrays are kept between sources.
class BrandesSearch {
 public:
  explicit BrandesSearch(const Csr& graph) : graph_(graph), state_(graph.n_nodes()) {
    order_.reserve(graph.n_nodes());
  }

  /// Adds the source's share of every node's betweenness to `sum`, each ordered pair once.
  void add_source(Node source, std::vector<double>& sum) {
    count_paths(source);
    // Backwards: what depends on v is what depends on its successors, by share of paths.
    for (std::size_t i = order_.size(); i-- > 1;) {
      const Node v = order_[i];
      State& at = state_[v];
      double depends = 0;
      for (const Node u : graph_.neighbours(v)) {
        const State& next = state_[u];
        if (next.distance == at.distance + 1) depends += next.share;
      }
      depends *= at.n_paths;
      at.share = (1 + depends) / at.n_paths;
      sum[v] += depends;
    }
    for (const Node v : order_) state_[v] = {};
  }

 private:
  struct State {
    std::int64_t distance = -1;
    double n_paths = 0;
    double share = 0;  // (1 + what depends on it) / its paths
  };

  void count_paths(Node source) {
    order_.assign(1, source);
    state_[source] = {0, 1, 0};
    for (std::size_t head = 0; head < order_.size(); ++head) {
      const Node v = order_[head];
      const State at = state_[v];
      for (const Node u : graph_.neighbours(v)) {
        State& next = state_[u];
        if (next.distance < 0) {
          next.distance = at.distance + 1;
          order_.push_back(u);
        }
        if (next.distance == at.distance + 1) next.n_paths += at.n_paths;
      }
    }
  }

  const Csr& graph_;
  std::vector<State> state_;
  std::vector<Node> order_;
};

std::vector<double> strengths(const Csr& graph) {
  std::vector<double> out(graph.n_nodes(), 0);
  for (Node v = 0; v < graph.n_nodes(); ++v)
    for (const std::int32_t w : graph.weights(v)) out[v] += std::max(w, 0);
  return out;
}

constexpr std::size_t kGrain = 16384;

/// Sum of f(v) over [0, n), chunk by chunk in a fixed order.
template <class F>
double ordered_sum(std::size_t n, const F& f) {
  std::vector<double> part((n + kGrain - 1) / kGrain, 0);
  parallel_for(n, kGrain, [&](std::size_t begin, std::size_t end) {
    double sum = 0;
    for (std::size_t v = begin; v < end; ++v) sum += f(v);
    part[begin / kGrain] = sum;
  });
  double total = 0;
  for (const double p : part) total += p;
  return total;
}

}  // namespace

std::vector<double> betweenness(const Csr& graph) {
  const std::size_t n = graph.n_nodes();
  constexpr std::size_t kChunks = 16;
  const std::size_t grain = std::max<std::size_t>(1, (n + kChunks - 1) / kChunks);
  std::vector<std::vector<double>> part((n + grain - 1) / grain);
  parallel_for(n, grain, [&](std::size_t begin, std::size_t end) {
    std::vector<double> sum(n, 0);
    BrandesSearch search(graph);
    for (std::size_t s = begin; s < end; ++s) search.add_source(static_cast<Node>(s), sum);
    part[begin / grain] = std::move(sum);
  });
  std::vector<double> out(n, 0);
  for (const auto& sum : part)
    for (std::size_t v = 0; v < n; ++v) out[v] += sum[v];
  for (double& b : out) b /= 2;  // each unordered pair was met from both ends
  return out;
}

std::vector<double> pagerank(const Csr& graph, const PageRankOptions& options) {
  const std::size_t n = graph.n_nodes();
  if (n == 0) return {};
  const std::vector<double> strength = strengths(graph);
  std::vector<double> rank(n, 1.0 / static_cast<double>(n));
  std::vector<double> next(n);
  std::vector<double> gives(n);
  for (int iteration = 0; iteration < options.max_iterations; ++iteration) {
    const double idle =
        ordered_sum(n, [&](std::size_t v) { return strength[v] > 0 ? 0.0 : rank[v]; });
    const double floor = (1 - options.damping + options.damping * idle) / static_cast<double>(n);
    parallel_for(n, kGrain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t v = begin; v < end; ++v)
        gives[v] = strength[v] > 0 ? options.damping * rank[v] / strength[v] : 0;
    });
    parallel_for(n, kGrain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t v = begin; v < end; ++v) {
        const auto neighbours = graph.neighbours(static_cast<Node>(v));
        const auto weights = graph.weights(static_cast<Node>(v));
        double sum = floor;
        for (std::size_t i = 0; i < neighbours.size(); ++i)
          sum += gives[neighbours[i]] * std::max(weights[i], 0);
        next[v] = sum;
      }
    });
    const double change =
        ordered_sum(n, [&](std::size_t v) { return std::abs(next[v] - rank[v]); });
    rank.swap(next);
    if (change < options.tolerance) break;
  }
  return rank;
}

}  // namespace ovillo::graph
