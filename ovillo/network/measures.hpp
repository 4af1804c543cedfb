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

namespace ovillo::network {

enum class Measure : std::uint8_t {
  component,           ///< first node, in byte order of names, of the node's connected component
  degree,              ///< neighbours
  strength,            ///< sum of weights
  coreness,            ///< largest k such that the node is in a k-core
  articulation_point,  ///< 1 where the component falls apart without the node
  bridges,             ///< edges at the node without which the component falls apart
  betweenness,         ///< exact, edges as one step each, unordered pairs; three decimals
  pagerank,            ///< damping 0.85, by weight; nine decimals
  community,           ///< CPM (Leiden); first node of the community
};
std::span<const std::string_view> names(Measure);

/// Reads "degree,betweenness". Order and repeats are kept.
/// @error network.unknown_measure, with the word and the ones there are.
Result<std::vector<Measure>> parse_measures(std::string_view list);

struct EdgeList {
  StringColumn a;
  StringColumn b;
  StringColumn weight;  ///< positive decimals with a point; empty column or empty cell: 1
};

struct MeasureOptions {
  double gamma = 0.05;  ///< for community: weight per pair of nodes, in units of the file
};

/// A row that took no part, and why: network.empty_node or network.bad_weight.
struct EdgeReject {
  std::uint64_t row;  ///< 0-based in the edge list
  ErrorCode code;
};

struct MeasureColumn {
  Measure measure;
  StringColumn value;  ///< per node; numbers in plain decimal, ready to print
};

struct MeasureTable {
  StringColumn node;  ///< ascending by bytes
  std::vector<MeasureColumn> columns;
  std::vector<EdgeReject> rejects;  ///< ascending by row
  std::uint64_t n_edges = 0;        ///< pairs joined
  std::uint64_t n_loops = 0;        ///< rows from a node to itself: left out (the node stays)
  std::uint64_t n_parallel = 0;     ///< rows whose pair had been named before, either way round
};

/// @return  rows taken + rejects = rows given; the same table for any order of rows (rejects
/// aside).
/// @error   network.weights_too_large when the weights of the file do not fit 31 bits together with
///          their decimals.
/// @cost    as the dearest measure asked for; betweenness is O(n m).
Result<MeasureTable> measure(const EdgeList& edges, std::span<const Measure> measures,
                             const MeasureOptions& options = {});

}  // namespace ovillo::network
