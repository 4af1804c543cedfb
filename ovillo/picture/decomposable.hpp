// Overlap estimation averaged over decomposable graphs of the lists.
//
// Each graph says which lists are tied; with a hyper-Dirichlet prior the chance of the table given
// a total and a graph has a closed form, so that nothing is sampled: the answer is exact on whole
// numbers of people. Assumption: the ties are those of some decomposable graph, weighed by a flat
// prior over graphs and 1/N over totals.
// Source: Madigan and York 1997 (as in the package dga).
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/picture/log_linear.hpp"

namespace ovillo::picture {

inline constexpr std::size_t kMostListsDecomposable = 5;

/// A decomposable graph: cliques count for it, separators against it.
struct Graph {
  std::vector<Term> edges;
  std::vector<Term> cliques;
  std::vector<Term> separators;  ///< of a junction tree; the empty set may be among them
};

/// All decomposable graphs of so many lists: 2, 8, 61, 822 for 2 to 5.
std::vector<Graph> decomposable_graphs(std::size_t n_lists);

struct GraphWeight {
  Graph graph;
  double probability = 0;
};

struct Posterior {
  /// Chance of n_observed + i people; sums to 1. At least one is taken to be hidden: chance[0] is
  /// 0.
  std::vector<double> chance;
  double mean = 0;
  double low = 0;  ///< 2.5 in a hundred, on whole numbers
  double median = 0;
  double high = 0;                  ///< 97.5 in a hundred
  std::vector<GraphWeight> graphs;  ///< those of 1 in 10^6 and more, the likeliest first
  /// Peaks that hold at least a twentieth of the highest and are parted by a valley of half their
  /// height: with more than one the interval is not the whole story.
  std::vector<double> peaks;
};

/// @param table  2 to 5 lists. @param most  totals are looked at up to that many times the
/// observed. @cost  a term of 31 logarithms a total, and the graphs that matter at it.
Posterior average_decomposable(const OverlapTable& table, double most = 30);

}  // namespace ovillo::picture
