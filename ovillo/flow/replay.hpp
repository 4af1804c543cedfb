// Replay: works the answers of a disclosure package out again and compares them byte for byte.
#pragma once

#include <cstddef>
#include <filesystem>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/package.hpp"

namespace ovillo::flow {

struct ReplayReport {
  PackageManifest manifest;
  std::size_t n_files = 0;  ///< answers that came out the same
};

/// Needs neither a workspace nor a network, and writes nothing into the package.
/// @param data  folder of the vocabulary; empty: the package's own.
/// @error flow.not_a_package; flow.package_changed, with the file; flow.replay_differs, with the
/// file, the byte and both wordings.
Result<ReplayReport> replay(const std::filesystem::path& package,
                            const std::filesystem::path& data);

}  // namespace ovillo::flow
