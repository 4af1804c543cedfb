// import: files into the workspace, under a source and what allows us to hold it.
//
// Refuses without an authorisation that is valid now; rows outside its scope go to quarantine.
// rows = records + repeats + rejects + held, always (records counts those in quarantine too; held
// are files and members of archives that are kept as exhibits and that nothing here reads). One
// call is one hand-over unless `handover` names one that goes on; equal rows within a hand-over are
// counted apart (two equal cash deposits stay two), the same file twice adds nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/casework/authority.hpp"
#include "ovillo/flow/photos.hpp"
#include "ovillo/intake/profile.hpp"
#include "ovillo/intake/reader.hpp"
#include "ovillo/record/batch.hpp"
#include "ovillo/record/statement.hpp"
#include "ovillo/record/view.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

struct ImportOrder {
  std::vector<std::string> files;          ///< paths, or "-" for standard input
  std::string source;                      ///< name
  std::string compartment;                 ///< of the source; empty: any, if only one fits
  std::optional<intake::Profile> profile;  ///< empty: the best shipped one, else proposed
  std::string handover;                    ///< empty: this call is one of its own
  std::filesystem::path data;              ///< the data folder: shipped profiles
  std::string rejects_file;                ///< empty: in the workspace's folder `rejects`
  std::int64_t now_utc_s = 0;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  ///< bytes; may be null
};

/// Records in quarantine, by why and by what they were read as.
struct OutsideCount {
  casework::Outside reason = casework::Outside::record_kind;
  RecordKind kind = RecordKind::document;
  std::uint64_t n = 0;
};

struct ImportedFile {
  storage::ImportRow row;
  std::string profile;                 ///< the mapping profile used; empty: not read again
  std::optional<RecordKind> proposed;  ///< the kind, where it was guessed
  PhotoCount photos;
  std::vector<OutsideCount> outside;
};

struct ImportReport {
  std::vector<ImportedFile> files;
  std::vector<Reject> rejects;         ///< the first kMaxRejectsHeld; all are in rejects_file
  std::string rejects_file;            ///< empty when there are none
  std::vector<intake::HeldFile> held;  ///< the first kMaxRejectsHeld; all are in rejects_file
  std::vector<HeldPhoto> held_photos;  ///< the first kMaxRejectsHeld; all are in rejects_file
  static constexpr std::size_t kMaxRejectsHeld = 1000;
};

/// @error flow.no_such_source, casework.*, intake.*, storage.*; nothing is kept then.
Result<ImportReport> import(storage::Workspace& workspace, const View& view,
                            const ImportOrder& order);

/// One fact typed in by a person: a photographed ledger, a voice note, an observation.
struct HandEntry {
  std::string source;
  std::string compartment;  ///< of the source; empty: any, if only one fits
  RecordKind kind = RecordKind::document;
  std::vector<std::pair<Field, std::string>> fields;
  std::vector<std::pair<std::string, std::string>> remarks;  ///< name and words; not interpreted
  StatementType statement_type = StatementType::claim;       ///< never inference
  std::optional<Grade> grade;                                ///< empty: the source's
  std::string exhibit_path;  ///< file kept as the exhibit; may be empty only for `assessment`
  std::int64_t now_utc_s = 0;
};

/// @return  id of the record made. @error as import; flow.exhibit_required; flow.no_authorisation
/// when it lies outside what the source rests on: nothing is kept then.
Result<RecordId> add_by_hand(storage::Workspace& workspace, const View& view,
                             const HandEntry& entry);

}  // namespace ovillo::flow
