// A plain list of edges, read as one undirected graph without loops; parallel rows add up their
// weights. docs/formats/network.md describes the file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/graph/csr.hpp"

namespace ovillo::network {

struct EdgeList {
  StringColumn a;
  StringColumn b;
  StringColumn weight;  ///< positive decimals with a point; empty column or empty cell: 1
};

/// A row that took no part, and why: network.empty_node or network.bad_weight.
struct EdgeReject {
  std::uint64_t row;  ///< 0-based in the edge list
  ErrorCode code;
};

struct NamedGraph {
  StringColumn node;  ///< ascending by bytes
  graph::Csr graph;   ///< weights in units of 10^-decimals
  int decimals = 0;
  std::vector<EdgeReject> rejects;  ///< ascending by row
  std::uint64_t n_edges = 0;        ///< pairs joined
  std::uint64_t n_loops = 0;        ///< rows from a node to itself: left out (the node stays)
  std::uint64_t n_parallel = 0;     ///< rows whose pair had been named before, either way round

  [[nodiscard]] std::optional<graph::Node> find(std::string_view name) const;
};

enum class Weights : std::uint8_t {
  stated,  ///< those of the list; parallel rows add up
  one,     ///< whatever the list says, every pair weighs 1: no row is set aside for its weight
};

/// @return  rows taken + rejects = rows given; the same graph for any order of rows.
/// @error   network.weights_too_large when the weights of the file do not fit 31 bits together with
///          their decimals.
/// @cost    O(m log m).
Result<NamedGraph> read_graph(const EdgeList& edges, Weights weights = Weights::stated);

/// @param exponent  0 to 18.
std::int64_t power_of_ten(int exponent);

/// unscaled / 10^decimals in plain decimal, all decimals written.
std::string decimal(std::int64_t unscaled, int decimals);

}  // namespace ovillo::network
