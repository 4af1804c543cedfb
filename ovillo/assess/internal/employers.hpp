// Lists of accredited employers, held locally: who may lawfully pay for many adverts.
#pragma once

#include <filesystem>

#include "ovillo/assess/internal/network_facts.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::assess {

/// Canonical identifiers of every list in `folder` that is not marked `example = true`. A folder
/// that is absent holds no list.
/// @error base.bad_data_file, with file and key.
Result<Employers> read_employers(const std::filesystem::path& folder);

}  // namespace ovillo::assess
