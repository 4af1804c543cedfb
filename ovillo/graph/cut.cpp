#include "ovillo/graph/cut.hpp"

#include <algorithm>
#include <cstddef>

namespace ovillo::graph {

namespace {

/// Depth-first search with its own stack. `low` is the earliest node reachable from the subtree by
/// one edge back.
class CutSearch {
 public:
  explicit CutSearch(const Csr& graph)
      : graph_(graph),
        found_(graph.n_nodes(), 0),
        low_(graph.n_nodes(), 0),
        next_(graph.n_nodes(), 0),
        is_cut_(graph.n_nodes(), false) {}

  Cuts run() {
    for (Node v = 0; v < graph_.n_nodes(); ++v)
      if (found_[v] == 0) search(v);
    for (Node v = 0; v < graph_.n_nodes(); ++v)
      if (is_cut_[v]) out_.articulation_points.push_back(v);
    std::sort(out_.bridges.begin(), out_.bridges.end());
    return std::move(out_);
  }

 private:
  void search(Node root) {
    std::size_t root_children = 0;
    enter(root);
    while (!stack_.empty()) {
      const Node v = stack_.back();
      const auto neighbours = graph_.neighbours(v);
      if (next_[v] < neighbours.size()) {
        const Node u = neighbours[next_[v]++];
        const bool is_parent = stack_.size() > 1 && u == stack_[stack_.size() - 2];
        if (is_parent) continue;  // parallel edges are merged in a Csr: the way back is one edge
        if (found_[u] != 0) {
          low_[v] = std::min(low_[v], found_[u]);
        } else {
          if (v == root) ++root_children;
          enter(u);
        }
        continue;
      }
      stack_.pop_back();
      if (!stack_.empty()) leave(v, stack_.back(), stack_.back() == root);
    }
    if (root_children > 1) is_cut_[root] = true;
  }

  void enter(Node v) {
    found_[v] = low_[v] = ++clock_;
    stack_.push_back(v);
  }

  void leave(Node child, Node parent, bool parent_is_root) {
    low_[parent] = std::min(low_[parent], low_[child]);
    if (low_[child] > found_[parent])
      out_.bridges.emplace_back(std::min(child, parent), std::max(child, parent));
    if (!parent_is_root && low_[child] >= found_[parent]) is_cut_[parent] = true;
  }

  const Csr& graph_;
  std::vector<std::uint32_t> found_;  // 0: not yet
  std::vector<std::uint32_t> low_;
  std::vector<std::size_t> next_;
  std::vector<bool> is_cut_;
  std::vector<Node> stack_;
  std::uint32_t clock_ = 0;
  Cuts out_;
};

}  // namespace

Cuts cuts(const Csr& graph) { return CutSearch(graph).run(); }

}  // namespace ovillo::graph
