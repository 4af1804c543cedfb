// export: a network in a format other tools read. An inference is never exported as a fact.
#pragma once

#include <string>
#include <string_view>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/case_file.hpp"

namespace ovillo::flow {

/// @param format  "ftm" (FollowTheMoney lines), "csv" (links), "graphml".
/// Each export carries who made it, for which purpose, and that links are machine inferences.
/// @error flow.no_such_network, base.bad_argument.
Result<std::string> export_network(CaseFile& file, std::string_view id_or_key,
                                   const std::string& format, const std::string& purpose);

}  // namespace ovillo::flow
