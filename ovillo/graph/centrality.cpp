#include "ovillo/graph/centrality.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "ovillo/base/parallel.hpp"

namespace ovillo::graph {

namespace {

/// One search from one source after another; arrays are kept between sources. The steps that lead
/// one level down are written out without a branch and walked again: most of the time of a search
/// goes into guessing wrongly which neighbours lie further down.
class BrandesSearch {
 public:
  explicit BrandesSearch(const Csr& graph)
      : graph_(graph),
        level_(graph.n_nodes(), kUnseen),
        n_paths_(graph.n_nodes(), 0),
        share_(graph.n_nodes(), 0),
        order_(graph.n_nodes()),
        down_begin_(graph.n_nodes() + 1),
        down_(2 * graph.n_edges() + 1) {}

  /// Adds the source's share of every node's betweenness to `sum`, each ordered pair once.
  void add_source(Node source, std::vector<double>& sum) {
    const std::size_t n_reached = walk_down(source);
    // Backwards: what depends on v is what depends on its successors, by share of paths.
    for (std::size_t i = n_reached; i-- > 1;) {
      const Node v = order_[i];
      double depends = 0;
      for (std::size_t d = down_begin_[i]; d < down_begin_[i + 1]; ++d) depends += share_[down_[d]];
      depends *= n_paths_[v];
      share_[v] = (1 + depends) / n_paths_[v];
      sum[v] += depends;
    }
    for (std::size_t i = 0; i < n_reached; ++i) {
      level_[order_[i]] = kUnseen;
      n_paths_[order_[i]] = 0;
    }
  }

 private:
  static constexpr std::uint32_t kUnseen = 0;  // the source is on level 1

  /// Levels, paths and steps down, in order of distance. @return nodes reached.
  std::size_t walk_down(Node source) {
    std::size_t n_reached = 1;
    std::size_t n_down = 0;
    order_[0] = source;
    level_[source] = 1;
    n_paths_[source] = 1;
    for (std::size_t head = 0; head < n_reached; ++head) {
      const Node v = order_[head];
      const std::uint32_t below = level_[v] + 1;
      down_begin_[head] = n_down;
      for (const Node u : graph_.neighbours(v)) {
        if (level_[u] == kUnseen) {
          level_[u] = below;
          order_[n_reached++] = u;
        }
        down_[n_down] = u;
        n_down += level_[u] == below ? 1 : 0;
      }
      const double paths = n_paths_[v];
      for (std::size_t d = down_begin_[head]; d < n_down; ++d) n_paths_[down_[d]] += paths;
    }
    down_begin_[n_reached] = n_down;
    return n_reached;
  }

  const Csr& graph_;
  std::vector<std::uint32_t> level_;
  std::vector<double> n_paths_;
  std::vector<double> share_;  // (1 + what depends on it) / its paths
  std::vector<Node> order_;
  std::vector<std::size_t> down_begin_;  // of the i-th node reached
  std::vector<Node> down_;
};

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

}  // namespace ovillo::graph
