// One TOML file of the data folder, as a table or as an error that names the file.
#pragma once

#include <filesystem>

#include <toml++/toml.h>

#include "ovillo/base/result.hpp"

namespace ovillo::extract {

/// @error base.cannot_read, base.bad_data_file with the line.
Result<toml::table> read_toml(const std::filesystem::path& file);

/// base.bad_data_file for `file`, saying what is wrong with it.
Error bad_data(const std::filesystem::path& file, std::string what);

}  // namespace ovillo::extract
