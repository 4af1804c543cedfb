#include "ovillo/casework/case_event.hpp"

#include <nlohmann/json.hpp>

#include "ovillo/record/kinds.hpp"

namespace ovillo::casework {

namespace {

using Json = nlohmann::ordered_json;

/// Only what is said is written, so that an empty field and one of a later version read alike.
template <class T>
void put(Json& json, const char* name, const T& value, const T& otherwise) {
  if (value != otherwise) json[name] = value;
}

template <class Enum>
std::optional<Enum> named(const Json& json, const char* name) {
  return from_name<Enum>(json.value(name, std::string()));
}

std::optional<std::int64_t> time_of(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int64_t>();
}

}  // namespace

std::span<const std::string_view> names(EventKind) {
  static constexpr std::string_view kNames[] = {
      "opened", "member_added", "member_left", "note",        "hypothesis", "argument",
      "task",   "task_done",    "category",    "disposition", "exhibit",    "custody",
      "hold",   "hold_lifted",  "handed_over", "closed",      "reopened",   "withdrawn"};
  return kNames;
}

std::span<const std::string_view> names(Category) {
  static constexpr std::string_view kNames[] = {"presumed_victim", "witness", "bystander",
                                                "contact",         "suspect", "convicted"};
  return kNames;
}

std::span<const std::string_view> names(Disposition) {
  static constexpr std::string_view kNames[] = {
      "look_further",        "open_case", "put_aside", "co_working",
      "accredited_employer", "no_sign",   "duplicate", "referred"};
  return kNames;
}

std::span<const std::string_view> names(CustodyAct) {
  static constexpr std::string_view kNames[] = {"received", "handed_over", "returned",
                                                "examined", "verified",    "copied"};
  return kNames;
}

Act act_of(EventKind kind) {
  switch (kind) {
    case EventKind::category:
      return Act::categorise;
    case EventKind::disposition:
    case EventKind::handed_over:
    case EventKind::closed:
    case EventKind::reopened:
      return Act::decide;
    case EventKind::hold:
    case EventKind::hold_lifted:
      return Act::hold;
    default:
      return Act::keep_case;
  }
}

std::string encode(const CaseEvent& event) {
  Json json = {{"v", 1},
               {"id", event.id.hex()},
               {"kind", std::string(name_of(event.kind))},
               {"at_utc_s", event.at_utc_s},
               {"by", event.by}};
  if (event.case_id != CaseId()) json["case"] = event.case_id.hex();
  const std::string none;
  put(json, "subject", event.subject, none);
  put(json, "value", event.value, none);
  put(json, "text", event.text, none);
  put(json, "reason", event.reason, none);
  put(json, "said_by", event.said_by, none);
  json["statement"] = std::string(name_of(event.statement));
  json["grade"] = std::string{event.grade.source, event.grade.information};
  put(json, "handling", event.handling, std::uint8_t{0});
  if (event.since_utc_s) json["since_utc_s"] = *event.since_utc_s;
  if (event.until_utc_s) json["until_utc_s"] = *event.until_utc_s;
  put(json, "rests_on", event.rests_on, {});
  put(json, "shown_sha256", event.shown_sha256, none);
  put(json, "view", event.view, none);
  put(json, "model", event.model, none);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<CaseEvent> decode_event(std::string_view bytes) {
  const Error damaged(ErrorCode::casework_damaged_event);
  const auto json = Json::parse(bytes, nullptr, false);
  if (!json.is_object()) return damaged;
  CaseEvent out;
  const auto id = EventId::from_hex(json.value("id", std::string()));
  const auto kind = named<EventKind>(json, "kind");
  const auto statement = named<StatementType>(json, "statement");
  const std::string grade = json.value("grade", std::string());
  if (!id || !kind || !statement || grade.size() != 2) return damaged;
  out.id = *id;
  out.kind = *kind;
  out.statement = *statement;
  out.grade = {grade[0], grade[1]};
  if (json.contains("case")) {
    const auto of = CaseId::from_hex(json.value("case", std::string()));
    if (!of) return damaged;
    out.case_id = *of;
  }
  out.at_utc_s = json.value("at_utc_s", std::int64_t{0});
  const std::pair<const char*, std::string*> texts[] = {
      {"by", &out.by},     {"subject", &out.subject}, {"value", &out.value},
      {"text", &out.text}, {"reason", &out.reason},   {"said_by", &out.said_by},
      {"view", &out.view}, {"model", &out.model},     {"shown_sha256", &out.shown_sha256}};
  for (const auto& [name, text] : texts) *text = json.value(name, std::string());
  out.handling = json.value("handling", std::uint8_t{0});
  out.since_utc_s = time_of(json, "since_utc_s");
  out.until_utc_s = time_of(json, "until_utc_s");
  out.rests_on = json.value("rests_on", std::vector<std::string>());
  return out;
}

EventId id_of(const CaseEvent& event, std::uint64_t n_before, const IdKey& key) {
  CaseEvent said = event;
  said.id = {};
  return KeyedHasher(key)
      .add("case event")
      .add(n_before)
      .add(encode(said))
      .finish<struct EventTag>();
}

}  // namespace ovillo::casework
