// What an expand costs in the graph in memory, one hop and two, from every node of a graph given as
// Neo4j CSV of relationships (":START_ID,:END_ID,:TYPE"), or of a made-up graph of the size asked.
//
//   bench_workbench FOLDER
//   bench_workbench --invented NODES EDGES
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/rng.hpp"
#include "ovillo/graph/csr.hpp"

namespace {

using ovillo::graph::Csr;
using ovillo::graph::Edge;
using ovillo::graph::Node;

struct Given {
  std::size_t n_nodes = 0;
  std::vector<Edge> edges;
};

Given read_folder(const std::filesystem::path& folder) {
  Given out;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().filename().string().find("relationships") != std::string::npos)
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& path : files) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
      Edge edge;
      const char* end = line.data() + line.size();
      const auto [after, failed] = std::from_chars(line.data(), end, edge.a);
      if (failed != std::errc() || after == end) continue;
      if (std::from_chars(after + 1, end, edge.b).ec != std::errc()) continue;
      out.edges.push_back(edge);
      out.n_nodes = std::max<std::size_t>(out.n_nodes, std::max(edge.a, edge.b) + 1);
    }
  }
  return out;
}

Given invent(std::size_t n_nodes, std::size_t n_edges) {
  ovillo::Rng rng(1);
  Given out{n_nodes, {}};
  for (std::size_t e = 0; e < n_edges; ++e)
    out.edges.push_back(
        {static_cast<Node>(rng.below(n_nodes)), static_cast<Node>(rng.below(n_nodes)), 1});
  return out;
}

/// Nodes within some steps, each once, `from` left out.
class Expand {
 public:
  explicit Expand(const Csr& graph) : graph_(&graph), seen_(graph.n_nodes(), 0) {}

  const std::vector<Node>& operator()(Node from, int hops) {
    ++round_;
    out_.clear();
    seen_[from] = round_;
    take(from);
    for (std::size_t begin = 0; hops > 1; --hops) {
      const std::size_t end = out_.size();
      for (; begin < end; ++begin) take(out_[begin]);
    }
    return out_;
  }

 private:
  void take(Node node) {
    for (const Node other : graph_->neighbours(node)) {
      if (seen_[other] == round_) continue;
      seen_[other] = round_;
      out_.push_back(other);
    }
  }
  const Csr* graph_;
  std::vector<std::uint32_t> seen_;
  std::uint32_t round_ = 0;
  std::vector<Node> out_;
};

void measure(const Csr& graph, int hops) {
  Expand expand(graph);
  std::vector<double> us;
  std::size_t most = 0;
  for (Node node = 0; node < graph.n_nodes(); ++node) {
    if (graph.degree(node) == 0) continue;
    const auto before = std::chrono::steady_clock::now();
    const std::size_t n = expand(node, hops).size();
    us.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - before)
            .count());
    most = std::max(most, n);
  }
  std::sort(us.begin(), us.end());
  std::printf("expand, %d hop%s: p50 %.1f us, p99 %.1f us, worst %.1f us; at most %zu nodes\n",
              hops, hops == 1 ? "" : "s", us[us.size() / 2], us[us.size() * 99 / 100], us.back(),
              most);
}

}  // namespace

int main(int argc, char** argv) {
  const bool invented = argc == 4 && std::string_view(argv[1]) == "--invented";
  if (argc != 2 && !invented) {
    std::fputs("usage: bench_workbench FOLDER | --invented NODES EDGES\n", stderr);
    return 2;
  }
  const Given given =
      invented ? invent(std::stoul(argv[2]), std::stoul(argv[3])) : read_folder(argv[1]);
  if (given.edges.empty()) {
    std::fputs("no relationships there\n", stderr);
    return 1;
  }
  const Csr graph(given.n_nodes, given.edges);
  std::printf("%zu nodes, %zu links\n", graph.n_nodes(), graph.n_edges());
  measure(graph, 1);
  measure(graph, 2);
  return 0;
}
