#include "ovillo/casework/excisions.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ovillo::casework {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kName = "casework/excisions";

Json value_of(const Excision& excision) {
  Json records = Json::array();
  for (const RecordId& id : excision.records) records.push_back(id.hex());
  return {{"sources", excision.sources}, {"authorisations", excision.authorisations},
          {"records", records},          {"compartments", excision.compartments},
          {"what", excision.what},       {"by", excision.by},
          {"reason", excision.reason},   {"at_utc_s", excision.at_utc_s}};
}

Result<Excision> excision_of(const Json& json) {
  const Error damaged(ErrorCode::storage_damaged_block, "the list of excisions");
  if (!json.is_object()) return damaged;
  Excision out;
  out.sources = json.value("sources", std::vector<SourceId>());
  out.authorisations = json.value("authorisations", std::vector<AuthorisationId>());
  for (const std::string& hex : json.value("records", std::vector<std::string>())) {
    const auto id = RecordId::from_hex(hex);
    if (!id) return damaged;
    out.records.push_back(*id);
  }
  out.compartments = json.value("compartments", std::vector<CompartmentId>());
  out.what = json.value("what", std::string());
  out.by = json.value("by", std::string());
  out.reason = json.value("reason", std::string());
  out.at_utc_s = json.value("at_utc_s", std::int64_t{0});
  return out;
}

Result<void> keep(storage::Workspace& workspace, const std::vector<Excision>& list) {
  Json json = Json::array();
  for (const Excision& one : list) json.push_back(value_of(one));
  return workspace.put(kName, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

template <class T>
void join(std::vector<T>& into, const std::vector<T>& more) {
  into.insert(into.end(), more.begin(), more.end());
  std::sort(into.begin(), into.end());
  into.erase(std::unique(into.begin(), into.end()), into.end());
}

}  // namespace

Result<std::vector<Excision>> excisions(const storage::Workspace& workspace) {
  std::vector<Excision> out;
  OVILLO_TRY(const auto bytes, workspace.get(kName));
  if (!bytes) return out;
  const auto json = Json::parse(*bytes, nullptr, false);
  if (!json.is_array()) return Error(ErrorCode::storage_damaged_block, "the list of excisions");
  for (const Json& one : json) {
    OVILLO_TRY(auto excision, excision_of(one));
    out.push_back(std::move(excision));
  }
  return out;
}

Result<void> add_excision(storage::Workspace& workspace, const Excision& excision) {
  if (excision.reason.empty()) return Error(ErrorCode::casework_reason_needed);
  OVILLO_TRY(auto list, excisions(workspace));
  list.push_back(excision);
  return keep(workspace, list);
}

Result<void> take_back_excision(storage::Workspace& workspace, const Excision& excision) {
  OVILLO_TRY(auto list, excisions(workspace));
  const auto found = std::find(list.begin(), list.end(), excision);
  if (found == list.end()) return Error(ErrorCode::casework_nothing_to_undo, excision.what);
  list.erase(found);
  return keep(workspace, list);
}

std::vector<Excision> seen_by(const View& view, std::vector<Excision> all) {
  std::erase_if(all, [&](const Excision& one) {
    return !std::includes(view.compartments.begin(), view.compartments.end(),
                          one.compartments.begin(), one.compartments.end());
  });
  return all;
}

View without(View view, const std::vector<Excision>& excisions) {
  for (const Excision& one : excisions) {
    join(view.excluded_sources, one.sources);
    join(view.excluded_authorisations, one.authorisations);
    join(view.excluded_records, one.records);
  }
  return view;
}

}  // namespace ovillo::casework
