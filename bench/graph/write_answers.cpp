#include "write_answers.hpp"

#include <fstream>
#include <functional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "ovillo/graph/centrality.hpp"
#include "ovillo/graph/components.hpp"
#include "ovillo/graph/core.hpp"
#include "ovillo/graph/pagerank.hpp"
#include "ovillo/network/communities.hpp"
#include "power_law.hpp"
#include "rival.hpp"

namespace ovillo::bench {

bool write_answers(std::size_t n_nodes, std::size_t n_edges, bool with_betweenness,
                   const std::string& folder) {
  const auto drawn = power_law_edges(n_nodes, n_edges, 1);
  std::ofstream seconds(folder + "/seconds.csv");
  seconds << "task,seconds,answer\n";
  const auto timed = [&](const char* task, const std::function<double()>& work) {
    const double begin = cpu_seconds();
    const double answer = work();
    seconds << fmt::format("{},{:.6f},{:.17g}\n", task, cpu_seconds() - begin, answer);
  };
  graph::Csr graph;
  timed("build", [&] {
    graph = graph::Csr(n_nodes, drawn);
    return static_cast<double>(graph.n_edges());
  });
  std::vector<graph::Node> component, label;
  timed("components", [&] {
    component = graph::connected_components(graph);
    return static_cast<double>(std::set<graph::Node>(component.begin(), component.end()).size());
  });
  std::vector<std::uint32_t> core;
  timed("coreness", [&] {
    core = graph::coreness(graph);
    return 0.0;
  });
  std::vector<double> rank;
  timed("pagerank", [&] {
    rank = graph::pagerank(graph);
    return 0.0;
  });
  std::vector<double> between(n_nodes, -1);
  if (with_betweenness)
    timed("betweenness", [&] {
      between = graph::betweenness(graph);
      return 0.0;
    });
  double q = 0;
  timed("communities", [&] {
    label = *network::modularity_communities(graph, 2);
    return 0.0;
  });
  q = network::modularity(graph, label);
  seconds << fmt::format("modularity,0,{:.17g}\n", q);
  std::ofstream edges(folder + "/edges.csv");
  edges << "a,b,weight\n";
  for (graph::Node v = 0; v < graph.n_nodes(); ++v) {
    const auto neighbours = graph.neighbours(v);
    const auto weights = graph.weights(v);
    for (std::size_t i = 0; i < neighbours.size(); ++i)
      if (neighbours[i] < v) edges << fmt::format("{},{},{}\n", neighbours[i], v, weights[i]);
  }
  std::ofstream nodes(folder + "/nodes.csv");
  nodes << "node,component,core,pagerank,betweenness\n";
  for (std::size_t v = 0; v < n_nodes; ++v)
    nodes << fmt::format("{},{},{},{:.17g},{:.17g}\n", v, component[v], core[v], rank[v],
                         between[v]);
  return seconds.good() && edges.good() && nodes.good();
}

}  // namespace ovillo::bench
