// Plain files as tables of parts (name, birth date, phone ...), for those who compare their rows.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/resolve/tables.hpp"

namespace ovillo::flow {

struct PartTables {
  std::vector<resolve::PartTable> tables;  ///< one a file
  std::vector<std::string> ids;            ///< per row of all tables
};

/// Which columns are read, and as what.
struct PartColumnsAsked {
  std::string id;       ///< column with the id; empty: file number and row, "1:12"
  std::string columns;  ///< "COLUMN=PART,..."; empty: by their headers
};

/// Reads the files. What programs write for "nothing" (NA, NULL, -) is nothing.
/// @param data  the vocabulary folder.
/// @param warn  rows that were rejected.
/// @error flow.no_such_column, base.bad_argument, intake.*.
Result<PartTables> read_part_tables(std::span<const std::string> files,
                                    const PartColumnsAsked& asked,
                                    const std::filesystem::path& data, std::ostream& warn);

}  // namespace ovillo::flow
