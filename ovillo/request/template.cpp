#include "ovillo/request/template.hpp"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/time.hpp"

namespace ovillo::request {

namespace {

Error bad(std::string_view name, std::string_view why) {
  return Error(ErrorCode::request_bad_template, fmt::format("{}: {}", name, why));
}

std::string text_of(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string());
}

std::optional<Day> day_of(const toml::table& table, std::string_view key) {
  const auto date = table[key].value<toml::date>();
  if (!date) return std::nullopt;
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date->year),
                     static_cast<int>(date->month), static_cast<int>(date->day));
}

std::optional<ValueForm> form_of(std::string_view name) {
  constexpr std::pair<std::string_view, ValueForm> kForms[] = {
      {"", ValueForm::text},          {"text", ValueForm::text}, {"date", ValueForm::date},
      {"yes_no", ValueForm::yes_no},  {"iban", ValueForm::iban}, {"currency", ValueForm::currency},
      {"country", ValueForm::country}};
  for (const auto& [word, form] : kForms)
    if (word == name) return form;
  return std::nullopt;
}

// "checked" or "not checked"; nothing else, and never left out.
Result<bool> wording_of(const toml::table& table, std::string_view name) {
  const std::string wording = text_of(table, "wording");
  if (wording == "checked") return true;
  if (wording == "not checked") return false;
  return bad(name, "wording is \"checked\" or \"not checked\"");
}

Result<FieldSpec> parse_field(const toml::table& table, std::string_view name) {
  FieldSpec field;
  field.id = text_of(table, "id");
  field.label = text_of(table, "label");
  if (field.id.empty() || field.label.empty()) return bad(name, "a field without id or label");
  field.required = table["required"].value_or(false);
  field.many = table["many"].value_or(false);
  field.by_requester = table["by_requester"].value_or(false);
  const auto form = form_of(text_of(table, "form"));
  if (!form) return bad(name, fmt::format("field {}: there is no such form", field.id));
  field.form = *form;
  if (const auto most = table["max_length"].value<std::int64_t>(); most && *most > 0)
    field.max_length = static_cast<std::size_t>(*most);
  field.value = table["value"].value<std::string>();
  field.xml = text_of(table, "xml");
  return field;
}

Result<Section> parse_section(const toml::table& table, std::string_view name) {
  Section section;
  section.id = text_of(table, "id");
  section.title = text_of(table, "title");
  section.text = text_of(table, "text");
  if (section.title.empty()) return bad(name, "a section without title");
  OVILLO_TRY(section.wording_checked, wording_of(table, name));
  if (const auto* fields = table["field"].as_array()) {
    for (const auto& node : *fields) {
      if (!node.is_table()) return bad(name, "[[section.field]] is a table");
      OVILLO_TRY(auto field, parse_field(*node.as_table(), name));
      section.fields.push_back(std::move(field));
    }
  }
  return section;
}

}  // namespace

bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  return parse_time(text, Zone::utc(), DateOrder::day_first).has_value();
}

Result<Template> parse_template(std::string_view toml_text, std::string_view name) {
  toml::table table;
  try {
    table = toml::parse(toml_text);
  } catch (const toml::parse_error& error) {
    return bad(name, fmt::format("line {}: {}", error.source().begin.line, error.description()));
  }
  Template out;
  out.name = name;
  out.title = text_of(table, "title");
  out.legal_basis = text_of(table, "legal_basis");
  out.source = text_of(table, "source");
  if (out.title.empty() || out.legal_basis.empty() || out.source.empty())
    return bad(name, "title, legal_basis and source are needed");
  OVILLO_TRY(out.wording_checked, wording_of(table, name));
  out.valid_from = day_of(table, "valid_from");
  out.valid_to = day_of(table, "valid_to");
  if (table.contains("valid_from") != out.valid_from.has_value() ||
      table.contains("valid_to") != out.valid_to.has_value())
    return bad(name, "valid_from and valid_to are dates");
  out.successor = text_of(table, "successor");
  out.predecessor = text_of(table, "predecessor");
  out.xml_namespace = text_of(table, "xml_namespace");
  out.xml_message = text_of(table, "xml_message");
  const auto* sections = table["section"].as_array();
  if (sections == nullptr) return bad(name, "no section");
  for (const auto& node : *sections) {
    if (!node.is_table()) return bad(name, "[[section]] is a table");
    OVILLO_TRY(auto section, parse_section(*node.as_table(), name));
    for (const FieldSpec& field : section.fields)
      for (const Section& before : out.sections)
        for (const FieldSpec& other : before.fields)
          if (other.id == field.id) return bad(name, fmt::format("two fields {}", field.id));
    out.sections.push_back(std::move(section));
  }
  return out;
}

Result<std::vector<Template>> all_templates(const std::filesystem::path& data) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(data / "requests", error))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Template> out;
  for (const auto& file : files) {
    OVILLO_TRY(const std::string text, read_file(file));
    OVILLO_TRY(auto one, parse_template(text, file.stem().string()));
    out.push_back(std::move(one));
  }
  return out;
}

Result<Template> read_template(const std::filesystem::path& data, const std::string& name) {
  OVILLO_TRY(auto all, all_templates(data));
  std::string known;
  for (Template& one : all) {
    if (one.name == name) return std::move(one);
    known += (known.empty() ? "" : ", ") + one.name;
  }
  return Error(ErrorCode::request_no_such_template,
               fmt::format("\"{}\"; there are: {}", name, known));
}

Result<void> check_in_force(const Template& one, const Day& on) {
  if (one.valid_from && on < *one.valid_from) {
    const std::string before =
        one.predecessor.empty() ? "" : fmt::format("; before it: {}", one.predecessor);
    return Error(
        ErrorCode::request_not_in_force,
        fmt::format("{} holds from {}, asked for {}{}", one.name, *one.valid_from, on, before));
  }
  if (one.valid_to && on > *one.valid_to) {
    const std::string after =
        one.successor.empty() ? "" : fmt::format("; its successor: {}", one.successor);
    return Error(ErrorCode::request_not_in_force, fmt::format("{} held until {}, asked for {}{}",
                                                              one.name, *one.valid_to, on, after));
  }
  return {};
}

}  // namespace ovillo::request
