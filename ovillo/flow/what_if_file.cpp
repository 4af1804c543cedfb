#include "ovillo/flow/what_if_file.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>
#include <ostream>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/flow/candidates_file.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/network/candidates.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;
using network::WhatIfAnswer;
using network::WhatIfMeasure;

template <class Enum>
Result<Enum> word_option(const std::string& option, const std::string& word) {
  if (word.empty()) return Enum{};
  if (const auto known = from_name<Enum>(word)) return *known;
  return Error(ErrorCode::base_bad_argument,
               fmt::format("--{} is one of {}, not \"{}\"", option,
                           fmt::join(network::names(Enum{}), ", "), word));
}

std::optional<unsigned> whole(std::string_view text) {
  unsigned number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<network::WhatIfOptions> options_of(const WhatIfFileOrder& order) {
  network::WhatIfOptions out;
  OVILLO_TRY(out.measure, word_option<WhatIfMeasure>("measure", order.measure));
  OVILLO_TRY(out.substitution,
             word_option<network::Substitution>("substitution", order.substitution));
  if (!order.k.empty()) {
    const std::size_t dots = order.k.find("..");
    const auto from = whole(order.k.substr(0, dots));
    const auto to = dots == std::string::npos ? from : whole(order.k.substr(dots + 2));
    if (!from || !to)
      return Error(ErrorCode::base_bad_argument,
                   "--k takes a number or a range such as 1..6, not \"" + order.k + "\"");
    out.k_from = *from;
    out.k_to = *to;
  }
  // Beyond what is checked there, the numbers only need to fit.
  out.missing_percent = static_cast<unsigned>(std::min<std::uint64_t>(order.missing_percent, 1000));
  out.reach_steps = static_cast<unsigned>(std::min<std::uint64_t>(order.reach_steps, 1U << 20U));
  out.seed = order.seed;
  return out;
}

/// Who may be in a set, and how to say so.
struct Choice {
  std::vector<graph::Node> nodes;
  bool persons = false;  ///< a named officer recorded them
  network::Entrants entrants;
  std::uint64_t n_not_in_network = 0;

  [[nodiscard]] std::string sentence() const {
    if (!persons)
      return "These are sets of nodes, not persons: nobody has recorded who is suspected of what.";
    return fmt::format(
        "In these sets are only accounts, companies and those whom a named officer recorded as "
        "suspect or convicted: {} of the {} names given; {} stay out as protected, {} as "
        "unclassified, {} because no officer and date stand beside the suspicion, {} are not in "
        "the network.",
        nodes.size(),
        entrants.may.size() + entrants.n_out[0] + entrants.n_out[1] + entrants.n_out[2],
        entrants.n_out[0], entrants.n_out[1], entrants.n_out[2], n_not_in_network);
  }
};

Result<Choice> choose(const std::string& path, const network::NamedGraph& network,
                      std::ostream& warn) {
  Choice out;
  if (path.empty()) {
    out.nodes.resize(network.node.size());
    std::iota(out.nodes.begin(), out.nodes.end(), graph::Node{0});
    return out;
  }
  OVILLO_TRY(const auto rows, read_candidates(path, warn));
  auto entrants = network::who_may_enter(rows);
  if (!entrants) {
    Locus where = entrants.error().locus();
    where.file = path;
    return entrants.error().at(where);
  }
  out.entrants = std::move(*entrants);
  out.persons = out.entrants.with_categories;
  for (const std::string& name : out.entrants.may) {
    if (const auto node = network.find(name)) {
      out.nodes.push_back(*node);
    } else {
      ++out.n_not_in_network;
    }
  }
  if (out.nodes.empty())
    return Error(ErrorCode::network_no_candidates, out.persons ? out.sentence() : std::string(),
                 Locus{path, {}, {}, {}, {}});
  return out;
}

Result<std::vector<std::string>> read_roles(const std::string& path,
                                            const network::NamedGraph& network,
                                            std::ostream& warn) {
  std::vector<std::string> out;
  if (path.empty()) return out;
  out.resize(network.node.size());
  OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    OVILLO_TRY(const auto name, column_at(batch, "name"));
    OVILLO_TRY(const auto role, column_at(batch, "role"));
    for (std::size_t row = 0; row < batch.size(); ++row) {
      const auto node = network.find(cell(batch, row, name));
      // Of several roles the first in byte order, whatever the order of rows.
      const auto said = cell(batch, row, role);
      if (node && !said.empty() && (out[*node].empty() || said < out[*node])) out[*node] = said;
    }
    return {};
  }));
  return out;
}

std::string_view bound_name(WhatIfMeasure measure) {
  return measure == WhatIfMeasure::largest_component ? "lower_bound" : "upper_bound";
}

Json json_of(const WhatIfAnswer& answer, const network::NamedGraph& network,
             const network::WhatIfOptions& options) {
  // Values are decimals with few digits: as numbers they print back as they were.
  const auto number = [](const std::string& text) { return Json::parse(text); };
  Json out = {{"k", answer.k},
              {"value", number(answer.value)},
              {"proof", answer.exact ? "exact" : "bound"},
              {bound_name(options.measure), number(answer.bound)},
              {"n_ties", answer.n_ties ? Json(*answer.n_ties) : Json()},
              {"n_ties_saturated", answer.n_ties_saturated},
              {"ties_listed", answer.sets.size()}};
  Json sets = Json::array();
  for (const auto& set : answer.sets) {
    Json members = Json::array();
    for (const graph::Node node : set) members.push_back(network.node[node]);
    sets.push_back(std::move(members));
  }
  out["sets"] = std::move(sets);
  if (answer.after_substitution)
    out["after_substitution"] = {{"lowest", number(answer.after_substitution->lowest)},
                                 {"highest", number(answer.after_substitution->highest)}};
  if (answer.missing)
    out["missing_links"] = {{"percent", options.missing_percent},
                            {"n_runs", answer.missing->n_runs},
                            {"n_same_set_best", answer.missing->n_same_set_best},
                            {"lowest", number(answer.missing->value.lowest)},
                            {"highest", number(answer.missing->value.highest)}};
  return out;
}

void write_json(const std::vector<WhatIfAnswer>& answers, const network::NamedGraph& network,
                const network::WhatIfOptions& options, const Choice& choice, std::ostream& out) {
  Json document = {{"measure", name_of(options.measure)},
                   {"n_nodes", network.node.size()},
                   {"n_links", network.graph.n_edges()},
                   {"made_of", choice.persons ? "recorded" : "nodes"},
                   {"note", choice.sentence()}};
  if (options.measure == WhatIfMeasure::kpp_pos) document["reach_steps"] = options.reach_steps;
  document["substitution"] = name_of(options.substitution);
  document["seed"] = options.seed;
  Json list = Json::array();
  for (const WhatIfAnswer& answer : answers) list.push_back(json_of(answer, network, options));
  document["answers"] = std::move(list);
  out << document.dump(1, ' ', false, Json::error_handler_t::replace) << '\n';
}

/// Names in one cell, joined by "; "; a semicolon or backslash in a name follows a backslash.
std::string joined(const std::vector<graph::Node>& set, const network::NamedGraph& network) {
  std::string out;
  for (const graph::Node node : set) {
    if (!out.empty()) out += "; ";
    for (const char c : network.node[node]) {
      if (c == ';' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out;
}

void write_csv(const std::vector<WhatIfAnswer>& answers, const network::NamedGraph& network,
               const network::WhatIfOptions& options, std::ostream& out) {
  const bool substituted = options.substitution != network::Substitution::none;
  const bool missing = options.missing_percent > 0;
  out << "k,value,proof," << bound_name(options.measure) << ",n_ties,ties_listed,tie,set";
  if (substituted) out << ",after_substitution_lowest,after_substitution_highest";
  if (missing) out << ",missing_n_runs,missing_n_same_set_best,missing_lowest,missing_highest";
  out << '\n';
  for (const WhatIfAnswer& answer : answers) {
    std::string behind;
    if (substituted)
      behind += fmt::format(",{},{}", answer.after_substitution->lowest,
                            answer.after_substitution->highest);
    if (missing)
      behind += fmt::format(",{},{},{},{}", answer.missing->n_runs, answer.missing->n_same_set_best,
                            answer.missing->value.lowest, answer.missing->value.highest);
    for (std::size_t tie = 0; tie < answer.sets.size(); ++tie)
      out << fmt::format("{},{},{},{},{}{},{},{},{}{}\n", answer.k, answer.value,
                         answer.exact ? "exact" : "bound", answer.bound,
                         answer.n_ties ? fmt::format("{}", *answer.n_ties) : "",
                         answer.n_ties_saturated ? "+" : "", answer.sets.size(), tie + 1,
                         csv_cell(joined(answer.sets[tie], network)), behind);
  }
}

}  // namespace

Result<void> what_if_file(const WhatIfFileOrder& order, std::ostream& out, std::ostream& warn) {
  OVILLO_TRY(const auto options, options_of(order));
  OVILLO_TRY(const auto network, read_graph(order.path, order.columns, warn));
  OVILLO_TRY(const auto choice, choose(order.candidates, network, warn));
  OVILLO_TRY(const auto role, read_roles(order.roles, network, warn));
  OVILLO_TRY(const auto answers, network::what_if(network.graph, choice.nodes, role, options));
  if (order.format == WhatIfFormat::json) {
    write_json(answers, network, options, choice, out);
    return {};
  }
  warn << choice.sentence() << '\n';
  write_csv(answers, network, options, out);
  return {};
}

}  // namespace ovillo::flow
