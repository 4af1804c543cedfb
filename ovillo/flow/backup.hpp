// Backing a workspace up, and making one from a backup: what storage writes (storage/backup.hpp),
// signed, and verified when it comes back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/storage/backup.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

using storage::RestoreOrder;

struct BackupOrder {
  std::filesystem::path out;   ///< not there yet
  std::filesystem::path keys;  ///< replaced when it is there; empty: no copy of the keys
};

struct BackupReport {
  std::uint64_t n_bytes = 0;
  std::uint64_t audit_size = 0;  ///< entries of the log in it
  std::string contents;          ///< SHA-256 of what is in it, 64 hex digits
};

/// Writes a backup, signed with the key that signs checkpoints of the log, and then a copy of the
/// keys. Nobody may change the workspace meanwhile. @error as storage::write_backup().
Result<BackupReport> back_up(const storage::Workspace& workspace, const std::filesystem::path& data,
                             const BackupOrder& order, std::int64_t now_utc_s);

struct RestoreReport {
  std::string made;  ///< when the backup was, UTC
  std::uint64_t n_imports = 0;
  std::uint64_t n_verified = 0;  ///< whose originals were opened and give their Merkle root
  /// Sources that were shredded after the backup was made: they went again.
  std::uint64_t n_shredded_since = 0;
  std::uint64_t audit_size = 0;  ///< entries of the log, verified
};

/// Makes a workspace from a backup and verifies it: that what is in the file is what was signed,
/// every original against its Merkle root, the log as a whole and against the checkpoint in the
/// backup. On error the folder is taken away again. @param data  folder of the vocabulary.
/// @error as storage::unpack_backup(); storage.damaged_block, storage.damaged_database (not what
/// was signed), casework.damaged_log. @cost  every original is read.
/// @misses  which decisions came after the backup: they are not in it, nor is their log.
Result<RestoreReport> restore_workspace(const RestoreOrder& order,
                                        const std::filesystem::path& data, std::int64_t now_utc_s);

}  // namespace ovillo::flow
