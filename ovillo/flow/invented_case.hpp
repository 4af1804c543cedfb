// Invented cases: made, brought in, worked out, and compared with their truth.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/owner.hpp"

namespace ovillo::flow {

struct InventOrder {
  std::filesystem::path folder;
  std::string shape = "case";  ///< one of shape_names()
  std::uint64_t seed = 1;
  std::uint64_t n_adverts = 0;  ///< for `case`; 0: as the demo
};

/// The shapes there are: "case, small, ...", for help.
std::string shape_names();

/// Writes the files of an invented case. @return a line saying what. @error base.bad_argument.
Result<std::string> invent(const InventOrder& order, const std::filesystem::path& data);

/// Adds the sources of an invented case to a workspace (two compartments where the case has a
/// sealed one) and imports its files. @param told  receives a line per file.
Result<void> bring_in_invented(Session& session, const std::filesystem::path& folder,
                               const std::filesystem::path& data, std::ostream& told);

/// How well the answer of the session's view matches the truth of the case in `folder`: the block
/// headed "measured on invented data; says nothing about trafficking".
Result<std::string> compare_with_truth(Session& session, const std::filesystem::path& folder);

}  // namespace ovillo::flow
