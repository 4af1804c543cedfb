#include "ovillo/flow/backup.hpp"

#include <set>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ovillo/base/time.hpp"
#include "ovillo/casework/audit.hpp"
#include "ovillo/flow/holdings.hpp"

namespace ovillo::flow {

namespace {

constexpr std::string_view kHead = "ovillo backup 1\n";
constexpr std::string_view kSignature = "backup signature ";

std::string signature_line(const casework::AuditLog& log, std::string_view text) {
  return fmt::format("{}{:02x}\n", kSignature, fmt::join(log.sign(text), ""));
}

/// The statement of a backup, read back.
struct Statement {
  std::string made;
  casework::Checkpoint log;
};

Result<Statement> verified(const storage::UnpackedBackup& backup, const casework::AuditLog& log) {
  const Error damaged(ErrorCode::storage_damaged_database,
                      "the backup is not what was signed when it was made");
  const std::string_view text = backup.statement;
  const std::size_t end = text.rfind(kSignature);
  if (!text.starts_with(kHead) || end == std::string_view::npos) return damaged;
  const std::string_view body = text.substr(0, end);
  if (text.substr(end) != signature_line(log, body)) return damaged;
  const std::size_t made = kHead.size();
  const std::size_t contents = text.find('\n', made) + 1;
  if (text.substr(contents, text.find('\n', contents) - contents) != backup.contents)
    return damaged;
  OVILLO_TRY(const auto checkpoint, casework::parse_checkpoint(body));
  return Statement{std::string(text.substr(made, contents - 1 - made)), checkpoint};
}

/// @return  how many imports gave their Merkle root: all that have originals.
Result<std::uint64_t> verify_all_originals(const storage::Workspace& workspace) {
  OVILLO_TRY(const auto view, whole_view(workspace));
  OVILLO_TRY(const auto places, workspace.block_places(view, storage::BlockKind::original));
  std::set<std::uint64_t> groups;
  for (const storage::BlockPlace& place : places) groups.insert(place.group);
  for (const std::uint64_t group : groups) OVILLO_CHECK(workspace.verify_originals(group));
  return groups.size();
}

Result<RestoreReport> verify_restored(const RestoreOrder& order,
                                      const storage::UnpackedBackup& backup,
                                      const std::filesystem::path& data, std::int64_t now_utc_s) {
  OVILLO_TRY(auto workspace, storage::Workspace::open(order.workspace));
  OVILLO_TRY(const auto log, casework::AuditLog::open(workspace, data));
  OVILLO_TRY(const auto statement, verified(backup, log));
  RestoreReport report;
  report.made = statement.made;
  for (const SourceId source : backup.shredded_since) {
    OVILLO_CHECK(workspace.shred({source, now_utc_s, {}, {}, 0}));
    ++report.n_shredded_since;
  }
  OVILLO_CHECK(log.verify());
  OVILLO_CHECK(log.goes_on_from(statement.log));
  report.audit_size = log.size();
  OVILLO_TRY(report.n_verified, verify_all_originals(workspace));
  OVILLO_TRY(const auto imports, workspace.imports());
  report.n_imports = imports.size();
  return report;
}

}  // namespace

Result<BackupReport> back_up(const storage::Workspace& workspace, const std::filesystem::path& data,
                             const BackupOrder& order, std::int64_t now_utc_s) {
  OVILLO_TRY(const auto log, casework::AuditLog::open(workspace, data));
  BackupReport report;
  const auto statement = [&](const std::string& contents) -> Result<std::string> {
    OVILLO_TRY(const auto checkpoint, log.checkpoint(now_utc_s));
    report.contents = contents;
    report.audit_size = checkpoint.size;
    const std::string text = fmt::format("{}{}\n{}\n{}", kHead, format_utc(now_utc_s), contents,
                                         casework::signed_checkpoint_text(checkpoint));
    return text + signature_line(log, text);
  };
  OVILLO_TRY(report.n_bytes, storage::write_backup(workspace.folder(), order.out, statement));
  // After the rows: a key is on disk before anything is sealed with it.
  if (!order.keys.empty()) OVILLO_CHECK(storage::write_key_copy(workspace.folder(), order.keys));
  return report;
}

Result<RestoreReport> restore_workspace(const RestoreOrder& order,
                                        const std::filesystem::path& data, std::int64_t now_utc_s) {
  OVILLO_TRY(const auto backup, storage::unpack_backup(order));
  auto report = verify_restored(order, backup, data, now_utc_s);
  std::error_code ignored;
  if (!report) std::filesystem::remove_all(order.workspace, ignored);
  return report;
}

}  // namespace ovillo::flow
