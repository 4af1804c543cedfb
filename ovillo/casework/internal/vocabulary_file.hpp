// A vocabulary file (TOML) and the errors it may give.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <toml++/toml.h>

#include "ovillo/base/result.hpp"

namespace ovillo::casework {

/// @error base.cannot_read, base.bad_data_file with the place of the fault.
Result<toml::table> read_vocabulary(const std::filesystem::path& path);

/// base.bad_data_file, naming the entry.
Error bad_entry(const std::filesystem::path& path, std::string_view entry);

}  // namespace ovillo::casework
