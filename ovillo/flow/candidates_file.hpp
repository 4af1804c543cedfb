// The file that says who may enter a what-if set.
#pragma once

#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/network/candidates.hpp"

namespace ovillo::flow {

/// A table with the columns name, category, recorded_by and date (the last two may be absent), or
/// plain text with one name a line. It is a table when its first line names a column "category".
/// @error network.bad_candidate, flow.no_such_column, base.cannot_read, intake.*.
Result<network::CandidateList> read_candidates(const std::string& path, std::ostream& warn);

}  // namespace ovillo::flow
