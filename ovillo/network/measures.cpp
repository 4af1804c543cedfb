#include "ovillo/network/measures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "ovillo/graph/centralisation.hpp"
#include "ovillo/graph/centrality.hpp"
#include "ovillo/graph/closeness.hpp"
#include "ovillo/graph/components.hpp"
#include "ovillo/graph/core.hpp"
#include "ovillo/graph/csr.hpp"
#include "ovillo/graph/cut.hpp"
#include "ovillo/graph/pagerank.hpp"
#include "ovillo/network/communities.hpp"
#include "ovillo/network/core_periphery.hpp"

namespace ovillo::network {

namespace {

using graph::Node;

constexpr std::array<std::string_view, 15> kNames = {"component",
                                                     "degree",
                                                     "strength",
                                                     "coreness",
                                                     "articulation_point",
                                                     "bridges",
                                                     "betweenness",
                                                     "pagerank",
                                                     "community",
                                                     "modularity_community",
                                                     "closeness",
                                                     "harmonic_closeness",
                                                     "core_periphery",
                                                     "betweenness_pivots",
                                                     "betweenness_pivots_error"};

class Measurer {
 public:
  Measurer(const NamedGraph& named, const MeasureOptions& options, std::vector<std::string>& notes)
      : graph_(named.graph),
        names_(named.node),
        decimals_(named.decimals),
        options_(options),
        notes_(notes) {}

  Result<StringColumn> column(Measure measure) {
    switch (measure) {
      case Measure::component:
        return named(graph::connected_components(graph_));
      case Measure::degree:
        note_centralisation(measure, graph::degree_centralisation(graph_));
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
        return betweenness();
      case Measure::pagerank:
        return rounded(graph::pagerank(graph_), 9);
      case Measure::community: {
        CpmOptions cpm;
        cpm.gamma = options_.gamma * static_cast<double>(power_of_ten(decimals_));
        return named(cpm_communities(graph_, cpm));
      }
      case Measure::modularity_community: {
        OVILLO_TRY(const auto label, modularity_communities(graph_));
        notes_.push_back(
            fmt::format("modularity_community: modularity {:.4f}", modularity(graph_, label)));
        return named(label);
      }
      case Measure::closeness: {
        const auto closeness = graph::closeness(graph_).closeness;
        note_centralisation(measure, graph::closeness_centralisation(closeness));
        return rounded(closeness, 9);
      }
      case Measure::harmonic_closeness:
        return rounded(graph::closeness(graph_).harmonic, 9);
      case Measure::core_periphery:
        return core_periphery();
      case Measure::betweenness_pivots:
        return rounded(pivots().value, 3);
      case Measure::betweenness_pivots_error:
        return rounded(pivots().error, 3);
    }
    return StringColumn{};
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
  void note_centralisation(Measure measure, double value) {
    notes_.push_back(fmt::format("{}: centralisation {:.4f} (Freeman: 0 all alike, 1 a star)",
                                 kNames[static_cast<std::size_t>(measure)], value));
  }
  [[nodiscard]] StringColumn betweenness() {
    const auto value = graph::betweenness(graph_);
    note_centralisation(Measure::betweenness, graph::betweenness_centralisation(value));
    return rounded(value, 3);
  }
  [[nodiscard]] StringColumn core_periphery() {
    const auto found = network::core_periphery(graph_);
    notes_.push_back(fmt::format("core_periphery: {} nodes in the core, correlation {:.4f}",
                                 found.n_core, found.correlation));
    return numbers([&](Node v) { return std::int64_t{found.in_core[v]}; });
  }
  /// Searched once for both columns; the first tells the bound.
  const graph::PivotBetweenness& pivots() {
    if (pivots_) return *pivots_;
    graph::PivotOptions drawn;
    drawn.n_pivots = options_.n_pivots;
    drawn.seed = options_.seed;
    pivots_ = graph::betweenness_from_pivots(graph_, drawn);
    const auto widest = std::max_element(pivots_->error.begin(), pivots_->error.end());
    notes_.push_back(fmt::format(
        "betweenness_pivots: {} of {} nodes as sources, seed {}; with 95 % probability no value is "
        "off by more than {:.3f}",
        pivots_->n_pivots, graph_.n_nodes(), options_.seed,
        widest == pivots_->error.end() ? 0.0 : *widest));
    return *pivots_;
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
  const StringColumn& names_;
  int decimals_;
  const MeasureOptions& options_;
  std::vector<std::string>& notes_;
  std::optional<graph::PivotBetweenness> pivots_;
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
  OVILLO_TRY(NamedGraph named, read_graph(edges));
  Measurer measurer(named, options, table.notes);
  for (const Measure m : measures) {
    OVILLO_TRY(StringColumn column, measurer.column(m));
    table.columns.push_back({m, std::move(column)});
  }
  table.node = std::move(named.node);
  table.rejects = std::move(named.rejects);
  table.n_edges = named.n_edges;
  table.n_loops = named.n_loops;
  table.n_parallel = named.n_parallel;
  return table;
}

}  // namespace ovillo::network
