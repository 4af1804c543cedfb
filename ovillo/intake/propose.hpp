// propose: a mapping profile guessed from the data itself, for a person to correct.
#pragma once

#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/intake/profile.hpp"

namespace ovillo::intake {

struct ColumnProposal {
  std::string column;
  Field field = Field::other;
  std::string why;                   ///< "header says telephone; 96 of 100 values read as numbers"
  std::vector<std::string> samples;  ///< up to 3 values, shortened
};

struct Proposal {
  Profile profile;
  bool shipped = false;  ///< the profile is one of data/profiles
  std::string format;    ///< "csv, separator ';', UTF-8 with BOM, header"
  std::vector<ColumnProposal> columns;
};

/// Looks at the first rows of a file. `toml` of the profile: write_profile().
/// @error as read_file.
Result<Proposal> propose(const std::string& path);

}  // namespace ovillo::intake
