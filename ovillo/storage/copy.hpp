// Moving a workspace to another folder or engine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "ovillo/base/result.hpp"

namespace ovillo::storage {

struct CopyReport {
  std::uint64_t n_rows = 0;
  std::uint64_t n_imports = 0;
  /// Whose originals were opened and give their Merkle root, before and after: all but those that
  /// were shredded.
  std::uint64_t n_verified = 0;
};

/// Every row, key and entry of the log, under the same numbers: the copy gives the same bytes. Both
/// are there afterwards; two that are worked on go apart. Neither may be in use.
/// @param to  a folder that is not there yet. @param store  as Workspace::create.
/// @error storage.exists, storage.locked, storage.not_a_workspace, storage.damaged_block (an
/// original that could be verified before cannot after). On error `to` is taken away; what was made
/// on a server stays there under its own schema. @cost  one pass over all rows; memory of one
/// block.
Result<CopyReport> copy_workspace(const std::filesystem::path& from,
                                  const std::filesystem::path& to, const std::string& store);

/// "block 12\n" and so on: the tables that are copied and how many columns of each, by name.
std::string columns_copied();

}  // namespace ovillo::storage
