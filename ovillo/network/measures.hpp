// Measures of a plain edge list: what `ovillo network EDGES.csv --measures ...` prints.
//
// The list is read as one undirected graph without loops; parallel rows add up their weights.
// docs/formats/network.md describes file and table.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/network/edge_list.hpp"

namespace ovillo::network {

enum class Measure : std::uint8_t {
  component,             ///< first node, in byte order of names, of the node's connected component
  degree,                ///< neighbours
  strength,              ///< sum of weights
  coreness,              ///< largest k such that the node is in a k-core
  articulation_point,    ///< 1 where the component falls apart without the node
  bridges,               ///< edges at the node without which the component falls apart
  betweenness,           ///< exact, edges as one step each, unordered pairs; three decimals
  pagerank,              ///< damping 0.85, by weight; nine decimals
  community,             ///< CPM (Leiden); first node of the community
  modularity_community,  ///< modularity (Leiden); first node of the community
  closeness,             ///< nodes reached over the sum of steps, by share reached; nine decimals
  harmonic_closeness,    ///< mean of 1 / steps to each other node; nine decimals
  core_periphery,        ///< 1 in the core, 0 outside: discrete model of Borgatti and Everett
  betweenness_pivots,    ///< estimated from some sources; three decimals
  betweenness_pivots_error,  ///< how far the estimate may be off, for all nodes at 95 %
};
std::span<const std::string_view> names(Measure);

/// Reads "degree,betweenness". Order and repeats are kept.
/// @error network.unknown_measure, with the word and the ones there are.
Result<std::vector<Measure>> parse_measures(std::string_view list);

struct MeasureOptions {
  double gamma = 0.05;         ///< for community: weight per pair of nodes, in units of the file
  std::size_t n_pivots = 100;  ///< for betweenness_pivots: sources drawn
  std::uint64_t seed = 1;      ///< for betweenness_pivots: of the draw
};

struct MeasureColumn {
  Measure measure;
  StringColumn value;  ///< per node; numbers in plain decimal, ready to print
};

struct MeasureTable {
  StringColumn node;  ///< ascending by bytes
  std::vector<MeasureColumn> columns;
  std::vector<EdgeReject> rejects;  ///< ascending by row
  /// A sentence each on what was asked for: Freeman's centralisation, the fit of a core, the bound
  /// of an estimate, modularity.
  std::vector<std::string> notes;
  std::uint64_t n_edges = 0;     ///< pairs joined
  std::uint64_t n_loops = 0;     ///< rows from a node to itself: left out (the node stays)
  std::uint64_t n_parallel = 0;  ///< rows whose pair had been named before, either way round
};

/// @return  rows taken + rejects = rows given; the same table for any order of rows (rejects
/// aside).
/// @error   network.weights_too_large when the weights of the file do not fit 31 bits together with
///          their decimals.
/// @cost    as the dearest measure asked for; betweenness is O(n m).
Result<MeasureTable> measure(const EdgeList& edges, std::span<const Measure> measures,
                             const MeasureOptions& options = {});

}  // namespace ovillo::network
