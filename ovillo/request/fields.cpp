#include "ovillo/request/fields.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ovillo::request {

namespace {

using Json = nlohmann::json;

Error bad(std::string why) { return Error(ErrorCode::request_bad_fields, std::move(why)); }

const FieldSpec* spec_of(const Template& one, std::string_view id) {
  for (const Section& section : one.sections)
    for (const FieldSpec& field : section.fields)
      if (field.id == id) return &field;
  return nullptr;
}

std::string known_fields(const Template& one) {
  std::string out;
  for (const Section& section : one.sections)
    for (const FieldSpec& field : section.fields) out += (out.empty() ? "" : ", ") + field.id;
  return out;
}

// A string; a number or true as written. Empty and null: not stated.
Result<std::optional<std::string>> text_of(const Json& json, const std::string& what) {
  if (json.is_null()) return std::optional<std::string>();
  if (json.is_string()) {
    const auto text = json.get<std::string>();
    return text.find_first_not_of(" \t\r\n") == std::string::npos
               ? std::optional<std::string>()
               : std::optional<std::string>(text);
  }
  if (json.is_boolean() || json.is_number()) return std::optional<std::string>(json.dump());
  return bad(fmt::format("{} is no text", what));
}

Result<std::optional<FieldValue>> value_of(const Json& json, const std::string& id) {
  FieldValue out;
  if (!json.is_object()) {
    OVILLO_TRY(const auto text, text_of(json, id));
    if (!text) return std::optional<FieldValue>();
    out.value = *text;
    return std::optional<FieldValue>(out);
  }
  for (const auto& [key, value] : json.items()) {
    if (key == "value") {
      OVILLO_TRY(const auto text, text_of(value, id));
      out.value = text.value_or("");
    } else if (key == "records") {
      if (!value.is_array()) return bad(fmt::format("records of {} is a list of ids", id));
      for (const Json& record : value) {
        if (!record.is_string()) return bad(fmt::format("records of {} is a list of ids", id));
        out.records.push_back(record.get<std::string>());
      }
    } else if (key == "source") {
      OVILLO_TRY(out.source, text_of(value, "source of " + id));
    } else if (key == "file") {
      OVILLO_TRY(out.file, text_of(value, "file of " + id));
    } else if (key == "row") {
      if (!value.is_number_unsigned()) return bad(fmt::format("row of {} is a number", id));
      out.row = value.get<std::uint64_t>();
    } else {
      return bad(
          fmt::format("{} has a key \"{}\"; known: value, records, source, file, row", id, key));
    }
  }
  if (out.value.empty()) return std::optional<FieldValue>();
  return std::optional<FieldValue>(out);
}

}  // namespace

Result<FieldValues> parse_fields(std::string_view json_text, const Template& for_template) {
  const Json json = Json::parse(json_text, nullptr, false);
  if (json.is_discarded()) return bad("it is not JSON");
  if (!json.is_object() || !json.contains("fields") || !json["fields"].is_object())
    return bad("it has no object \"fields\"");
  FieldValues out;
  for (const auto& [id, given] : json["fields"].items()) {
    const FieldSpec* spec = spec_of(for_template, id);
    if (spec == nullptr)
      return bad(fmt::format("{} has no field \"{}\"; it has: {}", for_template.name, id,
                             known_fields(for_template)));
    std::vector<FieldValue> values;
    for (const Json& one : given.is_array() ? given : Json::array({given})) {
      OVILLO_TRY(auto value, value_of(one, id));
      if (value) values.push_back(std::move(*value));
    }
    if (values.size() > 1 && !spec->many)
      return bad(fmt::format("{} takes one value, there are {}", id, values.size()));
    if (!values.empty()) out[id] = std::move(values);
  }
  return out;
}

}  // namespace ovillo::request
