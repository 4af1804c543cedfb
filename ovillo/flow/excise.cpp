#include "ovillo/flow/excise.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/base/time.hpp"
#include "ovillo/flow/answer.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

template <class T>
void keep_each_once(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// The excision that an order means, without who and when.
Result<casework::Excision> excision_of(CaseFile& file, const ExciseOrder& order) {
  casework::Excision out;
  out.reason = order.reason;
  const int n_named = (order.source.empty() ? 0 : 1) + (order.authorisation.empty() ? 0 : 1) +
                      (order.record.empty() ? 0 : 1);
  if (n_named != 1)
    return Error(ErrorCode::base_bad_argument, "one of a source, an authorisation, a record");
  OVILLO_TRY(const auto sources, file.workspace().sources());
  OVILLO_TRY(const auto authorisations, file.workspace().authorisations());
  for (const Source& source : sources) {
    if (!file.view().admits(source)) continue;
    const bool named = !order.source.empty() && source.name == order.source;
    if (named) out.sources.push_back(source.id);
    bool rests = false;
    for (const Authorisation& one : authorisations) {
      if (order.authorisation.empty() || one.id != source.authorisation ||
          one.reference != order.authorisation)
        continue;
      out.authorisations.push_back(one.id);
      rests = true;
    }
    if (named || rests) out.compartments.push_back(source.compartment);
  }
  if (!order.source.empty() && out.sources.empty())
    return Error(ErrorCode::flow_no_such_source, order.source);
  if (!order.authorisation.empty() && out.authorisations.empty())
    return Error(ErrorCode::flow_no_such_thing, order.authorisation);
  if (!order.record.empty()) {
    const auto id = RecordId::from_hex(order.record);
    OVILLO_TRY(const auto* corpus, file.corpus());
    if (!id || !corpus->find(*id)) return Error(ErrorCode::flow_no_such_thing, order.record);
    out.records.push_back(*id);
    out.compartments.push_back(corpus->batch(*corpus->find(*id)).compartment);
  }
  out.what = order.source + order.authorisation + order.record;
  keep_each_once(out.authorisations);
  keep_each_once(out.compartments);
  return out;
}

/// Per record of the view: whether it goes.
std::vector<bool> records_that_go(const Corpus& corpus, const casework::Excision& excision,
                                  const std::vector<Source>& sources) {
  std::set<SourceId> gone(excision.sources.begin(), excision.sources.end());
  for (const Source& source : sources)
    if (std::find(excision.authorisations.begin(), excision.authorisations.end(),
                  source.authorisation) != excision.authorisations.end())
      gone.insert(source.id);
  std::vector<bool> out(corpus.size());
  for (std::size_t i = 0; i < corpus.size(); ++i) {
    const auto at = static_cast<Corpus::Index>(i);
    out[i] = gone.contains(corpus.batch(at).source) ||
             std::binary_search(excision.records.begin(), excision.records.end(), corpus.id(at));
  }
  return out;
}

struct Resting {
  std::uint64_t n = 0;       ///< rest on something that goes
  std::uint64_t n_lost = 0;  ///< on nothing else
};

/// Of rows with postings: how many rest on records that go.
template <class Rows, class Wanted>
Resting count_resting(const Rows& rows, const std::vector<bool>& goes, const Wanted& wanted) {
  Resting out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (!wanted(r)) continue;
    std::size_t n_gone = 0;
    const Range postings = rows.records[r];
    for (std::size_t p = postings.begin; p < postings.end; ++p)
      if (goes[rows.record[p]]) ++n_gone;
    if (n_gone > 0) ++out.n;
    if (n_gone > 0 && n_gone == postings.size()) ++out.n_lost;
  }
  return out;
}

/// What one network loses. @param goes  per record of the component.
TouchedNetwork touched(const Network& network, const CaseFile::Inside& inside,
                       const std::vector<bool>& goes) {
  TouchedNetwork out;
  out.id = network.id;
  out.n_records = network.records.size();
  for (const std::uint32_t record : network.records) out.n_excised += goes[record] ? 1 : 0;
  for (const Sign& sign : network.assessment.signs)
    if (std::any_of(sign.evidence.begin(), sign.evidence.end(),
                    [&](const Evidence& one) { return goes[one.record]; }))
      out.signs.push_back(sign.sentence);
  const auto in_network = [&](std::uint32_t entity) {
    return std::binary_search(network.entities.begin(), network.entities.end(), entity);
  };
  const LinkTable& links = inside.body.links;
  const Resting of_links = count_resting(
      links, goes, [&](std::size_t l) { return in_network(links.a[l]) && in_network(links.b[l]); });
  out.n_links = of_links.n;
  out.n_links_lost = of_links.n_lost;
  out.n_entities_lost = count_resting(inside.body.entities, goes, [&](std::size_t e) {
                          return in_network(static_cast<std::uint32_t>(e));
                        }).n_lost;
  return out;
}

Result<void> find_networks(CaseFile& file, const std::vector<bool>& goes, ExciseReport& report) {
  OVILLO_TRY(const auto* answer, file.answer());
  for (const NetworkAt& at : ranked(*answer)) {
    const Component& component = answer->components[at.component];
    const Network& network = component.networks[at.network];
    std::vector<bool> local(component.records.size());
    for (std::size_t i = 0; i < local.size(); ++i) local[i] = goes[component.records[i]];
    if (std::none_of(network.records.begin(), network.records.end(),
                     [&](std::uint32_t record) { return local[record]; }))
      continue;
    OVILLO_TRY(const auto inside, file.inside(at.component));
    report.networks.push_back(touched(network, inside, local));
  }
  return {};
}

/// Judgements that a person made about records that go: they are records themselves.
void find_judgements(const Corpus& corpus, const std::vector<bool>& goes, ExciseReport& report) {
  std::set<std::string> references;
  for (std::size_t i = 0; i < corpus.size(); ++i) {
    if (!goes[i]) continue;
    const auto at = static_cast<Corpus::Index>(i);
    references.insert(corpus.batch(at).source_key + "#" +
                      std::string(corpus.value(at, Field::local_id)));
  }
  for (std::size_t i = 0; i < corpus.size(); ++i) {
    const auto at = static_cast<Corpus::Index>(i);
    if (corpus.kind(at) != RecordKind::judgement || goes[i]) continue;
    if (references.contains(std::string(corpus.value(at, Field::from_ref))) ||
        references.contains(std::string(corpus.value(at, Field::to_ref))))
      report.judgements.push_back(corpus.id(at).hex());
  }
}

Result<void> find_entries(CaseFile& file, const Corpus& corpus, const std::vector<bool>& goes,
                          ExciseReport& report) {
  std::set<std::string> parts;
  for (std::size_t i = 0; i < corpus.size(); ++i) {
    if (!goes[i]) continue;
    const auto at = static_cast<Corpus::Index>(i);
    parts.insert(corpus.id(at).hex());
    if (report.excision.records.empty()) parts.insert(corpus.batch(at).file_sha256);
  }
  std::set<std::string> networks;
  for (const TouchedNetwork& one : report.networks) networks.insert(one.id.hex());
  const auto rests = [&](const casework::CaseEvent& event) {
    return networks.contains(event.subject) ||
           std::any_of(event.rests_on.begin(), event.rests_on.end(),
                       [&](const std::string& part) { return parts.contains(part); });
  };
  OVILLO_TRY(const auto folders, casework::cases(file.workspace(), file.view()));
  for (const casework::CaseFolder& folder : folders)
    for (const casework::Entry& entry : folder.entries)
      if (!entry.withdrawn_by && rests(entry.event))
        report.entries.emplace_back(folder.reference, entry.event);
  OVILLO_TRY(const auto decided, casework::dispositions(file.workspace(), file.view()));
  for (const auto& [network, event] : decided)
    if (event.case_id == casework::CaseId() && rests(event)) report.entries.emplace_back("", event);
  return {};
}

}  // namespace

Result<ExciseReport> what_rests_on(CaseFile& file, const ExciseOrder& order) {
  ExciseReport report;
  OVILLO_TRY(report.excision, excision_of(file, order));
  OVILLO_TRY(const auto* corpus, file.corpus());
  OVILLO_TRY(const auto sources, file.workspace().sources());
  const auto goes = records_that_go(*corpus, report.excision, sources);
  report.n_records = static_cast<std::uint64_t>(std::count(goes.begin(), goes.end(), true));
  OVILLO_CHECK(find_networks(file, goes, report));
  find_judgements(*corpus, goes, report);
  OVILLO_CHECK(find_entries(file, *corpus, goes, report));
  return report;
}

std::string to_json(const ExciseReport& report) {
  using Json = nlohmann::ordered_json;
  Json networks = Json::array();
  for (const TouchedNetwork& one : report.networks)
    networks.push_back({{"id", one.id.hex()},
                        {"n_records", one.n_records},
                        {"n_excised", one.n_excised},
                        {"n_links", one.n_links},
                        {"n_links_lost", one.n_links_lost},
                        {"n_entities_lost", one.n_entities_lost},
                        {"signs", one.signs}});
  Json entries = Json::array();
  for (const auto& [reference, event] : report.entries)
    entries.push_back({{"case", reference.empty() ? Json() : Json(reference)},
                       {"entry", event.id.hex()},
                       {"kind", std::string(name_of(event.kind))},
                       {"by", event.by},
                       {"at", format_utc(event.at_utc_s)},
                       {"subject", event.subject}});
  return Json{{"n_records", report.n_records},
              {"networks", std::move(networks)},
              {"judgements", report.judgements},
              {"entries", std::move(entries)}}
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string to_text(const ExciseReport& report) {
  std::string out = fmt::format("{} records are taken out.\n", report.n_records);
  for (const TouchedNetwork& one : report.networks) {
    out += fmt::format(
        "network {}: {} of {} records; {} links rest on them, {} on nothing else; {} entities "
        "known "
        "from nothing else\n",
        one.id.hex(), one.n_excised, one.n_records, one.n_links, one.n_links_lost,
        one.n_entities_lost);
    for (const std::string& sign : one.signs) out += fmt::format("  sign: {}\n", sign);
  }
  for (const std::string& id : report.judgements)
    out += fmt::format("judgement {}: a person judged one of them\n", id);
  for (const auto& [reference, event] : report.entries)
    out +=
        fmt::format("{}: {} {} by {}, {}\n", reference.empty() ? "decision" : "case " + reference,
                    name_of(event.kind), event.id.hex(), event.by, format_utc(event.at_utc_s));
  if (report.networks.empty() && report.entries.empty() && report.judgements.empty())
    out += "Nothing rested on them.\n";
  return out;
}

}  // namespace ovillo::flow
