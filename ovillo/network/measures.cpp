#include "ovillo/network/measures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "ovillo/graph/centrality.hpp"
#include "ovillo/graph/components.hpp"
#include "ovillo/graph/core.hpp"
#include "ovillo/graph/csr.hpp"
#include "ovillo/graph/cut.hpp"
#include "ovillo/graph/pagerank.hpp"
#include "ovillo/network/communities.hpp"

namespace ovillo::network {

namespace {

using graph::Node;

constexpr std::array<std::string_view, 9> kNames = {
    "component", "degree",      "strength", "coreness", "articulation_point",
    "bridges",   "betweenness", "pagerank", "community"};

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

std::int64_t power_of_ten(int exponent) {
  std::int64_t out = 1;
  while (exponent-- > 0) out *= 10;
  return out;
}

/// Rows that can be used, with their numbers.
struct ReadRows {
  std::vector<std::size_t> row;
  std::vector<Weight> weight;
  int decimals = 0;  ///< most that any weight has
};

ReadRows read_rows(const EdgeList& edges, std::vector<EdgeReject>& rejects) {
  ReadRows out;
  for (std::size_t r = 0; r < edges.a.size(); ++r) {
    if (edges.a[r].empty() || edges.b[r].empty()) {
      rejects.push_back({r, ErrorCode::network_empty_node});
      continue;
    }
    const auto weight = parse_weight(edges.weight.empty() ? std::string_view{} : edges.weight[r]);
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

/// The graph with every weight in units of 10^-decimals.
Result<graph::Csr> build(const EdgeList& edges, const ReadRows& rows,
                         const std::vector<std::string_view>& names, MeasureTable& table) {
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
    table.n_loops += a == b;
    list.push_back({a, b, static_cast<std::int32_t>(w.unscaled * scale)});
  }
  graph::Csr graph(names.size(), list);
  // A pair whose rows add up beyond 31 bits stands at the limit: say so instead of printing it.
  for (Node v = 0; v < graph.n_nodes(); ++v)
    for (const std::int32_t w : graph.weights(v))
      if (w == std::numeric_limits<std::int32_t>::max())
        return Error(ErrorCode::network_weights_too_large);
  table.n_edges = graph.n_edges();
  table.n_parallel = list.size() - table.n_loops - table.n_edges;
  return graph;
}

std::string decimal(std::int64_t unscaled, int decimals) {
  if (decimals == 0) return fmt::format("{}", unscaled);
  const std::int64_t scale = power_of_ten(decimals);
  return fmt::format("{}.{:0{}}", unscaled / scale, unscaled % scale, decimals);
}

class Measurer {
 public:
  Measurer(const graph::Csr& graph, const std::vector<std::string_view>& names, int decimals,
           const MeasureOptions& options)
      : graph_(graph), names_(names), decimals_(decimals), options_(options) {}

  [[nodiscard]] StringColumn column(Measure measure) const {
    switch (measure) {
      case Measure::component:
        return named(graph::connected_components(graph_));
      case Measure::degree:
        return numbers([&](Node v) { return static_cast<std::int64_t>(graph_.degree(v)); });
      case Measure::strength:
        return per_node([&](Node v) {
          const auto weights = graph_.weights(v);
          return decimal(std::accumulate(weights.begin(), weights.end(), std::int64_t{0}),
                         decimals_);
        });
      case Measure::coreness: {
        const auto core = graph::coreness(graph_);
        return numbers([&](Node v) { return std::int64_t{core[v]}; });
      }
      case Measure::articulation_point:
        return articulation_points();
      case Measure::bridges:
        return bridges();
      case Measure::betweenness:
        return rounded(graph::betweenness(graph_), 3);
      case Measure::pagerank:
        return rounded(graph::pagerank(graph_), 9);
      case Measure::community: {
        CpmOptions cpm;
        cpm.gamma = options_.gamma * static_cast<double>(power_of_ten(decimals_));
        return named(cpm_communities(graph_, cpm));
      }
    }
    return {};
  }

 private:
  template <class F>
  [[nodiscard]] StringColumn per_node(const F& text) const {
    StringColumn out;
    for (Node v = 0; v < names_.size(); ++v) out.push_back(text(v));
    return out;
  }
  template <class F>
  [[nodiscard]] StringColumn numbers(const F& number) const {
    return per_node([&](Node v) { return fmt::format("{}", number(v)); });
  }
  [[nodiscard]] StringColumn named(const std::vector<Node>& label) const {
    return per_node([&](Node v) { return names_[label[v]]; });
  }
  /// Quantised before it is printed, so that the last digit is the same everywhere.
  [[nodiscard]] StringColumn rounded(const std::vector<double>& value, int decimals) const {
    const auto scale = static_cast<double>(power_of_ten(decimals));
    return per_node([&](Node v) {
      return decimal(static_cast<std::int64_t>(std::round(value[v] * scale)), decimals);
    });
  }
  [[nodiscard]] StringColumn articulation_points() const {
    const auto cuts = graph::cuts(graph_);
    return numbers([&](Node v) {
      return std::int64_t{
          std::binary_search(cuts.articulation_points.begin(), cuts.articulation_points.end(), v)};
    });
  }
  [[nodiscard]] StringColumn bridges() const {
    std::vector<std::int64_t> count(names_.size(), 0);
    for (const auto& [a, b] : graph::cuts(graph_).bridges) {
      ++count[a];
      ++count[b];
    }
    return numbers([&](Node v) { return count[v]; });
  }

  const graph::Csr& graph_;
  const std::vector<std::string_view>& names_;
  int decimals_;
  const MeasureOptions& options_;
};

}  // namespace

std::span<const std::string_view> names(Measure) { return kNames; }

Result<std::vector<Measure>> parse_measures(std::string_view list) {
  std::vector<Measure> out;
  while (true) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view word = list.substr(0, comma);
    const auto at = std::find(kNames.begin(), kNames.end(), word);
    if (at == kNames.end())
      return Error(ErrorCode::network_unknown_measure,
                   fmt::format("\"{}\"; there are {}", word, fmt::join(kNames, ", ")));
    out.push_back(static_cast<Measure>(at - kNames.begin()));
    if (comma == list.size()) return out;
    list.remove_prefix(comma + 1);
  }
}

Result<MeasureTable> measure(const EdgeList& edges, std::span<const Measure> measures,
                             const MeasureOptions& options) {
  MeasureTable table;
  const ReadRows rows = read_rows(edges, table.rejects);
  const std::vector<std::string_view> names = distinct_names(edges, rows);
  OVILLO_TRY(const graph::Csr graph, build(edges, rows, names, table));
  for (const std::string_view name : names) table.node.push_back(name);
  const Measurer measurer(graph, names, rows.decimals, options);
  for (const Measure m : measures) table.columns.push_back({m, measurer.column(m)});
  return table;
}

}  // namespace ovillo::network
