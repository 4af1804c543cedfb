// A template of a request: its sections, fields, legal basis and time in force, as data.
//
// Templates are files of data/requests; docs/formats/request.md says their form. What was not held
// against the official form is marked in the template and in each draft.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::request {

/// A day, "2026-11-23"; compares as text.
using Day = std::string;

/// What a value must look like where the template is written as XML.
enum class ValueForm : std::uint8_t { text, date, yes_no, iban, currency, country };

struct FieldSpec {
  std::string id;
  std::string label;
  bool required = false;
  bool many = false;
  bool by_requester = false;  ///< about the requester or the request itself: no record backs it
  ValueForm form = ValueForm::text;
  std::optional<std::size_t> max_length;  ///< characters
  std::optional<std::string> value;       ///< the template's own, where none is given
  std::string xml;  ///< path of the element, "SchCrit/Acct/Id/IBAN"; may be empty
};

struct Section {
  std::string id;
  std::string title;
  std::string text;  ///< fixed wording; may be empty
  bool wording_checked = false;
  std::vector<FieldSpec> fields;
};

struct Template {
  std::string name;
  std::string title;
  std::string legal_basis;
  std::string source;  ///< where sections and fields come from
  bool wording_checked = false;
  std::optional<Day> valid_from;
  std::optional<Day> valid_to;  ///< last day
  std::string successor;        ///< name of the template after it; may be empty
  std::string predecessor;      ///< before it
  std::string xml_namespace;    ///< empty: it has no XML form
  std::string xml_message;      ///< element below Document
  std::vector<Section> sections;
};

/// @error request.bad_template with the key.
Result<Template> parse_template(std::string_view toml, std::string_view name);
/// @error request.no_such_template (naming those there are), request.bad_template.
Result<Template> read_template(const std::filesystem::path& data, const std::string& name);
/// All templates, by name. @error request.bad_template, base.cannot_read.
Result<std::vector<Template>> all_templates(const std::filesystem::path& data);

/// Says whether it holds on that day.
/// @error request.not_in_force, with the dates and the template that holds instead.
Result<void> check_in_force(const Template& one, const Day& on);

/// A day of the calendar, "2026-11-23".
bool is_day(std::string_view text);

}  // namespace ovillo::request
