#include "ovillo/network/edge_list.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

#include <fmt/format.h>

namespace ovillo::network {

using graph::Node;

std::int64_t power_of_ten(int exponent) {
  std::int64_t out = 1;
  while (exponent-- > 0) out *= 10;
  return out;
}

std::string decimal(std::int64_t unscaled, int decimals) {
  if (decimals == 0) return fmt::format("{}", unscaled);
  const std::int64_t scale = power_of_ten(decimals);
  return fmt::format("{}.{:0{}}", unscaled / scale, unscaled % scale, decimals);
}

namespace {

constexpr int kMaxDecimals = 9;

struct Weight {
  std::int64_t unscaled = 1;
  int decimals = 0;
};

/// A positive decimal of at most 9 digits before and 9 after the point. Empty: is none.
std::optional<Weight> parse_weight(std::string_view text) {
  if (text.empty()) return Weight{};
  Weight out{0, 0};
  bool in_fraction = false;
  int digits = 0;
  for (const char c : text) {
    if (c == '.' && !in_fraction && digits > 0) {
      in_fraction = true;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > 18) return std::nullopt;
    out.unscaled = out.unscaled * 10 + (c - '0');
    if (in_fraction && ++out.decimals > kMaxDecimals) return std::nullopt;
  }
  while (out.decimals > 0 && out.unscaled % 10 == 0) {
    out.unscaled /= 10;
    --out.decimals;
  }
  if (out.unscaled == 0) return std::nullopt;
  return out;
}

/// Rows that can be used, with their numbers.
struct ReadRows {
  std::vector<std::size_t> row;
  std::vector<Weight> weight;
  int decimals = 0;  ///< most that any weight has
};

ReadRows read_rows(const EdgeList& edges, Weights weights, std::vector<EdgeReject>& rejects) {
  const bool stated = weights == Weights::stated && !edges.weight.empty();
  ReadRows out;
  for (std::size_t r = 0; r < edges.a.size(); ++r) {
    if (edges.a[r].empty() || edges.b[r].empty()) {
      rejects.push_back({r, ErrorCode::network_empty_node});
      continue;
    }
    const auto weight = parse_weight(stated ? edges.weight[r] : std::string_view{});
    if (!weight) {
      rejects.push_back({r, ErrorCode::network_bad_weight});
      continue;
    }
    out.row.push_back(r);
    out.weight.push_back(*weight);
    out.decimals = std::max(out.decimals, weight->decimals);
  }
  return out;
}

/// Distinct names, ascending by bytes.
std::vector<std::string_view> distinct_names(const EdgeList& edges, const ReadRows& rows) {
  std::vector<std::string_view> out;
  out.reserve(2 * rows.row.size());
  for (const std::size_t r : rows.row) {
    out.push_back(edges.a[r]);
    out.push_back(edges.b[r]);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

std::optional<Node> NamedGraph::find(std::string_view name) const {
  std::size_t low = 0;
  std::size_t high = node.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (node[middle] < name) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == node.size() || node[low] != name) return std::nullopt;
  return static_cast<Node>(low);
}

namespace {

/// The same pairs, each of weight 1.
graph::Csr with_weights_of_one(const graph::Csr& graph) {
  std::vector<graph::Edge> pairs;
  pairs.reserve(graph.n_edges());
  for (Node v = 0; v < graph.n_nodes(); ++v)
    for (const Node u : graph.neighbours(v))
      if (v < u) pairs.push_back({v, u, 1});
  return graph::Csr(graph.n_nodes(), pairs);
}

}  // namespace

Result<NamedGraph> read_graph(const EdgeList& edges, Weights weights) {
  NamedGraph out;
  const ReadRows rows = read_rows(edges, weights, out.rejects);
  const std::vector<std::string_view> names = distinct_names(edges, rows);
  for (const std::string_view name : names) out.node.push_back(name);
  out.decimals = rows.decimals;
  const auto number = [&](std::string_view name) {
    return static_cast<Node>(std::lower_bound(names.begin(), names.end(), name) - names.begin());
  };
  std::vector<graph::Edge> list;
  list.reserve(rows.row.size());
  std::int64_t total = 0;
  for (std::size_t i = 0; i < rows.row.size(); ++i) {
    const Weight& w = rows.weight[i];
    const std::int64_t scale = power_of_ten(rows.decimals - w.decimals);
    constexpr std::int64_t kMax = std::numeric_limits<std::int32_t>::max();
    if (w.unscaled > kMax / scale) return Error(ErrorCode::network_weights_too_large);
    total += w.unscaled * scale;
    if (total > (kMax << 20)) return Error(ErrorCode::network_weights_too_large);
    const Node a = number(edges.a[rows.row[i]]);
    const Node b = number(edges.b[rows.row[i]]);
    out.n_loops += a == b;
    list.push_back({a, b, static_cast<std::int32_t>(w.unscaled * scale)});
  }
  out.graph = graph::Csr(names.size(), list);
  // A pair whose rows add up beyond 31 bits stands at the limit: say so instead of printing it.
  for (Node v = 0; v < out.graph.n_nodes(); ++v)
    for (const std::int32_t w : out.graph.weights(v))
      if (w == std::numeric_limits<std::int32_t>::max())
        return Error(ErrorCode::network_weights_too_large);
  if (weights == Weights::one) out.graph = with_weights_of_one(out.graph);
  out.n_edges = out.graph.n_edges();
  out.n_parallel = list.size() - out.n_loops - out.n_edges;
  return out;
}

}  // namespace ovillo::network
