// `ovillo network EDGES.csv`: measures, disruption and paths of a plain edge list.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/edge_file.hpp"

namespace ovillo::flow {

struct NetworkFileOrder {
  std::string path;
  EdgeColumns columns;
  TimeColumns times;  ///< asked for with `at` and by changes_file
  std::string at;     ///< the network of that day or moment; empty: all links of the file
};

struct MeasureOrder {
  std::string measures;  ///< with commas; empty: degree, component
  std::string pivots;    ///< sources of betweenness_pivots; empty: 100
  std::string seed;      ///< of their draw; empty: 1
};

struct DisruptionFileOrder {
  std::string order;  ///< betweenness or degree
  std::string block;  ///< nodes taken out at a time, "5", or a share of all, "5%"; empty: 1
  std::string steps;  ///< empty: until no edge is left
};

/// CSV: node and one column per measure, nodes in byte order. Format: docs/formats/network.md.
/// Notes on what was measured go to `warn`.
/// @error flow.no_such_column, network.*, intake.*, base.bad_argument.
Result<void> measure_file(const NetworkFileOrder& file, const MeasureOrder& order,
                          std::ostream& out, std::ostream& warn);

/// CSV: step, node, largest, share; a row per node taken out, step 0 without one.
/// @error as measure_file.
Result<void> disrupt_file(const NetworkFileOrder& file, const DisruptionFileOrder& order,
                          std::ostream& out, std::ostream& warn);

/// CSV: path, step, node, weight; the shortest and the strongest path between two nodes, `weight`
/// of the link that leads to the node. No rows: nothing joins the two.
/// @error as measure_file; base.bad_argument when `ends` are not two nodes of the file.
Result<void> path_file(const NetworkFileOrder& file, const std::vector<std::string>& ends,
                       std::ostream& out, std::ostream& warn);

/// CSV: event,before,after,n_before,n_after,n_stayed: what appeared, went, split, merged between
/// two days. How many links began, ended and stayed is told on `warn`.
/// @param days  two. @error as measure_file; base.bad_argument without --start.
Result<void> changes_file(const NetworkFileOrder& file, const std::vector<std::string>& days,
                          std::ostream& out, std::ostream& warn);

/// The orders of removal there are: "betweenness, degree", for help.
std::string disruption_names();

/// The measures there are: "component, degree, ...", for help.
std::string measure_names();

}  // namespace ovillo::flow
