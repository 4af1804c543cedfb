// Leiden on one component: move nodes, refine, aggregate, until nothing moves.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/base/decimal.hpp"
#include "ovillo/network/internal/subgraph.hpp"

namespace ovillo::network::internal {

/// Keeps its arrays between components, so that a hundred thousand small ones cost no allocation.
class Leiden {
 public:
  /// @param gamma_q40  resolution times 2^40: gains are exact integers, so a move is made only
  ///                   when it is truly better, and the search ends.
  explicit Leiden(Int128 gamma_q40) : gamma_q40_(gamma_q40) {}

  /// @param early_looks  0: every pass moves nodes until none gains. Else all passes but the last
  ///                     look at a level's nodes that many times on average, then go on.
  /// @return community per node of `graph`, as the smallest node in it; valid until the next call.
  const std::vector<Node>& run(const Subgraph& graph, int max_passes, double early_looks = 0);

 private:
  static constexpr std::int64_t kNone = INT64_MIN;

  /// What a node knows of a community that it might move to.
  struct Slot {
    std::int64_t link = kNone;  ///< weight that leads there
    std::int64_t size = 0;
  };

  /// Exact in 128 bits; where narrow_gains() says so, also in 64.
  template <class Int>
  [[nodiscard]] Int gain(std::int64_t weight, std::int64_t size_a, std::int64_t size_b) const {
    return (static_cast<Int>(weight) << 40) - static_cast<Int>(gamma_q40_) * size_a * size_b;
  }
  /// Whether no gain of this level can leave 64 bits.
  [[nodiscard]] bool narrow_gains(const Subgraph& graph) const;

  bool one_pass(const Subgraph& graph);
  bool move_nodes(const Subgraph& graph, std::vector<Node>& community);
  template <class Int>
  bool move_nodes_by(const Subgraph& graph, std::vector<Node>& community);
  template <class Int>
  Node best_community(const Subgraph& graph, Node v, const std::vector<Node>& community);
  void fetch_ahead(const Subgraph& graph, std::size_t head, std::size_t waiting,
                   const std::vector<Node>& community) const;
  void refine(const Subgraph& graph, const std::vector<Node>& community, std::vector<Node>& fine);
  Subgraph aggregate(const Subgraph& graph, const std::vector<Node>& fine, std::size_t n_fine);
  void split_disconnected(const Subgraph& graph, std::vector<Node>& community);

  /// Renumbers to 0..k-1 by first appearance. @return k.
  std::size_t compact(std::vector<Node>& community);
  /// Weight from v to each community, in slot_; the communities met, in met_.
  void gather(const Subgraph& graph, Node v, const std::vector<Node>& community);
  void forget() {
    for (const Node c : met_) slot_[c].link = kNone;
    met_.clear();
  }

  Int128 gamma_q40_;
  double looks_ = 0;        // per node and level in this pass; 0: no limit
  std::vector<Node> best_;  // the answer so far, per node of the component
  std::vector<Slot> slot_;  // by community; links stand there while one node is looked at
  std::vector<Node> met_;
  std::vector<Node> of_neighbour_;
  std::vector<Node> n_members_;
  std::vector<Node> empty_;  // communities without members, as a stack
  std::vector<Node> queue_;
  std::vector<char> queued_;
  std::vector<Node> number_;
};

}  // namespace ovillo::network::internal
