#include "ovillo/flow/case_work.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/flow/json.hpp"
#include "ovillo/flow/show.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;
using casework::CaseEvent;
using casework::CaseFolder;
using casework::EventKind;

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string grade_of(const Grade& grade) { return {grade.source, grade.information}; }

void put_text(Json& json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
}

Json value_of(const CaseEvent& event) {
  Json json = {{"id", event.id.hex()},
               {"kind", std::string(name_of(event.kind))},
               {"at", format_utc(event.at_utc_s)},
               {"by", event.by}};
  put_text(json, "subject", event.subject);
  put_text(json, "value", event.value);
  put_text(json, "text", event.text);
  put_text(json, "reason", event.reason);
  put_text(json, "said_by", event.said_by);
  json["statement"] = std::string(name_of(event.statement));
  json["grade"] = grade_of(event.grade);
  json["handling"] = fmt::format("H{}", event.handling);
  if (event.since_utc_s) json["since"] = format_utc(*event.since_utc_s);
  if (event.until_utc_s) json["until"] = format_utc(*event.until_utc_s);
  if (!event.rests_on.empty()) json["rests_on"] = event.rests_on;
  put_text(json, "shown_sha256", event.shown_sha256);
  put_text(json, "view", event.view);
  put_text(json, "model", event.model);
  return json;
}

Json values_of(const std::vector<CaseEvent>& events) {
  Json out = Json::array();
  for (const CaseEvent& event : events) out.push_back(value_of(event));
  return out;
}

Json summary_of(const CaseFolder& folder) {
  const auto n_open = std::count_if(folder.tasks.begin(), folder.tasks.end(),
                                    [](const auto& task) { return !task.outcome; });
  return {{"id", folder.id.hex()},
          {"reference", folder.reference},
          {"title", folder.title},
          {"closed", folder.closed},
          {"members", folder.members},
          {"opened", format_utc(folder.entries.front().event.at_utc_s)},
          {"review", format_utc(folder.review_at_utc_s)},
          {"n_exhibits", folder.exhibits.size()},
          {"n_open_tasks", n_open}};
}

Json persons_of(const CaseFolder& folder) {
  Json out = Json::array();
  for (const auto& [person, lines] : folder.categories) {
    const auto now = casework::governing(lines);
    Json categories = Json::array();
    for (const auto& line : now)
      categories.push_back({{"category", std::string(name_of(line.category))},
                            {"since", format_utc(line.since_utc_s)},
                            {"said_by", line.said_by},
                            {"entry", line.event.hex()}});
    out.push_back({{"person", person},
                   {"governs", std::string(name_of(now.front().category))},
                   {"categories", categories},
                   {"look_at_non_punishment", casework::look_at_non_punishment(now)}});
  }
  return out;
}

Json exhibits_of(const CaseFolder& folder) {
  Json out = Json::array();
  for (const auto& one : folder.exhibits)
    out.push_back({{"number", one.number},
                   {"text", one.text},
                   {"rests_on", one.rests_on},
                   {"held", one.held},
                   {"custody", values_of(one.custody)}});
  return out;
}

std::string day_of(std::int64_t at_utc_s) {
  constexpr std::size_t kDay = 10;  // "2026-11-23"
  return format_utc(at_utc_s).substr(0, kDay);
}

/// What an event says, on one line.
std::string line_of(const CaseEvent& event) {
  std::string out = std::string(name_of(event.kind));
  for (const std::string* part : {&event.subject, &event.value, &event.text})
    if (!part->empty()) out += (part == &event.subject ? " " : ": ") + *part;
  if (!event.said_by.empty()) out += fmt::format(" (said by {})", event.said_by);
  if (event.until_utc_s) out += fmt::format(", until {}", day_of(*event.until_utc_s));
  if (!event.reason.empty()) out += fmt::format("; because {}", event.reason);
  return out;
}

void put_persons(std::string& out, const CaseFolder& folder) {
  for (const auto& [person, lines] : folder.categories) {
    const auto now = casework::governing(lines);
    out += fmt::format("  {}:\n", person);
    for (const auto& line : now)
      out += fmt::format("    {} since {}, said by {}{}\n", name_of(line.category),
                         day_of(line.since_utc_s), line.said_by,
                         &line == &now.front() && now.size() > 1 ? "; governs" : "");
    if (casework::look_at_non_punishment(now))
      out += "    non-punishment is to be looked at (Directive 2011/36/EU, Article 8)\n";
  }
}

void put_hypotheses(std::string& out, const CaseFolder& folder) {
  for (const auto& one : folder.hypotheses) {
    out += fmt::format("  {}  {}\n", one.id.hex(), one.text);
    for (const CaseEvent& event : one.speaks_for) out += fmt::format("    for: {}\n", event.text);
    for (const CaseEvent& event : one.speaks_against)
      out += fmt::format("    against: {}\n", event.text);
  }
}

}  // namespace

Result<CaseEvent> decision_event(CaseFile& file, const DecisionOrder& order,
                                 const std::string& view_digest) {
  OVILLO_TRY(const auto page, network_page(file, order.network));
  OVILLO_TRY(const auto* answer, file.answer());
  CaseEvent event;
  event.kind = EventKind::disposition;
  event.subject = page.id.hex();
  event.value = order.disposition;
  event.text = order.of;
  event.reason = order.reason;
  event.statement = StatementType::assessment;
  event.until_utc_s = order.until_utc_s;
  event.shown_sha256 = sha256_hex(to_json(page, file));
  event.view = view_digest;
  event.model = answer->model;
  return event;
}

Result<std::vector<std::string>> exhibit_parts(CaseFile& file,
                                               const std::vector<storage::ImportRow>& imports,
                                               const std::vector<std::string>& named) {
  std::vector<std::string> out;
  for (const std::string& name : named) {
    const auto found = std::find_if(imports.begin(), imports.end(), [&](const auto& row) {
      return row.file_name == name || row.file_sha256 == name;
    });
    if (found != imports.end()) {
      out.push_back(found->file_sha256);
      continue;
    }
    const auto id = RecordId::from_hex(name);
    if (!id) return Error(ErrorCode::flow_no_such_thing, name);
    OVILLO_TRY(const auto* corpus, file.corpus());
    if (!corpus->find(*id)) return Error(ErrorCode::flow_no_such_thing, name);
    out.push_back(name);
  }
  return out;
}

std::string disclosed_json(const CaseFolder& folder, const std::vector<std::string>& networks) {
  Json decisions = Json::array();
  for (const auto& entry : folder.entries) {
    if (entry.event.kind != EventKind::disposition ||
        std::find(networks.begin(), networks.end(), entry.event.subject) == networks.end())
      continue;
    decisions.push_back(value_of(entry.event));
    decisions.back()["withdrawn_by"] =
        entry.withdrawn_by ? Json(entry.withdrawn_by->hex()) : Json();
  }
  return text_of({{"reference", folder.reference},
                  {"title", folder.title},
                  {"exhibits", exhibits_of(folder)},
                  {"decisions", std::move(decisions)}});
}

std::string to_json(const CaseEvent& event) { return text_of(value_of(event)); }

std::string to_json(const std::vector<CaseFolder>& folders) {
  Json list = Json::array();
  for (const CaseFolder& folder : folders) list.push_back(summary_of(folder));
  return text_of({{"cases", std::move(list)}});
}

std::string to_json(const CaseFolder& folder) {
  Json json = summary_of(folder);
  json["persons"] = persons_of(folder);
  Json hypotheses = Json::array();
  for (const auto& one : folder.hypotheses)
    hypotheses.push_back({{"id", one.id.hex()},
                          {"text", one.text},
                          {"for", values_of(one.speaks_for)},
                          {"against", values_of(one.speaks_against)}});
  json["hypotheses"] = std::move(hypotheses);
  Json tasks = Json::array();
  for (const auto& task : folder.tasks) {
    Json one = {{"id", task.id.hex()}, {"text", task.text}, {"who", task.who}};
    one["due"] = task.due_utc_s ? Json(format_utc(*task.due_utc_s)) : Json();
    one["outcome"] = task.outcome ? Json(*task.outcome) : Json();
    tasks.push_back(std::move(one));
  }
  json["tasks"] = std::move(tasks);
  json["exhibits"] = exhibits_of(folder);
  Json entries = Json::array();
  for (const auto& entry : folder.entries) {
    Json one = value_of(entry.event);
    one["withdrawn_by"] = entry.withdrawn_by ? Json(entry.withdrawn_by->hex()) : Json();
    entries.push_back(std::move(one));
  }
  json["entries"] = std::move(entries);
  return text_of(json);
}

std::string to_text(const std::vector<CaseFolder>& folders) {
  std::string out;
  for (const CaseFolder& folder : folders)
    out += fmt::format("{:<20} {}{}\n", folder.reference, folder.title,
                       folder.closed ? " (closed)" : "");
  return out.empty() ? "no case\n" : out;
}

std::string to_text(const CaseFolder& folder) {
  std::string out = fmt::format("{}: {}{}\nmembers: {}\nreview: {}\n", folder.reference,
                                folder.title, folder.closed ? " (closed)" : "",
                                fmt::join(folder.members, ", "), day_of(folder.review_at_utc_s));
  if (!folder.categories.empty()) out += "\npersons, in the capacity somebody said:\n";
  put_persons(out, folder);
  if (!folder.hypotheses.empty()) out += "\nhypotheses:\n";
  put_hypotheses(out, folder);
  if (!folder.tasks.empty()) out += "\ntasks:\n";
  for (const auto& task : folder.tasks)
    out += fmt::format("  {}  {}{}{}{}\n", task.id.hex(), task.text,
                       task.who.empty() ? "" : ", for " + task.who,
                       task.due_utc_s ? ", due " + day_of(*task.due_utc_s) : "",
                       task.outcome ? ": done. " + *task.outcome : "");
  if (!folder.exhibits.empty()) out += "\nexhibits:\n";
  for (const auto& one : folder.exhibits)
    out +=
        fmt::format("  {}  {}{}\n", one.number, one.text, one.held ? "; on hold" : "; hold lifted");
  out += "\ntimeline of the case:\n";
  for (const auto& entry : folder.entries)
    out += fmt::format("  {}  {} by {}: {}{}\n", format_utc(entry.event.at_utc_s),
                       entry.event.id.hex(), entry.event.by, line_of(entry.event),
                       entry.withdrawn_by ? " [withdrawn]" : "");
  return out;
}

}  // namespace ovillo::flow
