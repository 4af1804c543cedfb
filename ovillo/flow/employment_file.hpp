// `ovillo employment FILE...`: what registers, contracts, declarations, payrolls, attendance lists
// and transfers say together.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

struct EmploymentOrder {
  std::vector<std::string> paths;
  std::string transfers;  ///< file of transfers; empty: not given
  std::string rate;       ///< pay per hour where no row states one; empty: none
  bool json = false;
};

/// CSV: question,site,subject,answer,rows,innocent. What is not known for want of a table is a line
/// of its own. Format: docs/formats/employment.md. @param data  folder with employment,
/// money_flags.
/// @error flow.no_such_column, base.bad_argument, base.bad_data_file, intake.*.
Result<void> write_employment(const EmploymentOrder& order, const std::filesystem::path& data,
                              std::ostream& out, std::ostream& warn);

}  // namespace ovillo::flow
