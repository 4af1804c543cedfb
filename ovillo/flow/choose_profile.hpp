// Which mapping profile a file is read with.
#pragma once

#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/import.hpp"

namespace ovillo::flow {

struct ChosenProfile {
  intake::Profile profile;
  bool proposed = false;  ///< from the columns; nobody wrote it down
};

/// The order's own profile, else the best fitting shipped one, else the one proposed from the data.
Result<ChosenProfile> choose_profile(const ImportOrder& order, const std::string& path);

/// A profile by path, or by the name of a shipped one. @error intake.bad_profile, with the file;
/// base.cannot_read.
Result<intake::Profile> open_profile(const std::filesystem::path& data, const std::string& name);

}  // namespace ovillo::flow
