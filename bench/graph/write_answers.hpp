// Our answers and their CPU seconds in files, for rivals that are no C++ library.
#pragma once

#include <cstddef>
#include <string>

namespace ovillo::bench {

/// Writes into `folder`: edges.csv (a,b,weight of the simple graph), nodes.csv
/// (node,component,core, pagerank,betweenness; -1: not worked out) and seconds.csv
/// (task,seconds,answer).
/// @return  false: a file could not be written.
bool write_answers(std::size_t n_nodes, std::size_t n_edges, bool with_betweenness,
                   const std::string& folder);

}  // namespace ovillo::bench
