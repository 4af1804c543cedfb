#include "ovillo/intake/internal/neo4j.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"
#include "ovillo/intake/internal/header_words.hpp"
#include "ovillo/intake/internal/vocabulary.hpp"

namespace ovillo::intake {

namespace {

constexpr std::array<std::string_view, 17> kTypes = {
    "int",       "integer", "long",          "float",    "double",  "boolean",
    "byte",      "short",   "char",          "string",   "point",   "date",
    "localtime", "time",    "localdatetime", "datetime", "duration"};

// A property that says what a row is, or points somewhere, is the word of its author, not of the
// format: only :ID, :LABEL, :START_ID, :END_ID and :TYPE are that.
Field field_of_property(Field field) {
  switch (field) {
    case Field::local_id:
      return Field::reference;
    case Field::from_ref:
    case Field::to_ref:
    case Field::predicate:
    case Field::kind:
      return Field::other;
    default:
      return field;
  }
}

}  // namespace

Neo4jHeader::Column Neo4jHeader::parse_column(std::string_view cell) {
  Column column;
  column.name = cell;
  const std::size_t colon = cell.rfind(':');
  if (colon == std::string_view::npos) return column;
  std::string_view type = cell.substr(colon + 1);
  if (const std::size_t options = type.find('{'); options != type.npos)
    type = type.substr(0, options);
  if (const std::size_t open = type.find('('); open != type.npos && type.ends_with(')')) {
    column.space = type.substr(open + 1, type.size() - open - 2);
    type = type.substr(0, open);
  }
  if (type == "ID") column.part = Part::id;
  if (type == "LABEL") column.part = Part::label;
  if (type == "START_ID") column.part = Part::start;
  if (type == "END_ID") column.part = Part::end;
  if (type == "TYPE") column.part = Part::type;
  if (type == "IGNORE") column.part = Part::ignored;
  if (column.part != Part::property) return column;
  const bool list = type.ends_with("[]");
  if (list) type.remove_suffix(2);
  if (std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end()) return column;
  column.list = list;
  column.name = cell.substr(0, colon);
  return column;
}

bool Neo4jHeader::has(Part part) const {
  return std::any_of(columns_.begin(), columns_.end(),
                     [part](const Column& column) { return column.part == part; });
}

Result<std::optional<Neo4jHeader>> Neo4jHeader::read(const std::vector<std::string>& header,
                                                     const Profile& profile) {
  Neo4jHeader out;
  for (const std::string& cell : header) out.columns_.push_back(parse_column(cell));
  out.relation_ = out.has(Part::start) && out.has(Part::end);
  if (!out.relation_ && !out.has(Part::id)) return std::optional<Neo4jHeader>();
  OVILLO_TRY(const HeaderWords words, HeaderWords::open(data_folder()));
  OVILLO_TRY(out.kinds_, read_kinds(data_folder() / "profiles" / "neo4j_labels.toml"));
  for (const auto& [label, kind] : profile.kinds) out.kinds_[label] = kind;
  for (std::size_t i = 0; i < header.size(); ++i) {
    Column& column = out.columns_[i];
    if (column.part != Part::property) continue;
    auto mapped = profile.columns.find(header[i]);
    if (mapped == profile.columns.end()) mapped = profile.columns.find(column.name);
    if (mapped != profile.columns.end()) {
      column.field = mapped->second;
    } else if (const auto match = words.match(column.name); match && match->whole) {
      column.field = field_of_property(match->field);
    }
  }
  return std::optional<Neo4jHeader>(std::move(out));
}

// The first label that is known.
RecordKind Neo4jHeader::kind_of(std::string_view labels) const {
  while (!labels.empty()) {
    const std::size_t next = labels.find(';');
    if (const auto found = kinds_.find(labels.substr(0, next)); found != kinds_.end())
      return found->second;
    if (next == labels.npos) break;
    labels.remove_prefix(next + 1);
  }
  return RecordKind::thing;
}

Result<void> Neo4jHeader::add_row(const std::vector<std::string>& values, RowPlace place,
                                  std::string_view raw, BatchBuilder& builder) {
  OVILLO_CHECK(builder.begin_row());
  std::string_view labels;
  bool has_start = false;
  bool has_end = false;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    const std::string& value = values[i];
    if (value.empty() || column.part == Part::ignored) continue;
    const auto add = [&](Field field, std::string_view text) {
      builder.add(builder.column(column.name, field), text);
    };
    const auto id = column.space.empty() ? value : fmt::format("{}/{}", column.space, value);
    switch (column.part) {
      case Part::id:
        add(Field::local_id, id);
        break;
      case Part::start:
        has_start = true;
        add(Field::from_ref, id);
        break;
      case Part::end:
        has_end = true;
        add(Field::to_ref, id);
        break;
      case Part::type:
        add(Field::predicate, value);
        break;
      case Part::label:
        labels = value;
        add(Field::kind, value);
        break;
      case Part::property:
        if (!column.list) {
          add(column.field, value);
          break;
        }
        for (std::size_t at = 0; at <= value.size();) {
          const std::size_t next = std::min(value.find(';', at), value.size());
          add(column.field, std::string_view(value).substr(at, next - at));
          at = next + 1;
        }
        break;
      case Part::ignored:
        break;
    }
  }
  if (relation_ && !(has_start && has_end))
    return builder.reject_row(ErrorCode::intake_missing_reference, place.byte);
  return builder.finish_row(relation_ ? RecordKind::relation : kind_of(labels), place, raw);
}

}  // namespace ovillo::intake
