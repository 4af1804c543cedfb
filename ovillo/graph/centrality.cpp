#include "ovillo/graph/centrality.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/graph/components.hpp"
#include "ovillo/graph/internal/lane_search.hpp"
#include "ovillo/graph/internal/wide_search.hpp"
#include "ovillo/graph/walk_order.hpp"

namespace ovillo::graph {

namespace {

using internal::Dependency;
using internal::Source;

/// Size of each node's component.
std::vector<std::uint32_t> component_sizes(const Csr& graph) {
  const std::vector<Node> label = connected_components(graph);
  std::vector<std::uint32_t> size(label.size(), 0);
  for (const Node c : label) ++size[c];
  std::vector<std::uint32_t> out(label.size());
  for (std::size_t v = 0; v < label.size(); ++v) out[v] = size[label[v]];
  return out;
}

/// A node with one neighbour sees of the others what that neighbour sees: all its paths pass there.
/// So the neighbour is searched from instead, and gets what lies behind it by hand.
std::vector<Source> stand_ins(const Csr& graph, const std::vector<bool>& is_source,
                              const std::vector<std::uint32_t>& component_size, Dependency& out) {
  std::vector<double> times(graph.n_nodes(), 0);
  for (Node v = 0; v < graph.n_nodes(); ++v) {
    if (!is_source[v] || graph.degree(v) == 0) continue;
    if (graph.degree(v) > 1) {
      ++times[v];
      continue;
    }
    const Node hub = graph.neighbours(v)[0];
    const double behind = static_cast<double>(component_size[v]) - 2;
    ++times[hub];
    out.sum[hub] += behind;
    if (!out.squares.empty()) out.squares[hub] += behind * behind;
  }
  std::vector<Source> sources;
  for (Node v = 0; v < graph.n_nodes(); ++v)
    if (times[v] > 0) sources.push_back({v, times[v]});
  return sources;
}

/// Adds the sources' searches to `out`, in chunks that depend on their number alone.
void search_from(const Csr& graph, const std::vector<Source>& sources, Dependency& out) {
  constexpr std::size_t kChunks = 16;
  const std::size_t n_batches = (sources.size() + internal::kLanes - 1) / internal::kLanes;
  const std::size_t grain = std::max<std::size_t>(1, (n_batches + kChunks - 1) / kChunks);
  std::vector<Dependency> part((n_batches + grain - 1) / grain);
  parallel_for(n_batches, grain, [&](std::size_t begin, std::size_t end) {
    Dependency sum{std::vector<double>(out.sum.size(), 0),
                   std::vector<double>(out.squares.size(), 0)};
    internal::LaneSearch search(graph);
    for (std::size_t batch = begin; batch < end; ++batch) {
      const std::size_t first = batch * internal::kLanes;
      const auto lanes =
          std::span(sources).subspan(first, std::min(internal::kLanes, sources.size() - first));
      if (search.add(lanes, sum)) continue;
      internal::WideSearch wide(graph);
      for (const Source& source : lanes) wide.add(source, sum);
    }
    part[begin / grain] = std::move(sum);
  });
  for (const Dependency& sum : part) {
    for (std::size_t v = 0; v < sum.sum.size(); ++v) out.sum[v] += sum.sum[v];
    for (std::size_t v = 0; v < sum.squares.size(); ++v) out.squares[v] += sum.squares[v];
  }
}

/// Sum over the sources of what depends on each node (ordered pairs), and of its squares if wanted.
Dependency dependencies(const Csr& graph, const std::vector<bool>& is_source,
                        const std::vector<std::uint32_t>& component_size, bool with_squares) {
  const std::size_t n = graph.n_nodes();
  const std::vector<Node> order = walk_order(graph);
  const Csr walked = renumbered(graph, order);
  std::vector<bool> source_walked(n);
  std::vector<std::uint32_t> size_walked(n);
  for (Node i = 0; i < n; ++i) {
    source_walked[i] = is_source[order[i]];
    size_walked[i] = component_size[order[i]];
  }
  Dependency found{std::vector<double>(n, 0), std::vector<double>(with_squares ? n : 0, 0)};
  const std::vector<Source> sources = stand_ins(walked, source_walked, size_walked, found);
  search_from(walked, sources, found);
  Dependency out = found;
  for (Node i = 0; i < n; ++i) {
    out.sum[order[i]] = found.sum[i];
    if (with_squares) out.squares[order[i]] = found.squares[i];
  }
  return out;
}

/// `count` of n, each set equally likely.
std::vector<bool> draw(std::size_t n, std::size_t count, std::uint64_t seed) {
  std::vector<Node> node(n);
  std::iota(node.begin(), node.end(), Node{0});
  std::vector<bool> drawn(n, false);
  Rng rng(seed);
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(node[i], node[i + rng.below(n - i)]);
    drawn[node[i]] = true;
  }
  return drawn;
}

/// How far the mean of k values in [0, range], drawn without repeats from n, may lie from the mean
/// of all, with probability 1 - 2 * risk on either side.
double mean_error(double n, double k, double range, double mean, double mean_square, double risk) {
  // What is left of the variance when so many are drawn without putting back.
  const double left = std::min(1 - (k - 1) / n, (1 - k / n) * (1 + 1 / k));
  const double hoeffding = range * std::sqrt(left * std::log(1 / risk) / (2 * k));
  const double spread = std::sqrt(std::max(0.0, mean_square - mean * mean));
  const double bits = std::log(5 / risk);
  const double bernstein = spread * std::sqrt(2 * left * bits / k) +
                           (7.0 / 3.0 + 3.0 / std::sqrt(2.0)) * range * bits / k;
  return std::min(hoeffding, bernstein);
}

}  // namespace

std::vector<double> betweenness(const Csr& graph) {
  const std::vector<bool> all(graph.n_nodes(), true);
  std::vector<double> out = dependencies(graph, all, component_sizes(graph), false).sum;
  for (double& b : out) b /= 2;  // each unordered pair was met from both ends
  return out;
}

PivotBetweenness betweenness_from_pivots(const Csr& graph, const PivotOptions& options) {
  const std::size_t n = graph.n_nodes();
  PivotBetweenness out;
  out.n_pivots = std::clamp<std::size_t>(options.n_pivots, std::min<std::size_t>(1, n), n);
  out.error.assign(n, 0);
  if (out.n_pivots == n) {
    out.value = betweenness(graph);
    return out;
  }
  const auto component_size = component_sizes(graph);
  const Dependency found =
      dependencies(graph, draw(n, out.n_pivots, options.seed), component_size, true);
  std::size_t n_unsure = 0;
  for (Node v = 0; v < n; ++v) n_unsure += graph.degree(v) > 1 ? 1 : 0;
  const double risk =
      (1 - options.confidence) / (4 * std::max<double>(1, static_cast<double>(n_unsure)));
  const auto k = static_cast<double>(out.n_pivots);
  const double half_n = static_cast<double>(n) / 2;
  out.value.resize(n);
  for (Node v = 0; v < n; ++v) {
    const double mean = found.sum[v] / k;
    out.value[v] = half_n * mean;
    if (graph.degree(v) > 1)
      out.error[v] = half_n * mean_error(static_cast<double>(n), k, component_size[v] - 2.0, mean,
                                         found.squares[v] / k, risk);
  }
  return out;
}

}  // namespace ovillo::graph
