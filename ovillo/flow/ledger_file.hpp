// The ledger of judgements as a file of JSON lines that only grows.
#pragma once

#include <filesystem>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/resolve/judgement.hpp"

namespace ovillo::flow {

/// Judgements in the order in which they were made. A file that is not there holds none.
/// @error  base.cannot_read; resolve.bad_ledger with the row: a ledger is read whole or not at all.
Result<std::vector<resolve::Judgement>> read_ledger(const std::filesystem::path& path);

/// Adds one line; what stands is not touched.
/// @error  base.bad_argument: no ids, no name, no reason; base.cannot_write; as read_ledger.
Result<void> append_judgement(const std::filesystem::path& path,
                              const resolve::Judgement& judgement);

}  // namespace ovillo::flow
