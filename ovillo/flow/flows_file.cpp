#include "ovillo/flow/flows_file.hpp"

#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/flow/plain_table.hpp"
#include "ovillo/money/shapes.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;

// Shapes numbered within their pattern: "cycle-1", "cycle-2", ...
std::vector<std::string> instance_names(const money::Shapes& shapes) {
  std::vector<std::string> out;
  std::size_t number = 0;
  for (std::size_t s = 0; s < shapes.shape.size(); ++s) {
    const bool same = s > 0 && shapes.shape[s].pattern == shapes.shape[s - 1].pattern;
    number = same ? number + 1 : 1;
    out.push_back(fmt::format("{}-{}", name_of(shapes.shape[s].pattern), number));
  }
  return out;
}

void write_csv(const money::Transfers& transfers, const money::Shapes& shapes, std::ostream& out) {
  const auto instances = instance_names(shapes);
  out << "tx_id,pattern,instance\n";
  for (std::size_t s = 0; s < shapes.shape.size(); ++s)
    for (const std::uint32_t i : shapes.shape[s].transfer)
      out << csv_cell(transfers.id[i]) << ',' << name_of(shapes.shape[s].pattern) << ','
          << instances[s] << '\n';
}

void write_json(const money::Transfers& transfers, const money::Shapes& shapes, std::ostream& out) {
  const auto instances = instance_names(shapes);
  Json list = Json::array();
  for (std::size_t s = 0; s < shapes.shape.size(); ++s) {
    Json rows = Json::array();
    for (const std::uint32_t i : shapes.shape[s].transfer)
      rows.push_back({{"tx_id", transfers.id[i]}, {"row", transfers.row[i]}});
    list.push_back({{"pattern", name_of(shapes.shape[s].pattern)},
                    {"instance", instances[s]},
                    {"expected_by_chance", fmt::format("{:.3g}", shapes.shape[s].expected)},
                    {"statement", "inference"},
                    {"transfers", std::move(rows)}});
  }
  out << Json{{"n_transfers", transfers.size()},
              {"n_cut", shapes.n_cut},
              {"shapes", std::move(list)}}
             .dump(2, ' ', false, Json::error_handler_t::replace)
      << '\n';
}

}  // namespace

void write_flows(const money::Transfers& transfers, FlowsFormat format, std::ostream& out,
                 std::ostream& warn) {
  const money::Shapes shapes = money::find_shapes(transfers, {});
  if (shapes.n_cut > 0)
    warn << fmt::format("the search was cut short at {} transfers: shapes there may be missing\n",
                        shapes.n_cut);
  if (format == FlowsFormat::json) {
    write_json(transfers, shapes, out);
  } else {
    write_csv(transfers, shapes, out);
  }
}

Result<void> write_flows(const FlowsOrder& order, std::ostream& out, std::ostream& warn) {
  OVILLO_TRY(const auto transfers, read_transfers(order.path, order.columns, order.zone, warn));
  write_flows(transfers, order.format, out, warn);
  return {};
}

}  // namespace ovillo::flow
