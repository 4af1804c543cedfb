#include "ovillo/flow/edge_file.hpp"

#include <ostream>

#include <fmt/format.h>

#include "ovillo/flow/plain_table.hpp"

namespace ovillo::flow {

namespace {

Result<network::TimedEdgeList> read_rows(const std::string& path, const EdgeColumns& columns,
                                         const TimeColumns& times, std::ostream& warn) {
  network::TimedEdgeList out;
  OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    if (batch.columns.size() < 2)
      return Error(ErrorCode::flow_no_such_column, "an edge list has two columns of nodes",
                   Locus{path, {}, {}, {}, {}});
    OVILLO_TRY(const auto from,
               column_at(batch, columns.from.empty() ? batch.columns[0].name : columns.from));
    OVILLO_TRY(const auto to,
               column_at(batch, columns.to.empty() ? batch.columns[1].name : columns.to));
    OVILLO_TRY(const auto weight, column_at(batch, columns.weight));
    OVILLO_TRY(const auto start, column_at(batch, times.start));
    OVILLO_TRY(const auto end, column_at(batch, times.end));
    for (std::size_t row = 0; row < batch.size(); ++row) {
      out.edges.a.push_back(cell(batch, row, from));
      out.edges.b.push_back(cell(batch, row, to));
      if (weight != kNoColumn) out.edges.weight.push_back(cell(batch, row, weight));
      if (start != kNoColumn) out.start.push_back(cell(batch, row, start));
      if (end != kNoColumn) out.end.push_back(cell(batch, row, end));
    }
    return {};
  }));
  return out;
}

}  // namespace

Result<network::EdgeList> read_edges(const std::string& path, const EdgeColumns& columns,
                                     std::ostream& warn) {
  OVILLO_TRY(auto rows, read_rows(path, columns, {}, warn));
  return std::move(rows.edges);
}

Result<network::TimedEdgeList> read_timed_edges(const std::string& path, const EdgeColumns& columns,
                                                const TimeColumns& times, std::ostream& warn) {
  if (times.start.empty())
    return Error(ErrorCode::base_bad_argument,
                 "--start COLUMN is needed: from when on a link holds");
  return read_rows(path, columns, times, warn);
}

Result<network::NamedGraph> read_graph(const std::string& path, const EdgeColumns& columns,
                                       std::ostream& warn) {
  OVILLO_TRY(const auto edges, read_edges(path, columns, warn));
  OVILLO_TRY(auto network, network::read_graph(edges, network::Weights::one));
  for (const network::EdgeReject& reject : network.rejects)
    warn << fmt::format("{}: row {}: {}\n", path, reject.row + 1, Error(reject.code).message());
  if (network.n_edges == 0)
    return Error(ErrorCode::network_no_edges, {}, Locus{path, {}, {}, {}, {}});
  return network;
}

}  // namespace ovillo::flow
