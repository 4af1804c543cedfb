#include "ovillo/flow/employment_columns.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include "ovillo/base/file.hpp"
#include "ovillo/flow/part_columns.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

constexpr std::array<std::string_view, 17> kParts = {
    "worker",     "worker_id",       "employer", "company", "director",
    "contractor", "subcontractor",   "site",     "start",   "end",
    "date",       "period",          "hours",    "pay",     "rate",
    "account",    "employer_account"};

}  // namespace

std::span<const std::string_view> names(EmploymentPart) { return kParts; }

Result<EmploymentHeaders> EmploymentHeaders::open(const std::filesystem::path& data) {
  const std::filesystem::path path = data / "employment" / "headers.toml";
  const auto bad = [&](std::string detail) {
    return Error(ErrorCode::base_bad_data_file, std::move(detail),
                 Locus{path.string(), {}, {}, {}, {}});
  };
  OVILLO_TRY(const std::string text, read_file(path));
  EmploymentHeaders out;
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {  // the library's only way to say so
    return bad(std::string(error.description()));
  }
  for (const std::string_view name : kParts) {  // in this order: the first part has a header of two
    const auto* lists = table[name].as_table();
    if (lists == nullptr) return bad(fmt::format("'{}' is not there", name));
    for (const auto& [language, list] : *lists) {
      if (!list.is_array()) return bad(fmt::format("'{}' holds no list", name));
      for (const auto& entry : *list.as_array())
        out.part_.try_emplace(entry.value_or(std::string()), *from_name<EmploymentPart>(name));
    }
  }
  return out;
}

Result<EmploymentColumns> EmploymentHeaders::match(const RecordBatch& batch) const {
  EmploymentColumns out;
  out.at.fill(kNoColumn);
  for (std::size_t c = 0; c < batch.columns.size(); ++c) {
    const auto part = part_.find(words_of_header(batch.columns[c].name));
    if (part == part_.end()) continue;
    auto& at = out.at[static_cast<std::size_t>(part->second)];
    if (at == kNoColumn) at = static_cast<std::uint16_t>(c);
  }
  using enum EmploymentPart;
  const auto has = [&](EmploymentPart part) { return out.of(part) != kNoColumn; };
  const bool names_a_worker = has(worker) || has(worker_id);
  if (!has(employer)) out.at[static_cast<std::size_t>(employer)] = out.of(company);
  if (has(contractor) && has(subcontractor)) {
    out.table = EmploymentTable::contracts;
  } else if (has(director) && has(company)) {
    out.table = EmploymentTable::register_;
  } else if (names_a_worker && has(pay)) {
    out.table = EmploymentTable::payroll;
  } else if (names_a_worker && (has(start) || has(end))) {
    out.table = EmploymentTable::declarations;
  } else if (names_a_worker && has(date)) {
    out.table = EmploymentTable::attendance;
  } else {
    std::string have;
    for (const auto& column : batch.columns) have += (have.empty() ? "" : ", ") + column.name;
    return Error(ErrorCode::flow_no_such_column,
                 fmt::format("it is no register (company, director), contracts (contractor, "
                             "subcontractor), declarations (worker, start), payroll (worker, pay) "
                             "or attendance (worker, date); it has: {}",
                             have),
                 Locus{batch.file_name, batch.member, {}, {}, {}});
  }
  return out;
}

}  // namespace ovillo::flow
