#include "ovillo/flow/request_draft.hpp"

#include <ostream>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/request/draft.hpp"

namespace ovillo::flow {

namespace {

Result<void> write_list(const std::filesystem::path& data, const request::Day& on,
                        std::ostream& out) {
  OVILLO_TRY(const auto all, request::all_templates(data));
  for (const request::Template& one : all)
    out << fmt::format("{:<30} {:<10} {:<10} {}{}{}\n", one.name, one.valid_from.value_or("-"),
                       one.valid_to.value_or("-"), one.title,
                       request::check_in_force(one, on) ? "" : "  [not in force]",
                       one.wording_checked ? "" : "  [wording not checked]");
  return {};
}

}  // namespace

Result<void> write_draft(const DraftAsked& asked, const std::filesystem::path& data,
                         std::int64_t now_utc_s, std::ostream& out) {
  const std::string on = asked.on.empty() ? format_utc(now_utc_s).substr(0, 10) : asked.on;
  if (!request::is_day(on))
    return Error(ErrorCode::base_bad_argument,
                 fmt::format("--on is a day such as 2026-11-23, not \"{}\"", on));
  if (asked.name.empty()) return write_list(data, on, out);
  OVILLO_TRY(const auto one, request::read_template(data, asked.name));
  OVILLO_CHECK(request::check_in_force(one, on));
  request::FieldValues values;
  if (!asked.fields_file.empty()) {
    OVILLO_TRY(const std::string json, read_file(asked.fields_file));
    auto read = request::parse_fields(json, one);
    if (!read) {
      Locus locus;
      locus.file = asked.fields_file;
      return read.error().at(std::move(locus));
    }
    values = std::move(*read);
  }
  switch (asked.form) {
    case DraftForm::text:
      out << request::draft_as_text(one, values, on);
      break;
    case DraftForm::json:
      out << request::draft_as_json(one, values, on);
      break;
    case DraftForm::xml:
      OVILLO_TRY(const std::string xml, request::draft_as_xml(one, values, on));
      out << xml;
      break;
  }
  return {};
}

}  // namespace ovillo::flow
