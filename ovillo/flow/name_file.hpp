// names on a plain file, with no workspace: pairs of names, compared row by row.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

struct NameFile {
  std::string path;
  std::string a = "name1";  ///< column of the first name
  std::string b = "name2";  ///< column of the second name
  std::string kind;         ///< a column with the kind, or a kind; empty: "schema" if it is there
  std::string format = "csv";  ///< csv or jsonl, the latter with reasons
};

/// One line per row, in order. Format: docs/formats/names.md. Streams. Rejected rows are told on
/// `warn`, one line each. @error flow.no_such_column, intake.*, base.bad_data_file.
Result<void> compare_name_file(const NameFile& asked, const std::filesystem::path& data,
                               std::ostream& out, std::ostream& warn);

}  // namespace ovillo::flow
