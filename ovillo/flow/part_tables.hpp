// Plain files as tables of parts (name, birth date, phone ...), for those who compare their rows.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/resolve/tables.hpp"

namespace ovillo::flow {

struct PartTables {
  std::vector<resolve::PartTable> tables;  ///< one a file
  /// Per row of all tables, each different: an id that several rows hold is followed by the file
  /// and row, "7 (2:12)"; else rows of two people would go by one name.
  std::vector<std::string> ids;
  std::map<std::uint32_t, std::string> stated_id;  ///< of those rows, as the file has it

  /// The id of a row as its file has it.
  [[nodiscard]] const std::string& id_in_file(std::uint32_t row) const {
    const auto at = stated_id.find(row);
    return at == stated_id.end() ? ids[row] : at->second;
  }
};

/// Which columns are read, and as what.
struct PartColumnsAsked {
  std::string id;       ///< column with the id; empty: file number and row, "1:12"
  std::string columns;  ///< "COLUMN=PART,..."; empty: by their headers
};

/// Reads the files. What programs write for "nothing" (NA, NULL, -) is nothing.
/// @param data  the vocabulary folder.
/// @param warn  rows that were rejected, and that ids stand in several rows.
/// @error flow.no_such_column, base.bad_argument, intake.*.
Result<PartTables> read_part_tables(std::span<const std::string> files,
                                    const PartColumnsAsked& asked,
                                    const std::filesystem::path& data, std::ostream& warn);

}  // namespace ovillo::flow
