#include "ovillo/flow/network_file.hpp"

#include <ostream>

#include <fmt/format.h>

#include "ovillo/flow/plain_table.hpp"
#include "ovillo/network/measures.hpp"

namespace ovillo::flow {

namespace {

Result<network::EdgeList> read_edges(const NetworkFileOrder& order, std::ostream& warn) {
  network::EdgeList edges;
  OVILLO_CHECK(read_plain(order.path, warn, [&](const RecordBatch& batch) -> Result<void> {
    if (batch.columns.size() < 2)
      return Error(ErrorCode::flow_no_such_column, "an edge list has two columns of nodes",
                   Locus{order.path, {}, {}, {}, {}});
    OVILLO_TRY(const auto from,
               column_at(batch, order.from.empty() ? batch.columns[0].name : order.from));
    OVILLO_TRY(const auto to,
               column_at(batch, order.to.empty() ? batch.columns[1].name : order.to));
    OVILLO_TRY(const auto weight, column_at(batch, order.weight));
    for (std::size_t row = 0; row < batch.size(); ++row) {
      edges.a.push_back(cell(batch, row, from));
      edges.b.push_back(cell(batch, row, to));
      if (weight != kNoColumn) edges.weight.push_back(cell(batch, row, weight));
    }
    return {};
  }));
  return edges;
}

}  // namespace

Result<void> measure_file(const NetworkFileOrder& order, std::ostream& out, std::ostream& warn) {
  OVILLO_TRY(const auto measures,
             network::parse_measures(order.measures.empty() ? "degree,component" : order.measures));
  OVILLO_TRY(const auto edges, read_edges(order, warn));
  OVILLO_TRY(const auto table, network::measure(edges, measures));
  for (const network::EdgeReject& reject : table.rejects)
    warn << fmt::format("{}: row {}: {}\n", order.path, reject.row + 1,
                        Error(reject.code).message());
  out << "node";
  for (const auto& column : table.columns) out << ',' << name_of(column.measure);
  out << '\n';
  for (std::size_t n = 0; n < table.node.size(); ++n) {
    out << csv_cell(table.node[n]);
    for (const auto& column : table.columns) out << ',' << csv_cell(column.value[n]);
    out << '\n';
  }
  return {};
}

std::string measure_names() {
  return fmt::format("{}", fmt::join(network::names(network::Measure{}), ", "));
}

}  // namespace ovillo::flow
