// map: the proposed profile of a file, as text for a person and for machines.
#pragma once

#include <string>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

struct FileMap {
  std::string toml;         ///< the profile, ready to be written and corrected
  std::string description;  ///< what was seen, column by column, with the reason
  std::string json;
};

/// @error as intake::read_file.
Result<FileMap> map_file(const std::string& path);

}  // namespace ovillo::flow
