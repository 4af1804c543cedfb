// Which k nodes leave the smallest largest component: an exact search.
//
// "Is there a set of k that leaves nothing above T?" is answered by branching: a connected piece of
// T + 1 nodes must lose one of them, so one branch for each, with the earlier ones ruled out. The
// optimum is the last T with a yes; a last pass at that T counts every set once, because branches
// do not overlap. Pruned by pieces that must each lose a node of their own, and by cores that b
// removals cannot separate.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/network/internal/node_bits.hpp"
#include "ovillo/network/internal/tie_list.hpp"

namespace ovillo::network::internal {

template <class Bits>
class LargestComponentSearch {
 public:
  /// @param candidates  nodes that may be in a set. @param max_steps  branches per question; the
  ///                    answer is a bound when they do not suffice.
  LargestComponentSearch(const Adjacency<Bits>& adjacency, Bits candidates, std::uint64_t max_steps)
      : adjacency_(adjacency), candidates_(candidates), max_steps_(max_steps) {}

  /// @param k  at most the number of candidates.
  SetAnswer<Bits> best(int k);

  /// Size of the largest component when `set` is gone.
  [[nodiscard]] int largest_without(Bits set) const;

 private:
  enum class Want : std::uint8_t { any, all };
  struct State {
    Bits left;       ///< nodes that are still there
    Bits permanent;  ///< of them, those that no set of this branch holds
    Bits removed;
    int budget;
  };

  [[nodiscard]] Bits everybody() const;
  [[nodiscard]] Bits greedy(int k) const;
  [[nodiscard]] Bits improve(Bits set) const;
  /// Whether some set leaves nothing above `most`; empty when the steps did not suffice.
  enum class Answer : std::uint8_t { no, yes, unknown };
  Answer ask(int k, int most, Want want);
  void branch(const State& state);
  void last_removal(const State& state, Bits piece);
  void accept(const State& state, Bits free, int extra);
  [[nodiscard]] bool core_is_too_large(Bits piece, const State& state) const;
  [[nodiscard]] bool too_many_pieces(Bits piece, int budget) const;
  [[nodiscard]] std::vector<int> nodes_to_branch_on(Bits piece, Bits permanent) const;
  [[nodiscard]] int best_connected(Bits among, Bits within) const;

  const Adjacency<Bits>& adjacency_;
  Bits candidates_;
  std::uint64_t max_steps_;

  int most_ = 0;
  Want want_ = Want::any;
  std::uint64_t steps_ = 0;
  bool stop_ = false;
  Bits found_ = 0;
  TieList<Bits> ties_;
};

extern template class LargestComponentSearch<Bits64>;
extern template class LargestComponentSearch<Bits128>;

}  // namespace ovillo::network::internal
