// Drafts of requests from the templates of the data folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

enum class DraftForm { text, json, xml };

struct DraftAsked {
  std::string name;         ///< of the template; empty: a list of all
  std::string fields_file;  ///< JSON; empty: no value is stated
  std::string on;           ///< day, "2026-11-23"; empty: the day of `now_utc_s` (UTC)
  DraftForm form = DraftForm::text;
};

/// Writes the draft, or the list of templates with their time in force.
/// @error request.no_such_template, request.not_in_force, request.bad_fields, base.bad_argument.
Result<void> write_draft(const DraftAsked& asked, const std::filesystem::path& data,
                         std::int64_t now_utc_s, std::ostream& out);

}  // namespace ovillo::flow
