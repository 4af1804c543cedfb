// A plain file read as a list of links.
#pragma once

#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/network/edge_list.hpp"
#include "ovillo/network/measures.hpp"
#include "ovillo/network/over_time.hpp"

namespace ovillo::flow {

struct EdgeColumns {
  std::string from;    ///< column; empty: the first
  std::string to;      ///< column; empty: the second
  std::string weight;  ///< column; empty: every edge weighs 1
};

/// @error flow.no_such_column, intake.*.
Result<network::EdgeList> read_edges(const std::string& path, const EdgeColumns& columns,
                                     std::ostream& warn);

struct TimeColumns {
  std::string start;  ///< column
  std::string end;    ///< column; empty: links that began still hold
};

/// The same with the interval of every link. @error base.bad_argument without a start column.
Result<network::TimedEdgeList> read_timed_edges(const std::string& path, const EdgeColumns& columns,
                                                const TimeColumns& times, std::ostream& warn);

/// As read_edges, as a graph of names with links that all weigh 1; rows set aside are told on
/// `warn`. @error network.no_edges.
Result<network::NamedGraph> read_graph(const std::string& path, const EdgeColumns& columns,
                                       std::ostream& warn);

}  // namespace ovillo::flow
