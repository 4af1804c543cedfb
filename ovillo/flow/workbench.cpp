#include "ovillo/flow/workbench.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "ovillo/base/time.hpp"
#include "ovillo/casework/cases.hpp"
#include "ovillo/graph/layout.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json time_or_null(std::int64_t utc_s) {
  return utc_s == 0 ? Json(nullptr) : Json(format_utc(utc_s));
}

// A hundredth of a link is less than a screen shows.
double rounded(double value) { return std::round(value * 100) / 100; }

// Places named in one record, each once.
std::set<std::string_view> places_of(const Corpus& corpus, std::uint32_t record) {
  const FindBatch& finds = corpus.block(record).finds;
  const Range range = corpus.finds(record);
  std::set<std::string_view> places;
  for (std::size_t f = range.begin; f < range.end; ++f)
    if (finds.kind[f] == FindKind::place) places.insert(finds.canonical[f]);
  return places;
}

std::vector<LeadTown> most_named(const std::map<std::string_view, std::uint64_t>& n_of) {
  std::vector<LeadTown> towns;
  for (const auto& [place, n] : n_of) towns.push_back({std::string(place), n});
  std::ranges::stable_sort(towns, std::greater<>{}, &LeadTown::n_records);
  if (towns.size() > LeadFacts::kTowns) towns.resize(LeadFacts::kTowns);
  return towns;
}

// Ends of links between members, as nodes of the chart.
graph::Csr graph_of(const LinkTable& links, const std::map<std::uint32_t, graph::Node>& node_of) {
  std::vector<graph::Edge> edges;
  for (std::size_t l = 0; l < links.size(); ++l) {
    const auto a = node_of.find(links.a[l]);
    const auto b = node_of.find(links.b[l]);
    if (a != node_of.end() && b != node_of.end()) edges.push_back({a->second, b->second, 1});
  }
  return {node_of.size(), edges};
}

// @param members  entities in the order of the chart's places.
std::vector<ChartMoment> moments_of(const Corpus& corpus, const CaseFile::Inside& inside,
                                    const Network& network,
                                    const std::vector<std::uint32_t>& members) {
  std::vector<ChartMoment> all(network.records.size());
  const EntityTable& entities = inside.body.entities;
  for (std::uint32_t m = 0; m < members.size(); ++m) {
    const auto& postings = entities.records[members[m]];
    for (std::size_t p = postings.begin; p < postings.end; ++p) {
      const auto at = std::ranges::lower_bound(network.records, entities.record[p]);
      if (at == network.records.end() || *at != entities.record[p]) continue;
      auto& touched = all[static_cast<std::size_t>(at - network.records.begin())].members;
      if (touched.empty() || touched.back() != m) touched.push_back(m);
    }
  }
  std::vector<ChartMoment> dated;
  for (std::uint32_t r = 0; r < all.size(); ++r) {
    const auto& time = corpus.time(inside.input.records[network.records[r]]);
    if (time && !all[r].members.empty()) dated.push_back({r, *time, std::move(all[r].members)});
  }
  std::ranges::stable_sort(dated, {}, [](const ChartMoment& moment) {
    return std::pair(moment.time.begin_utc_s, moment.time.end_utc_s);
  });
  return dated;
}

}  // namespace

Result<NetworkChart> network_chart(CaseFile& file, std::string_view id_or_key) {
  OVILLO_TRY(const auto at, file.find_network(id_or_key));
  OVILLO_TRY(const auto* answer, file.answer());
  OVILLO_TRY(const auto inside, file.inside(at.component));
  const Network& network = answer->components[at.component].networks[at.network];
  const EntityTable& entities = inside.body.entities;
  std::vector<std::uint32_t> members(network.entities.begin(), network.entities.end());
  std::ranges::sort(members, {}, [&](std::uint32_t e) { return entities.id[e]; });
  std::map<std::uint32_t, graph::Node> node_of;
  for (const std::uint32_t e : members)
    node_of.emplace(e, static_cast<graph::Node>(node_of.size()));
  OVILLO_TRY(const auto* corpus, file.corpus());
  const auto points = graph::layout(graph_of(inside.body.links, node_of));
  NetworkChart chart{network.id, {}, moments_of(*corpus, inside, network, members)};
  for (std::size_t i = 0; i < members.size(); ++i)
    chart.places.push_back({entities.id[members[i]], points[i].x, points[i].y});
  return chart;
}

Result<std::vector<LeadFacts>> lead_facts(CaseFile& file) {
  OVILLO_TRY(const auto* answer, file.answer());
  OVILLO_TRY(const auto* corpus, file.corpus());
  OVILLO_TRY(const auto decisions, casework::dispositions(file.workspace(), file.view()));
  std::vector<LeadFacts> out;
  for (const NetworkAt& at : ranked(*answer)) {
    const Component& component = answer->components[at.component];
    const Network& network = component.networks[at.network];
    LeadFacts facts;
    facts.id = network.id;
    if (const auto decided = decisions.find(network.id.hex()); decided != decisions.end())
      facts.decided = decided->second;
    std::map<std::string_view, std::uint64_t> n_of;
    for (const std::uint32_t local : network.records) {
      const std::uint32_t record = component.records[local];
      for (const std::string_view place : places_of(*corpus, record)) ++n_of[place];
      const auto& time = corpus->time(record);
      if (!time) {
        ++facts.n_not_dated;
        continue;
      }
      const bool first = facts.oldest_utc_s == 0;
      facts.oldest_utc_s =
          first ? time->begin_utc_s : std::min(facts.oldest_utc_s, time->begin_utc_s);
      facts.newest_utc_s = std::max(facts.newest_utc_s, time->begin_utc_s);
    }
    facts.n_towns = n_of.size();
    facts.towns = most_named(n_of);
    out.push_back(std::move(facts));
  }
  return out;
}

Result<std::vector<ReceivedFile>> received_files(CaseFile& file) {
  OVILLO_TRY(const auto sources, file.workspace().sources());
  OVILLO_TRY(const auto imports, file.workspace().imports());
  std::map<SourceId, const Source*> admitted;
  for (const Source& source : sources)
    if (file.view().admits(source)) admitted[source.id] = &source;
  std::vector<ReceivedFile> out;
  for (const storage::ImportRow& row : imports) {
    const auto source = admitted.find(row.source);
    if (source == admitted.end()) continue;
    const auto& before = file.view().imported_before_utc_s;
    if (before && row.at_utc_s >= *before) continue;
    const Grade& grade = source->second->grade;
    out.push_back({source->second->name,
                   {grade.source, grade.information},
                   source->second->handling,
                   row.file_name,
                   row.file_sha256,
                   row.at_utc_s,
                   row.rows,
                   row.records,
                   row.repeats,
                   row.rejects,
                   row.held});
  }
  std::ranges::stable_sort(out, std::greater<>{}, &ReceivedFile::at_utc_s);
  return out;
}

std::string to_json(const NetworkChart& chart) {
  Json places = Json::array();
  for (const ChartPlace& place : chart.places)
    places.push_back(
        {{"entity", place.entity.hex()}, {"x", rounded(place.x)}, {"y", rounded(place.y)}});
  Json moments = Json::array();
  for (const ChartMoment& moment : chart.moments)
    moments.push_back({{"record", moment.record},
                       {"time", format_time(moment.time)},
                       {"members", moment.members}});
  return text_of(
      {{"id", chart.id.hex()}, {"places", std::move(places)}, {"moments", std::move(moments)}});
}

namespace {

Json decided_json(const std::optional<casework::CaseEvent>& decided) {
  if (!decided) return nullptr;
  return {{"id", decided->id.hex()},
          {"disposition", decided->value},
          {"at", format_utc(decided->at_utc_s)},
          {"by", decided->by},
          {"reason", decided->reason},
          {"of", decided->text},
          {"until", time_or_null(decided->until_utc_s.value_or(0))}};
}

}  // namespace

std::string to_json(const std::vector<LeadFacts>& leads) {
  Json list = Json::array();
  for (const LeadFacts& facts : leads) {
    Json towns = Json::array();
    for (const LeadTown& town : facts.towns)
      towns.push_back({{"place", town.place}, {"n_records", town.n_records}});
    list.push_back({{"id", facts.id.hex()},
                    {"oldest", time_or_null(facts.oldest_utc_s)},
                    {"newest", time_or_null(facts.newest_utc_s)},
                    {"n_not_dated", facts.n_not_dated},
                    {"n_towns", facts.n_towns},
                    {"towns", std::move(towns)},
                    {"decided", decided_json(facts.decided)}});
  }
  return text_of({{"leads", std::move(list)}});
}

std::string to_json(const std::vector<ReceivedFile>& files) {
  Json list = Json::array();
  for (const ReceivedFile& one : files)
    list.push_back({{"source", one.source},
                    {"grade", one.grade},
                    {"handling", "H" + std::to_string(one.handling)},
                    {"file", one.file},
                    {"sha256", one.sha256},
                    {"received", format_utc(one.at_utc_s)},
                    {"rows", one.n_rows},
                    {"records", one.n_records},
                    {"repeats", one.n_repeats},
                    {"rejects", one.n_rejects},
                    {"held", one.n_held}});
  return text_of({{"files", std::move(list)}});
}

}  // namespace ovillo::flow
