#include "ovillo/flow/json.hpp"

#include <filesystem>

#include <nlohmann/json.hpp>

#include "ovillo/flow/match_words.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json time_or_null(std::int64_t utc_s) {
  return utc_s == 0 ? Json(nullptr) : Json(format_utc(utc_s));
}

Json to_value(const Citation& citation) {
  Json json = {{"record", citation.id.hex()},    {"kind", name_of(citation.kind)},
               {"source", citation.source},      {"file", citation.file},
               {"sha256", citation.file_sha256}, {"row", citation.row},
               {"byte", citation.byte}};
  if (!citation.member.empty()) json["member"] = citation.member;
  json["time"] = citation.time.empty() ? Json(nullptr) : Json(citation.time);
  if (!citation.raw.empty()) {
    json["column"] = citation.column;
    json["raw"] = citation.raw;
  }
  if (!citation.page.empty()) json["page"] = citation.page;
  if (!citation.box.empty()) json["box"] = citation.box;
  return json;
}

Json to_value(const IdentityEnd& end) {
  Json stated = Json::array();
  for (const StatedValue& one : end.stated)
    stated.push_back({{"column", one.column}, {"value", one.value}});
  return {{"kind", name_of(end.kind)},
          {"reference", end.reference},
          {"name", end.name},
          {"stated", std::move(stated)},
          {"citation", to_value(end.citation)}};
}

Json to_value(const IdentityPair& pair) {
  Json json = {{"a", to_value(pair.a)}, {"b", to_value(pair.b)}};
  json.update(to_json(pair.report));
  json["judgement"] = nullptr;
  if (const auto& one = pair.judgement)
    json["judgement"] = {{"verdict", name_of(one->verdict)},
                         {"by", one->by},
                         {"at", one->at},
                         {"reason", one->reason},
                         {"contradicted", one->contradicted},
                         {"waits", one->waits},
                         {"citation", to_value(one->citation)}};
  return json;
}

Json to_value(const Find& find) {
  return {{"kind", name_of(find.kind)},
          {"canonical", find.canonical},
          {"begin", find.span.begin},
          {"end", find.span.end},
          {"role", name_of(find.role)},
          {"written_as", name_of(find.written_as)},
          {"confidence_per_mille", find.confidence_per_mille}};
}

// Sentences of one side, in the assessment's order.
Json sentences(const Assessment& assessment, SignSide side) {
  Json list = Json::array();
  for (const Sign& sign : assessment.signs)
    if (sign.side == side)
      list.push_back({{"indicator", sign.indicator},
                      {"family", sign.family},
                      {"sentence", sign.sentence},
                      {"n_evidence", sign.evidence.size()}});
  return list;
}

void put_sides(Json& json, const Assessment& assessment) {
  json["organisation"] = sentences(assessment, SignSide::organisation);
  json["signs_for"] = sentences(assessment, SignSide::sign_for);
  json["signs_against"] = sentences(assessment, SignSide::sign_against);
  json["not_known"] = sentences(assessment, SignSide::not_known);
}

Json network_or_null(const std::optional<NetworkId>& id) {
  return id ? Json(id->hex()) : Json(nullptr);
}

// Weight in bits with its two decimals, from quarter bits: 13 -> 3.25.
double bits(std::int32_t quarter_bits) { return quarter_bits / 4.0; }

// Weight in bits, from sixteenths.
double bits_of_16(std::int32_t sixteenths) { return sixteenths / 16.0; }

Json to_value(const ClusterMember& member, const Corpus& corpus) {
  const auto& time = corpus.time(member.record);
  Json json = {{"id", corpus.id(member.record).hex()},
               {"time", time ? Json(format_time(*time)) : Json(nullptr)}};
  if (member.joined_with) {
    json["joined_with"] = corpus.id(*member.joined_with).hex();
    json["is_copy"] = member.is_copy;
    json["bits"] = bits_of_16(member.bits16);
    json["bits_asked"] = bits_of_16(member.asked16);
  }
  Json slots = Json::array();
  for (const auto& words : member.slots) slots.push_back(words ? Json(*words) : Json(nullptr));
  json["slots"] = std::move(slots);
  return json;
}

// The keys of `cluster --format json`, and what only a network has.
void put_texts(Json& json, const NetworkTexts& texts, const Corpus& corpus) {
  Json clusters = Json::array();
  for (const TextCluster& one : texts.clusters) {
    Json members = Json::array();
    for (const ClusterMember& member : one.members) members.push_back(to_value(member, corpus));
    clusters.push_back({{"cluster", clusters.size()},
                        {"template", one.template_text},
                        {"n_slots", one.n_slots},
                        {"n_fixed_words", one.n_fixed_words},
                        {"n_elsewhere", one.n_elsewhere},
                        {"statement", "inference"},
                        {"members", std::move(members)}});
  }
  Json stock = Json::array();
  for (const NetworkStock& one : texts.stock)
    stock.push_back(
        {{"text", one.text}, {"n_texts", one.n_texts}, {"n_records", one.records.size()}});
  json["clusters"] = std::move(clusters);
  json["stock"] = std::move(stock);
}

Json to_value(const PhotoCount& count) {
  return {{"in_file", count.in_file}, {"read", count.read},   {"held", count.held},
          {"plain", count.plain},     {"named", count.named}, {"missing", count.missing}};
}

}  // namespace

std::string to_json(const std::vector<NetworkLine>& lines, const std::string& model) {
  Json networks = Json::array();
  for (const NetworkLine& line : lines) {
    Json one = {{"id", line.id.hex()},
                {"key", line.key.hex()},
                {"n_records", line.n_records},
                {"n_entities", line.n_entities},
                {"newest", time_or_null(line.newest_utc_s)}};
    put_sides(one, *line.assessment);
    Json members = Json::array();
    for (const RecordId& id : line.members) members.push_back(id.hex());
    one["members"] = std::move(members);
    networks.push_back(std::move(one));
  }
  return text_of({{"model", model}, {"networks", std::move(networks)}});
}

std::string to_json(const NetworkPage& page, CaseFile& file) {
  Json json = {
      {"id", page.id.hex()}, {"key", page.key.hex()}, {"newest", time_or_null(page.newest_utc_s)}};
  Json members = Json::array();
  for (const NetworkMember& member : page.members)
    members.push_back({{"entity", member.id.hex()},
                       {"kind", name_of(member.kind)},
                       {"canonical", member.canonical},
                       {"n_records", member.n_records}});
  Json links = Json::array();
  for (const NetworkLink& link : page.links)
    links.push_back({{"a", page.members[link.a].id.hex()},
                     {"b", page.members[link.b].id.hex()},
                     {"kind", name_of(link.kind)},
                     {"weight_bits", bits(link.weight_quarter_bits)},
                     {"n_records", link.n_records},
                     {"statement", name_of(statement_of(link.kind))}});
  Json signs = Json::array();
  for (const ShownSign& shown : page.signs) {
    Json citations = Json::array();
    for (const Citation& citation : shown.citations) citations.push_back(to_value(citation));
    signs.push_back({{"side", name_of(shown.sign.side)},
                     {"indicator", shown.sign.indicator},
                     {"family", shown.sign.family},
                     {"sentence", shown.sign.sentence},
                     {"n_evidence", shown.sign.evidence.size()},
                     {"evidence", std::move(citations)}});
  }
  Json records = Json::array();
  for (const std::uint32_t record : page.records)
    if (const auto citation = file.cite(record)) records.push_back(to_value(*citation));
  json["members"] = std::move(members);
  json["links"] = std::move(links);
  json["signs"] = std::move(signs);
  if (const auto corpus = file.corpus()) put_texts(json, page.texts, **corpus);
  json["records"] = std::move(records);
  return text_of(json);
}

namespace {

Json urgent_list(const std::vector<UrgentLine>& lines) {
  Json list = Json::array();
  for (const UrgentLine& line : lines) {
    Json one = {{"indicator", line.indicator},
                {"text", line.text},
                {"network", network_or_null(line.network)}};
    one["citation"] = to_value(line.citation);
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

std::string to_json(const std::vector<UrgentLine>& lines,
                    const std::vector<UnreadLanguage>& unread) {
  Json not_judged = Json::array();
  for (const UnreadLanguage& one : unread)
    not_judged.push_back({{"language", one.language}, {"n_texts", one.n_texts}});
  return text_of({{"urgent", urgent_list(lines)}, {"not_judged", std::move(not_judged)}});
}

std::string to_json(const RecordPage& page) {
  Json json = to_value(page.citation);
  Json fields = Json::array();
  for (const auto& [column, value] : page.fields)
    fields.push_back({{"column", column.name}, {"field", name_of(column.field)}, {"value", value}});
  Json finds = Json::array();
  for (std::size_t i = 0; i < page.finds.size(); ++i) {
    finds.push_back(to_value(page.finds[i]));
    if (!page.words[i].empty()) finds.back()["raw"] = page.words[i];
  }
  json["fields"] = std::move(fields);
  json["finds"] = std::move(finds);
  json["network"] = network_or_null(page.network);
  return text_of(json);
}

std::string to_json(const Why& why) {
  Json steps = Json::array();
  for (const WhyStep& step : why.steps) {
    Json records = Json::array();
    for (const WhyRecord& record : step.records)
      records.push_back({{"from", to_value(record.from)}, {"to", to_value(record.to)}});
    steps.push_back(
        {{"from", {{"kind", name_of(step.from.kind)}, {"canonical", step.from.canonical}}},
         {"to", {{"kind", name_of(step.to.kind)}, {"canonical", step.to.canonical}}},
         {"link", name_of(step.link)},
         {"statement", name_of(statement_of(step.link))},
         {"weight_bits", bits(step.weight_quarter_bits)},
         {"n_records", step.n_records},
         {"records", std::move(records)}});
  }
  return text_of({{"steps", std::move(steps)}});
}

std::string to_json(const std::vector<IdentityPair>& pairs) {
  Json list = Json::array();
  for (const IdentityPair& pair : pairs) list.push_back(to_value(pair));
  return text_of({{"identities", std::move(list)}});
}

std::string to_json(const IdentityPair& pair) { return text_of(to_value(pair)); }

std::string to_json(const SearchResult& result) {
  Json hits = Json::array();
  for (const SearchHit& hit : result.hits) {
    Json one = to_value(hit.citation);
    one["excerpt"] = hit.excerpt;
    hits.push_back(std::move(one));
  }
  return text_of({{"n_found", result.n_found},
                  {"read_as", result.read_as.empty() ? Json(nullptr) : Json(result.read_as)},
                  {"hits", std::move(hits)}});
}

std::string to_json(const ImportReport& report) {
  Json files = Json::array();
  for (const ImportedFile& file : report.files) {
    const storage::ImportRow& row = file.row;
    Json outside = Json::array();
    for (const OutsideCount& each : file.outside)
      outside.push_back({{"reason", std::string(name_of(each.reason))},
                         {"kind", std::string(name_of(each.kind))},
                         {"n", each.n}});
    files.push_back({{"file", row.file_name},
                     {"profile", file.profile.empty() ? Json(nullptr) : Json(file.profile)},
                     {"proposed", file.proposed.has_value()},
                     {"sha256", row.file_sha256},
                     {"bytes", row.file_bytes},
                     {"rows", row.rows},
                     {"records", row.records},
                     {"repeats", row.repeats},
                     {"rejects", row.rejects},
                     {"held", row.held},
                     {"quarantined", row.quarantined},
                     {"outside", std::move(outside)},
                     {"photos", to_value(file.photos)}});
  }
  Json not_read = Json::array();
  for (const intake::HeldFile& file : report.held)
    not_read.push_back({{"file", std::filesystem::path(file.file).filename().string()},
                        {"member", file.member},
                        {"row", file.row},
                        {"sha256", file.sha256.empty() ? Json(nullptr) : Json(file.sha256)},
                        {"bytes", file.bytes},
                        {"code", info(file.code).name},
                        {"sentence", file.sentence}});
  Json held = Json::array();
  for (const HeldPhoto& photo : report.held_photos)
    held.push_back({{"member", photo.member}, {"code", photo.reason.name()}});
  return text_of(
      {{"files", std::move(files)},
       {"held", std::move(not_read)},
       {"held_photos", std::move(held)},
       {"rejects_file", report.rejects_file.empty() ? Json(nullptr) : Json(report.rejects_file)}});
}

std::string to_json(const RunReport& report) {
  Json stages = Json::array();
  for (const StageCost& cost : report.stages)
    stages.push_back(
        {{"stage", cost.stage}, {"n", cost.n}, {"wall_s", cost.wall_s}, {"cpu_s", cost.cpu_s}});
  Json out{{"model", report.model},
           {"n_records", report.n_records},
           {"n_new_records", report.n_new_records},
           {"n_components", report.n_components},
           {"n_networks", report.n_networks},
           {"n_urgent", report.n_urgent},
           {"stages", std::move(stages)}};
  if (report.n_reused_components) out["n_reused_components"] = *report.n_reused_components;
  return text_of(out);
}

std::string to_json(const std::vector<casework::AccountLine>& users) {
  Json list = Json::array();
  for (const casework::AccountLine& user : users) {
    Json roles = Json::array();
    for (const casework::UserRole role : user.roles) roles.push_back(std::string(name_of(role)));
    list.push_back({{"name", user.name},
                    {"roles", roles},
                    {"owner", user.owner},
                    {"has_password", user.has_password},
                    {"ended", user.ended}});
  }
  return text_of({{"users", std::move(list)}});
}

std::string to_json(const Error& error) {
  const Locus& locus = error.locus();
  Json json = {{"code", error.name()},
               {"sentence", info(error.code()).sentence},
               {"detail", error.detail()}};
  if (!locus.file.empty()) json["file"] = locus.file;
  if (!locus.member.empty()) json["member"] = locus.member;
  if (locus.row) json["row"] = *locus.row;
  if (!locus.column.empty()) json["column"] = locus.column;
  if (locus.byte) json["byte"] = *locus.byte;
  return text_of({{"error", std::move(json)}});
}

}  // namespace ovillo::flow
