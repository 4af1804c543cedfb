#include "ovillo/request/draft.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ovillo::request {

namespace {

constexpr std::string_view kDraft =
    "DRAFT. Not sent. A named person checks, completes, signs and sends it.";

const std::vector<FieldValue>& values_of(const FieldValues& values, const FieldSpec& field) {
  static const std::vector<FieldValue> kNone;
  const auto found = values.find(field.id);
  return found == values.end() ? kNone : found->second;
}

std::string rests_on(const FieldValue& value, const FieldSpec& field) {
  std::string place;
  if (value.source) place += fmt::format(", source {}", *value.source);
  if (value.file) place += fmt::format(", file {}", *value.file);
  if (value.row) place += fmt::format(", row {}", *value.row);
  if (!value.records.empty())
    return fmt::format("rests on record {}{}", fmt::join(value.records, ", "), place);
  if (field.by_requester) return "stated by the requester";
  return fmt::format("NO RECORD BACKS THIS{}", place);
}

struct Gaps {
  std::vector<std::string> missing;   // required and not stated
  std::vector<std::string> unbacked;  // stated, about facts, without a record
  std::size_t n_fields = 0;
  std::size_t n_not_stated = 0;
};

Gaps gaps_of(const Template& one, const FieldValues& values) {
  Gaps gaps;
  for (const Section& section : one.sections) {
    for (const FieldSpec& field : section.fields) {
      ++gaps.n_fields;
      const auto& given = values_of(values, field);
      if (given.empty() && !field.value) {
        ++gaps.n_not_stated;
        if (field.required) gaps.missing.push_back(field.id);
      }
      for (const FieldValue& value : given) {
        if (!value.records.empty() || field.by_requester) continue;
        gaps.unbacked.push_back(field.id);
        break;
      }
    }
  }
  return gaps;
}

std::string validity(const Template& one) {
  return fmt::format("in force {}{}", one.valid_from ? "from " + *one.valid_from : "always",
                     one.valid_to ? " until " + *one.valid_to : std::string());
}

// Several lines of a value stay apart and below their label.
std::string indented(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    out += c;
    if (c == '\n') out += "    ";
  }
  return out;
}

std::string field_as_text(const FieldSpec& field, const FieldValues& values) {
  const auto& given = values_of(values, field);
  const std::string label = field.label + (field.required ? " (required)" : "");
  if (given.empty() && field.value)
    return fmt::format("  {}: {}\n      [the template's own]\n", label, *field.value);
  if (given.empty()) return fmt::format("  {}: not stated\n", label);
  std::string out;
  for (const FieldValue& value : given)
    out +=
        fmt::format("  {}: {}\n      [{}]\n", label, indented(value.value), rests_on(value, field));
  return out;
}

}  // namespace

std::string draft_as_text(const Template& one, const FieldValues& values, const Day& on) {
  std::string out =
      fmt::format("{}\n\n{}\n{}\nTemplate {}, {}; drafted for {}.\nSource: {}\n", kDraft, one.title,
                  one.legal_basis, one.name, validity(one), on, one.source);
  if (!one.wording_checked)
    out += "WORDING NOT CHECKED: compare with the official form before use.\n";
  for (const Section& section : one.sections) {
    out += fmt::format("\n{}{}{}\n", section.id.empty() ? "" : section.id + ". ", section.title,
                       section.wording_checked ? "" : "  [wording not checked]");
    if (!section.text.empty()) out += fmt::format("  {}\n", indented(section.text));
    for (const FieldSpec& field : section.fields) out += field_as_text(field, values);
  }
  const Gaps gaps = gaps_of(one, values);
  out += fmt::format("\n{} of {} fields are not stated.\n", gaps.n_not_stated, gaps.n_fields);
  if (!gaps.missing.empty())
    out += fmt::format("Required and not stated: {}.\n", fmt::join(gaps.missing, ", "));
  if (!gaps.unbacked.empty())
    out += fmt::format("No record backs: {}.\n", fmt::join(gaps.unbacked, ", "));
  return out + fmt::format("{}\n", kDraft);
}

std::string draft_as_json(const Template& one, const FieldValues& values, const Day& on) {
  using Json = nlohmann::ordered_json;
  Json out;
  out["draft"] = true;
  out["sent"] = false;
  out["template"] = one.name;
  out["title"] = one.title;
  out["legal_basis"] = one.legal_basis;
  out["source"] = one.source;
  out["wording"] = one.wording_checked ? "checked" : "not checked";
  if (one.valid_from) out["valid_from"] = *one.valid_from;
  if (one.valid_to) out["valid_to"] = *one.valid_to;
  out["on"] = on;
  Json sections = Json::array();
  for (const Section& section : one.sections) {
    Json s;
    s["id"] = section.id;
    s["title"] = section.title;
    s["wording"] = section.wording_checked ? "checked" : "not checked";
    if (!section.text.empty()) s["text"] = section.text;
    Json fields = Json::array();
    for (const FieldSpec& field : section.fields) {
      Json f;
      f["id"] = field.id;
      f["label"] = field.label;
      f["required"] = field.required;
      const auto& given = values_of(values, field);
      f["stated"] = !given.empty() || field.value.has_value();
      Json list = Json::array();
      for (const FieldValue& value : given) {
        Json v;
        v["value"] = value.value;
        v["records"] = value.records;
        if (value.source) v["source"] = *value.source;
        if (value.file) v["file"] = *value.file;
        if (value.row) v["row"] = *value.row;
        v["basis"] = !value.records.empty() ? "records" : field.by_requester ? "requester" : "none";
        list.push_back(std::move(v));
      }
      if (given.empty() && field.value)
        list.push_back(Json{{"value", *field.value}, {"basis", "template"}});
      f["values"] = std::move(list);
      fields.push_back(std::move(f));
    }
    s["fields"] = std::move(fields);
    sections.push_back(std::move(s));
  }
  out["sections"] = std::move(sections);
  const Gaps gaps = gaps_of(one, values);
  out["missing"] = gaps.missing;
  out["unbacked"] = gaps.unbacked;
  return out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace ovillo::request
