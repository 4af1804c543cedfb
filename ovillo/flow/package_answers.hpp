// The answers that a disclosure package holds, and working them out again.
#pragma once

#include <filesystem>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/package.hpp"

namespace ovillo::flow {

/// Runs the package's workspace in a folder of its own, which is taken away again, and gives
/// `networks/ID.json`, `networks/ID.html` and `records.jsonl` (every whole record). The package is
/// not written to. @param data  folder of the vocabulary.
/// @error flow.replay_differs where a network of the manifest does not come out; storage.*.
Result<PackageFiles> work_out_answers(const std::filesystem::path& package,
                                      const PackageManifest& manifest,
                                      const std::filesystem::path& data);

}  // namespace ovillo::flow
