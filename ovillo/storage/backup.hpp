// A backup: one file with all rows and the audit log of a workspace at one moment, and the keys
// apart from it.
//
// The file is a SQLite database: the tables of ovillo.db as they stand, `audit_entry` and
// `audit_node` of audit.db, and `backup`, whose row says what is in it. What is sealed stays
// sealed, and no key is among it. Format: docs/formats/backup.md.
//
// Keys go to a file of their own that is replaced each time, so that there is one copy and it is
// the newest: what was shredded since a backup was made does not open with it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/ids.hpp"

namespace ovillo::storage {

/// Given the SHA-256 of the contents (64 hex digits): what the backup says of itself.
using BackupStatement = std::function<Result<std::string>(const std::string& contents)>;

/// Writes a backup of a workspace, which may be open in this process; nobody may change it
/// meanwhile. The file is read back once for its contents, and appears whole or not at all.
/// @param out  not there yet. @return its size in bytes.
/// @error base.cannot_write (also: there is one already); base.bad_argument when the tables lie on
/// a server; storage.database, storage.disk_full. @cost  twice the rows read, once written; memory
/// of one row.
Result<std::uint64_t> write_backup(const std::filesystem::path& folder,
                                   const std::filesystem::path& out,
                                   const BackupStatement& statement);

/// Writes a copy of keys.db, each key wrapped under the master key as it is there. One that is
/// there already is overwritten with zeros and replaced. @error base.cannot_write,
/// storage.database.
/// @misses  what a file system or a flash disk keeps of the old one by itself.
Result<void> write_key_copy(const std::filesystem::path& folder, const std::filesystem::path& out);

struct RestoreOrder {
  std::filesystem::path backup;
  std::filesystem::path keys;        ///< as write_key_copy() left it
  std::filesystem::path master_key;  ///< a copy of master.key
  std::filesystem::path workspace;   ///< a folder that is not there yet
};

struct UnpackedBackup {
  std::string statement;  ///< what the backup says of itself; its signature is not looked at
  std::string contents;   ///< SHA-256 of what is in it, worked out anew
  /// Sources with blocks whose key was destroyed since: shredded after the backup was made.
  std::vector<SourceId> shredded_since;
};

/// Makes a folder that opens as a workspace. On error the folder is taken away again.
/// @error storage.exists, storage.not_a_workspace (no backup), storage.wrong_key (the keys are
/// older than the backup, or of another workspace), base.cannot_read, base.cannot_write.
Result<UnpackedBackup> unpack_backup(const RestoreOrder& order);

}  // namespace ovillo::storage
