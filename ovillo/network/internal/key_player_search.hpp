// Borgatti's key players: the set of k nodes whose loss breaks up a network most (KPP-neg), and the
// one from which most of it is reached (KPP-pos). Exact, by branch and bound.
//
// Source: S. P. Borgatti, "Identifying sets of key players in a social network", Computational and
// Mathematical Organization Theory 12 (2006). Distances are in steps. 1/d is kept as an integer,
// kUnit / d, so equal sets are equal to the last digit; beyond 36 steps it is rounded down.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/network/internal/node_bits.hpp"
#include "ovillo/network/internal/tie_list.hpp"

namespace ovillo::network::internal {

/// The least common multiple of 1 to 36.
inline constexpr std::int64_t kUnit = 144'403'552'893'600;

/// Cost of a set: the sum of kUnit / d over the pairs that remain; pairs apart count nothing.
template <class Bits>
class FragmentationSearch {
 public:
  FragmentationSearch(const Adjacency<Bits>& adjacency, Bits candidates, std::uint64_t max_steps);

  SetAnswer<Bits> best(int k);
  [[nodiscard]] std::int64_t cost(Bits set) const;

 private:
  void branch(Bits left, Bits free, Bits removed, int budget);
  void offer(Bits set, std::int64_t cost);
  [[nodiscard]] std::int64_t closeness(Bits left, std::int64_t enough) const;
  [[nodiscard]] std::int64_t least_closeness(Bits left, Bits free, int budget);
  [[nodiscard]] Bits greedy(int k) const;

  const Adjacency<Bits>& adjacency_;
  Bits candidates_;
  Bits all_ = 0;
  std::uint64_t max_steps_;
  std::uint64_t steps_ = 0;
  std::int64_t best_ = 0;
  std::int64_t open_bound_ = 0;  ///< least bound of a branch that was left open
  TieList<Bits> ties_;
  std::vector<std::int64_t> row_;  ///< per node, what it keeps close for certain
};

/// Cost of a set: minus what it reaches. With `steps` > 0 the nodes within that many steps, members
/// included; with 0 the sum of kUnit / d to the nearest member, members themselves kUnit.
template <class Bits>
class ReachSearch {
 public:
  ReachSearch(const Adjacency<Bits>& adjacency, Bits candidates, int steps,
              std::uint64_t max_steps);

  SetAnswer<Bits> best(int k);
  [[nodiscard]] std::int64_t cost(Bits set) const;

 private:
  using Layers = std::vector<Bits>;  ///< [d]: nodes within d steps
  void branch(const Layers& covered, std::int64_t value, Bits set, Bits free, int budget);
  [[nodiscard]] std::int64_t gain(const Layers& covered, int node) const;
  [[nodiscard]] Layers with(const Layers& covered, int node) const;
  void offer(Bits set, Bits free, int extra, std::int64_t value);

  std::vector<Layers> layers_;       ///< per node
  std::vector<std::int64_t> worth_;  ///< [d]: what a node more within d steps adds
  Bits candidates_;
  std::uint64_t max_steps_;
  std::uint64_t n_steps_ = 0;
  std::int64_t best_ = 0;
  std::int64_t open_bound_ = 0;
  TieList<Bits> ties_;
};

extern template class FragmentationSearch<Bits64>;
extern template class FragmentationSearch<Bits128>;
extern template class ReachSearch<Bits64>;
extern template class ReachSearch<Bits128>;

}  // namespace ovillo::network::internal
