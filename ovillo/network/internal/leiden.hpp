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

  /// @return community per node of `graph`, as the smallest node in it; valid until the next call.
  const std::vector<Node>& run(const Subgraph& graph, int max_passes);

 private:
  [[nodiscard]] Int128 gain(std::int64_t weight, std::int64_t size_a, std::int64_t size_b) const {
    return (static_cast<Int128>(weight) << 40) - gamma_q40_ * size_a * size_b;
  }

  bool one_pass(const Subgraph& graph);
  bool move_nodes(const Subgraph& graph, std::vector<Node>& community);
  Node best_community(const Subgraph& graph, Node v, const std::vector<Node>& community);
  void refine(const Subgraph& graph, const std::vector<Node>& community, std::vector<Node>& fine);
  Subgraph aggregate(const Subgraph& graph, const std::vector<Node>& fine, std::size_t n_fine);
  void split_disconnected(const Subgraph& graph, std::vector<Node>& community);

  /// Renumbers to 0..k-1 by first appearance. @return k.
  std::size_t compact(std::vector<Node>& community);
  /// Weight from v to each community, in link_; the communities met, in met_.
  void gather(const Subgraph& graph, Node v, const std::vector<Node>& community);
  void forget() {
    for (const Node c : met_) link_[c] = kNone;
    met_.clear();
  }

  static constexpr std::int64_t kNone = INT64_MIN;

  Int128 gamma_q40_;
  std::vector<Node> best_;  // the answer so far, per node of the component
  std::vector<std::int64_t> link_;
  std::vector<Node> met_;
  std::vector<std::int64_t> community_size_;
  std::vector<Node> n_members_;
  std::vector<Node> empty_;  // communities without members, as a stack
  std::vector<Node> queue_;
  std::vector<char> queued_;
  std::vector<Node> number_;
};

}  // namespace ovillo::network::internal
