// The report of one network: what is shown on screen, cited record by record, as one page.
#pragma once

#include <string>
#include <string_view>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/owner.hpp"

namespace ovillo::flow {

/// One self-contained HTML page. @error flow.no_such_network.
Result<std::string> report_page(CaseFile& file, std::string_view id_or_key, const Asker& asker);

}  // namespace ovillo::flow
