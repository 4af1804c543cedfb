#include "ovillo/flow/network_file.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <ostream>
#include <span>
#include <system_error>

#include <fmt/format.h>

#include "ovillo/base/time.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/graph/path.hpp"
#include "ovillo/network/disruption.hpp"
#include "ovillo/network/edge_list.hpp"
#include "ovillo/network/measures.hpp"
#include "ovillo/network/over_time.hpp"

namespace ovillo::flow {

namespace {

/// A day, or a moment, as typed. @error base.bad_argument, naming the option.
Result<Time> moment(const std::string& text, const std::string& option) {
  const auto time = parse_time(text, Zone::utc(), DateOrder::day_first);
  if (time) return *time;
  return Error(ErrorCode::base_bad_argument,
               fmt::format("--{} takes a day such as 2026-11-22, not \"{}\"", option, text));
}

/// A whole number of at least 1. @error base.bad_argument, naming the option.
Result<std::uint64_t> whole_number(const std::string& text, const std::string& option) {
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || out == 0)
    return Error(ErrorCode::base_bad_argument,
                 fmt::format("--{} is a whole number from 1 on, not \"{}\"", option, text));
  return out;
}

void tell_rejects(const NetworkFileOrder& file, std::span<const network::EdgeReject> rejects,
                  std::ostream& warn) {
  for (const network::EdgeReject& reject : rejects)
    warn << fmt::format("{}: row {}: {}\n", file.path, reject.row + 1,
                        Error(reject.code).message());
}

/// All links of the file, or those of the moment asked for.
Result<network::EdgeList> edges_of(const NetworkFileOrder& file, std::ostream& warn) {
  if (file.at.empty()) return read_edges(file.path, file.columns, warn);
  OVILLO_TRY(const Time when, moment(file.at, "at"));
  OVILLO_TRY(const auto list, read_timed_edges(file.path, file.columns, file.times, warn));
  auto snapshot = network::network_at(list, when);
  tell_rejects(file, snapshot.rejects, warn);
  return std::move(snapshot.edges);
}

Result<network::NamedGraph> read_named(const NetworkFileOrder& file, std::ostream& warn) {
  OVILLO_TRY(const auto edges, edges_of(file, warn));
  OVILLO_TRY(auto graph, network::read_graph(edges));
  tell_rejects(file, graph.rejects, warn);
  return graph;
}

/// "5" or "5%" of n, rounded down, at least 1.
Result<std::size_t> block_of(const std::string& text, std::size_t n) {
  if (text.empty()) return std::size_t{1};
  if (!text.ends_with('%')) return whole_number(text, "block");
  OVILLO_TRY(const std::uint64_t percent, whole_number(text.substr(0, text.size() - 1), "block"));
  if (percent > 100)
    return Error(ErrorCode::base_bad_argument, "--block is at most 100%, not \"" + text + "\"");
  return std::max<std::size_t>(1, n * percent / 100);
}

std::int32_t weight_of(const graph::Csr& graph, graph::Node a, graph::Node b) {
  const auto neighbours = graph.neighbours(a);
  const auto at = std::lower_bound(neighbours.begin(), neighbours.end(), b);
  return graph.weights(a)[static_cast<std::size_t>(at - neighbours.begin())];
}

void print_path(const network::NamedGraph& named, std::string_view kind,
                const std::vector<graph::Node>& path, std::ostream& out) {
  for (std::size_t i = 0; i < path.size(); ++i)
    out << fmt::format(
        "{},{},{},{}\n", kind, i, csv_cell(named.node[path[i]]),
        i == 0 ? ""
               : network::decimal(weight_of(named.graph, path[i - 1], path[i]), named.decimals));
}

}  // namespace

Result<void> measure_file(const NetworkFileOrder& file, const MeasureOrder& order,
                          std::ostream& out, std::ostream& warn) {
  OVILLO_TRY(const auto measures,
             network::parse_measures(order.measures.empty() ? "degree,component" : order.measures));
  network::MeasureOptions options;
  if (!order.pivots.empty()) {
    OVILLO_TRY(options.n_pivots, whole_number(order.pivots, "pivots"));
  }
  if (!order.seed.empty()) {
    OVILLO_TRY(options.seed, whole_number(order.seed, "seed"));
  }
  OVILLO_TRY(const auto edges, edges_of(file, warn));
  OVILLO_TRY(const auto table, network::measure(edges, measures, options));
  tell_rejects(file, table.rejects, warn);
  for (const std::string& note : table.notes) warn << note << '\n';
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

Result<void> disrupt_file(const NetworkFileOrder& file, const DisruptionFileOrder& order,
                          std::ostream& out, std::ostream& warn) {
  const auto known = network::names(network::DisruptionOrder{});
  const auto at = std::find(known.begin(), known.end(), order.order);
  if (at == known.end())
    return Error(ErrorCode::base_bad_argument, fmt::format("--disruption is {}, not \"{}\"",
                                                           fmt::join(known, " or "), order.order));
  network::DisruptionOptions options;
  options.order = static_cast<network::DisruptionOrder>(at - known.begin());
  if (!order.steps.empty()) {
    OVILLO_TRY(options.max_steps, whole_number(order.steps, "steps"));
  }
  OVILLO_TRY(const auto named, read_named(file, warn));
  OVILLO_TRY(options.block, block_of(order.block, named.graph.n_nodes()));
  out << "step,node,largest,share\n";
  const auto curve = network::disruption_curve(named.graph, options);
  for (std::size_t step = 0; step < curve.size(); ++step) {
    const auto& [removed, largest, share] = curve[step];
    const std::string figures = fmt::format("{},{:.6f}\n", largest, share);
    if (step == 0) out << "0,," << figures;
    for (const graph::Node v : removed)
      out << step << ',' << csv_cell(named.node[v]) << ',' << figures;
  }
  return {};
}

Result<void> path_file(const NetworkFileOrder& file, const std::vector<std::string>& ends,
                       std::ostream& out, std::ostream& warn) {
  if (ends.size() != 2)
    return Error(ErrorCode::base_bad_argument, "--path is given twice: where from and where to");
  OVILLO_TRY(const auto named, read_named(file, warn));
  std::vector<graph::Node> node;
  for (const std::string& end : ends) {
    const auto found = named.find(end);
    if (!found)
      return Error(ErrorCode::base_bad_argument, "--path: no node of the file is \"" + end + "\"");
    node.push_back(*found);
  }
  out << "path,step,node,weight\n";
  print_path(named, "shortest", graph::shortest_path(named.graph, node[0], node[1]), out);
  print_path(named, "strongest", graph::strongest_path(named.graph, node[0], node[1]), out);
  print_path(named, "best_product", graph::best_product_path(named.graph, node[0], node[1]), out);
  return {};
}

Result<void> changes_file(const NetworkFileOrder& file, const std::vector<std::string>& days,
                          std::ostream& out, std::ostream& warn) {
  if (days.size() != 2)
    return Error(ErrorCode::base_bad_argument, "--changes is given twice: before and after");
  OVILLO_TRY(const Time first, moment(days[0], "changes"));
  OVILLO_TRY(const Time second, moment(days[1], "changes"));
  OVILLO_TRY(const auto list, read_timed_edges(file.path, file.columns, file.times, warn));
  const auto before = network::network_at(list, first);
  const auto after = network::network_at(list, second);
  tell_rejects(file, before.rejects, warn);
  const auto changes = network::changes(before.edges, after.edges, network::Grouping::component);
  warn << fmt::format("links: {} begun, {} ended, {} stayed\n", changes.n_links_begun,
                      changes.n_links_ended, changes.n_links_kept);
  out << "event,before,after,n_before,n_after,n_stayed\n";
  for (const network::GroupChange& group : changes.groups)
    out << fmt::format("{},{},{},{},{},{}\n", name_of(group.event),
                       csv_cell(fmt::format("{}", fmt::join(group.before, "; "))),
                       csv_cell(fmt::format("{}", fmt::join(group.after, "; "))), group.n_before,
                       group.n_after, group.n_stayed);
  return {};
}

std::string disruption_names() {
  return fmt::format("{}", fmt::join(network::names(network::DisruptionOrder{}), ", "));
}

std::string measure_names() {
  return fmt::format("{}", fmt::join(network::names(network::Measure{}), ", "));
}

}  // namespace ovillo::flow
