#include "ovillo/flow/network_what_if.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include <nlohmann/json.hpp>

#include "ovillo/base/time.hpp"
#include "ovillo/casework/cases.hpp"
#include "ovillo/flow/show.hpp"
#include "ovillo/graph/components.hpp"
#include "ovillo/network/candidates.hpp"
#include "ovillo/network/what_if.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

// Enough for an exact answer on most networks of some dozens, and below a second on any.
constexpr std::uint64_t kMaxSteps = 20'000;

void add_row(network::CandidateList& rows, std::string_view name, network::Category category,
             std::string_view by = {}, std::string_view date = {}) {
  rows.name.push_back(name);
  rows.category.push_back(name_of(category));
  rows.recorded_by.push_back(by);
  rows.date.push_back(date);
}

network::Category candidate_of(casework::Category category) {
  switch (category) {
    case casework::Category::presumed_victim:
      return network::Category::presumed_victim;
    case casework::Category::witness:
      return network::Category::witness;
    case casework::Category::bystander:
      return network::Category::bystander;
    case casework::Category::contact:
      return network::Category::contact;
    case casework::Category::suspect:
      return network::Category::suspect;
    case casework::Category::convicted:
      return network::Category::convicted;
  }
  return network::Category::unclassified;
}

/// Every capacity in which a case of the view names somebody, by the subject as written.
using Capacities = std::multimap<std::string, const casework::CaseEvent*, std::less<>>;

Capacities capacities_in(const std::vector<casework::CaseFolder>& folders) {
  Capacities out;
  for (const casework::CaseFolder& folder : folders)
    for (const casework::Entry& entry : folder.entries)
      if (entry.event.kind == casework::EventKind::category && !entry.withdrawn_by)
        out.emplace(entry.event.subject, &entry.event);
  return out;
}

network::CandidateList candidates_in(const NetworkPage& page, const Capacities& capacities) {
  network::CandidateList rows;
  for (const NetworkMember& member : page.members) {
    const std::string id = member.id.hex();
    switch (member.kind) {
      case EntityKind::iban:
      case EntityKind::account:
      case EntityKind::card:
      case EntityKind::wallet:
        add_row(rows, id, network::Category::account);
        break;
      case EntityKind::company:
        add_row(rows, id, network::Category::company);
        break;
      case EntityKind::person:
        add_row(rows, id, network::Category::unclassified);
        break;
      default:
        continue;
    }
    for (const std::string& subject : {member.canonical, id}) {
      const auto [first, last] = capacities.equal_range(subject);
      for (auto at = first; at != last; ++at) {
        const auto category = from_name<casework::Category>(at->second->value);
        if (category)
          add_row(rows, id, candidate_of(*category), at->second->by,
                  format_utc(at->second->at_utc_s));
      }
    }
  }
  return rows;
}

std::uint64_t number_in(const std::string& text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::uint64_t largest_in(const graph::Csr& graph) {
  std::map<graph::Node, std::uint64_t> size;
  std::uint64_t most = 0;
  for (const graph::Node label : graph::connected_components(graph))
    most = std::max(most, ++size[label]);
  return most;
}

NetworkSets sets_of(const network::WhatIfAnswer& answer, const NetworkPage& page) {
  NetworkSets out{answer.k,     number_in(answer.value), number_in(answer.bound),
                  answer.exact, answer.n_ties,           {}};
  for (const auto& set : answer.sets) {
    if (out.sets.size() == NetworkSets::kShown) break;
    std::vector<EntityId> members;
    for (const graph::Node node : set) members.push_back(page.members[node].id);
    out.sets.push_back(std::move(members));
  }
  return out;
}

}  // namespace

Result<NetworkWhatIf> network_what_if(CaseFile& file, std::string_view id_or_key) {
  OVILLO_TRY(const auto page, network_page(file, id_or_key));
  OVILLO_TRY(const auto folders, casework::cases(file.workspace(), file.view()));
  OVILLO_TRY(const auto entrants,
             network::who_may_enter(candidates_in(page, capacities_in(folders))));
  NetworkWhatIf out;
  out.id = page.id;
  out.n_members = page.members.size();
  out.n_may = entrants.may.size();
  out.n_out = entrants.n_out;
  std::vector<graph::Edge> edges;
  for (const NetworkLink& link : page.links)
    edges.push_back({static_cast<graph::Node>(link.a), static_cast<graph::Node>(link.b), 1});
  const graph::Csr graph(page.members.size(), edges);
  out.largest = largest_in(graph);
  std::vector<graph::Node> may;
  for (graph::Node node = 0; node < page.members.size(); ++node)
    if (std::ranges::binary_search(entrants.may, page.members[node].id.hex())) may.push_back(node);
  if (may.empty()) return out;
  network::WhatIfOptions options;
  options.k_to = static_cast<unsigned>(std::min<std::size_t>(NetworkWhatIf::kMost, may.size()));
  options.max_steps = kMaxSteps;
  OVILLO_TRY(const auto answers, network::what_if(graph, may, {}, options));
  for (const network::WhatIfAnswer& answer : answers) out.answers.push_back(sets_of(answer, page));
  return out;
}

std::string to_json(const NetworkWhatIf& answer) {
  using Json = nlohmann::ordered_json;
  Json out = {{"id", answer.id.hex()},
              {"n_members", answer.n_members},
              {"largest", answer.largest},
              {"n_may", answer.n_may}};
  Json stay_out = Json::object();
  for (std::size_t i = 0; i < answer.n_out.size(); ++i)
    stay_out[std::string(name_of(static_cast<network::StaysOut>(i)))] = answer.n_out[i];
  out["n_out"] = std::move(stay_out);
  Json answers = Json::array();
  for (const NetworkSets& one : answer.answers) {
    Json sets = Json::array();
    for (const auto& set : one.sets) {
      Json members = Json::array();
      for (const EntityId& id : set) members.push_back(id.hex());
      sets.push_back(std::move(members));
    }
    answers.push_back({{"k", one.k},
                       {"largest", one.largest},
                       {"lower_bound", one.bound},
                       {"proof", one.exact ? "exact" : "bound"},
                       {"n_sets", one.n_sets ? Json(*one.n_sets) : Json()},
                       {"sets", std::move(sets)}});
  }
  out["answers"] = std::move(answers);
  return out.dump();
}

}  // namespace ovillo::flow
