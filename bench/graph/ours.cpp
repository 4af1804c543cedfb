// bench_graph [--small | --answers NODES EDGES FOLDER]: builds, components, PageRank, coreness,
// exact betweenness and Leiden on seeded power-law graphs; answers are compared with igraph's
// before times, where igraph is there.
// --answers writes ours into files instead, for rivals.py. Times are CPU seconds of the process, so
// that a busy machine does not change them much.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "ovillo/graph/centrality.hpp"
#include "ovillo/graph/components.hpp"
#include "ovillo/graph/core.hpp"
#include "ovillo/graph/cut.hpp"
#include "ovillo/graph/layout.hpp"
#include "ovillo/graph/pagerank.hpp"
#include "ovillo/network/communities.hpp"
#include "plain.hpp"
#include "power_law.hpp"
#include "rival.hpp"
#include "write_answers.hpp"

namespace ovillo::bench {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

namespace {

int n_wrong = 0;

void row(const char* task, double ours, double rival, const std::string& answer, bool same) {
  if (!same) ++n_wrong;
  if (rival >= 0) {
    std::printf("%-28s %9.3f %9.3f  %6.1fx  %s%s\n", task, ours, rival, rival / ours,
                answer.c_str(), same ? "" : "  ANSWERS DIFFER");
  } else {
    std::printf("%-28s %9.3f %9s  %6s   %s\n", task, ours, "-", "", answer.c_str());
  }
}

double timed(const std::function<void()>& body) {
  const double begin = cpu_seconds();
  body();
  return cpu_seconds() - begin;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    most = std::max(most, std::abs(a[i] - b[i]) / std::max(1.0, std::abs(b[i])));
  return a.size() == b.size() ? most : 1e300;
}

/// Median CPU seconds of `rounds` runs of two ways to one answer, turn by turn.
struct Medians {
  double ours;
  double plain;
};
Medians interleaved(int rounds, const std::function<void()>& ours,
                    const std::function<void()>& plain) {
  std::vector<double> a;
  std::vector<double> b;
  for (int i = 0; i < rounds; ++i) {
    a.push_back(timed(ours));
    b.push_back(timed(plain));
  }
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return {a[a.size() / 2], b[b.size() / 2]};
}

/// Components and PageRank (to 1e-4) against plain code: median of 7, interleaved.
void against_plain(std::size_t n, const std::vector<graph::Edge>& edges, const graph::Csr& graph) {
  const Plain plain(n, edges);
  std::vector<graph::Node> component;
  std::vector<graph::Node> plain_component;
  const Medians components = interleaved(
      7, [&] { component = graph::connected_components(graph); },
      [&] { plain_component = plain.components(); });
  row("components : plain", components.ours, components.plain, "", component == plain_component);

  graph::PageRankOptions options;
  options.tolerance = 1e-4;
  std::vector<double> rank;
  std::vector<double> plain_rank;
  const Medians pagerank = interleaved(
      7, [&] { rank = graph::pagerank(graph, options); },
      [&] { plain_rank = plain.pagerank(options.tolerance); });
  double apart = 0;
  for (std::size_t v = 0; v < n; ++v) apart += std::abs(rank[v] - plain_rank[v]);
  // Each may be off by its last change over (1 - damping).
  row("PageRank (1e-4) : plain", pagerank.ours, pagerank.plain, fmt::format("{:.1e} apart", apart),
      apart <= 2 * options.tolerance / 0.15);
}

/// The plain searches of a graph, one edge each. @return rows of the simple graph.
Plain plain_simple(const graph::Csr& graph) {
  std::vector<graph::Edge> edges;
  for (graph::Node v = 0; v < graph.n_nodes(); ++v)
    for (const graph::Node u : graph.neighbours(v))
      if (u < v) edges.push_back({v, u, 1});
  return Plain(graph.n_nodes(), edges);
}

/// 100 pivots; plain code searches from ten nodes, counted tenfold.
void from_pivots(const graph::Csr& graph) {
  graph::PivotBetweenness ours;
  const double seconds = timed([&] { ours = graph::betweenness_from_pivots(graph); });
  const Plain plain = plain_simple(graph);
  constexpr std::size_t kPlain = 10;
  std::vector<std::uint32_t> sources;
  for (std::size_t i = 0; i < kPlain; ++i)
    sources.push_back(static_cast<std::uint32_t>(i * (graph.n_nodes() / kPlain)));
  std::vector<double> sum;
  const double plain_seconds = timed([&] { sum = plain.dependencies(sources); });
  const double half_n = static_cast<double>(graph.n_nodes()) / 2;
  double total = 0;
  double plain_total = 0;
  double widest = 0;
  for (std::size_t v = 0; v < sum.size(); ++v) {
    total += ours.value[v];
    plain_total += sum[v] / kPlain * half_n;
    widest = std::max(widest, ours.error[v]);
  }
  const double pairs = half_n * static_cast<double>(graph.n_nodes() - 1);
  // Both sums tell the mean distance less one, from different sources: 5 % apart at the most.
  row("100 pivots : plain x 10", seconds, plain_seconds * 10,
      fmt::format("mean within {:.3f}, bound {:.3f} of all pairs", total / plain_total,
                  widest / pairs),
      std::abs(total / plain_total - 1) < 0.05);
}

/// Two iterations of Leiden; igraph's draws lots, so it runs with five seeds.
void against_igraph_leiden(const graph::Csr& graph, Rival& rival) {
  std::vector<graph::Node> label;
  const double seconds = timed([&] { label = *network::modularity_communities(graph, 2); });
  const double q = network::modularity(graph, label);
  std::vector<double> other_q;
  std::vector<double> other_seconds;
  for (unsigned long seed = 1; seed <= 5; ++seed) {
    const auto other = rival.leiden(seed);
    other_q.push_back(other.answer);
    other_seconds.push_back(other.seconds);
  }
  std::sort(other_q.begin(), other_q.end());
  std::sort(other_seconds.begin(), other_seconds.end());
  std::string text = fmt::format("Q {:.4f}", q);
  if (other_seconds[2] >= 0) text += fmt::format(" against {:.4f} (median of 5)", other_q[2]);
  row("Leiden, modularity", seconds, other_seconds[2], text,
      other_seconds[2] < 0 || q >= other_q[2]);
}

void run(std::size_t n, std::size_t m, bool with_betweenness) {
  const auto edges = power_law_edges(n, m, 1);
  std::printf("\n%zu nodes, %zu edges drawn; CPU s: ours, igraph, ratio, answer\n", n, m);
  graph::Csr graph;
  const double build = timed([&] { graph = graph::Csr(n, edges); });
  Rival rival(n, edges);
  row("build", build, rival.build_seconds(), std::to_string(graph.n_edges()) + " edges",
      rival.n_edges() < 0 || rival.n_edges() == static_cast<long>(graph.n_edges()));

  against_plain(n, edges, graph);

  std::vector<graph::Node> component;
  const double components = timed([&] { component = graph::connected_components(graph); });
  const auto n_components = std::set<graph::Node>(component.begin(), component.end()).size();
  const auto rival_components = rival.components();
  row("components", components, rival_components.seconds,
      std::to_string(n_components) + " components",
      rival_components.seconds < 0 || rival_components.answer == static_cast<double>(n_components));

  std::vector<std::uint32_t> core;
  const double coreness = timed([&] { core = graph::coreness(graph); });
  std::vector<double> core_values(core.begin(), core.end());
  const auto rival_core = rival.coreness();
  row("coreness", coreness, rival_core.seconds, "",
      rival_core.seconds < 0 || largest_difference(core_values, rival_core.values) == 0);

  graph::Cuts cuts;
  const double cut = timed([&] { cuts = graph::cuts(graph); });
  const auto rival_cut = rival.articulation_points();
  row("articulation points", cut, rival_cut.seconds,
      std::to_string(cuts.articulation_points.size()) + " points",
      rival_cut.seconds < 0 ||
          rival_cut.answer == static_cast<double>(cuts.articulation_points.size()));

  std::vector<double> rank;
  const double pagerank = timed([&] { rank = graph::pagerank(graph); });
  const auto rival_rank = rival.pagerank();
  row("PageRank (1e-10)", pagerank, rival_rank.seconds, "",
      rival_rank.seconds < 0 || largest_difference(rank, rival_rank.values) < 1e-8);

  if (with_betweenness) {
    std::vector<double> between;
    const double seconds = timed([&] { between = graph::betweenness(graph); });
    const auto other = rival.betweenness();
    row("betweenness, exact", seconds, other.seconds, "",
        other.seconds < 0 || largest_difference(between, other.values) < 1e-6);
    std::vector<std::uint32_t> all(n);
    std::iota(all.begin(), all.end(), 0U);
    const Plain plain = plain_simple(graph);
    std::vector<double> plain_between;
    const double plain_seconds = timed([&] { plain_between = plain.dependencies(all); });
    for (double& b : plain_between) b /= 2;
    row("betweenness, exact : plain", seconds, plain_seconds, "",
        largest_difference(between, plain_between) < 1e-9);
  }

  if (!with_betweenness) from_pivots(graph);

  against_igraph_leiden(graph, rival);
}

/// A picture of 20,000 nodes and 40,000 links, and of the same grown by 500 links.
void lay_out() {
  constexpr std::size_t kNodes = 20'000;
  auto edges = power_law_edges(kNodes, 40'000, 1);
  std::vector<graph::Point> place;
  const double seconds = timed([&] { place = graph::layout(graph::Csr(kNodes, edges)); });
  std::printf("\n20000 nodes, 40000 edges drawn\n");
  row("layout", seconds, -1, "", place.size() == kNodes);
  const auto more = power_law_edges(kNodes, 500, 2);
  edges.insert(edges.end(), more.begin(), more.end());
  const std::vector<std::optional<graph::Point>> previous(place.begin(), place.end());
  std::vector<graph::Point> grown;
  const double grown_seconds =
      timed([&] { grown = graph::grown_layout(graph::Csr(kNodes, edges), previous); });
  row("layout, the same again", grown_seconds, -1, "all nodes old: none moves", grown == place);
}

}  // namespace
}  // namespace ovillo::bench

int main(int argc, char** argv) {
  if (argc == 5 && std::strcmp(argv[1], "--answers") == 0) {
    const std::size_t n = std::stoul(argv[2]);
    constexpr std::size_t kMostForBetweenness = 20'000;
    return ovillo::bench::write_answers(n, std::stoul(argv[3]), n <= kMostForBetweenness, argv[4])
               ? 0
               : 1;
  }
  ovillo::bench::run(10'000, 50'000, true);
  ovillo::bench::lay_out();
  if (argc < 2 || std::strcmp(argv[1], "--small") != 0) {
    ovillo::bench::run(100'000, 500'000, false);
    ovillo::bench::run(1'000'000, 5'000'000, false);
  }
  return ovillo::bench::n_wrong == 0 ? 0 : 1;
}
