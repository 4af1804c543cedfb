// Whole files and the data folder.
#pragma once

#include <filesystem>
#include <string>

#include "ovillo/base/result.hpp"

namespace ovillo {

/// Reads a whole file. @error base.cannot_read.
Result<std::string> read_file(const std::filesystem::path& path);

/// Writes a file so that it is either the old or the new one, never half (write beside, fsync,
/// rename, fsync of the folder). @error base.cannot_write.
Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

/// Where the vocabulary lies: $OVILLO_DATA, else share/ovillo/data beside the program, else the
/// source tree it was built from.
std::filesystem::path data_folder();

/// Where reference data for tests lies: $OVILLO_REFERENCE_DATA, else ../shared/data beside the
/// source tree. The folder may be absent: tests then skip with a notice.
std::filesystem::path reference_data_folder();

}  // namespace ovillo
