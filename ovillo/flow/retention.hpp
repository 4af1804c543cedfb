// Retention: what goes when its review date comes, and what does not.
//
// Silence deletes: a source past its review date goes, records, originals, finds and pictures, and
// every answer that rested on it. Two things stay. A source of which an exhibit on hold rests on a
// file stays whole, and that is an alarm: only a judicial decision lifts a hold. Records that an
// entry of a case cites, and those of the network a case was opened from or decided on (the set it
// was compared with), stay alone, until the case's own review date; the files they came in go.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/casework/cases.hpp"
#include "ovillo/flow/case_file.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

enum class RetentionState : std::uint8_t {
  later,        ///< its review date is still to come
  goes,         ///< due; nothing of it is needed
  goes_partly,  ///< due; the records of a case stay
  held,         ///< due; an exhibit on hold rests on it: it stays, and somebody must look
  unknown,      ///< due; a network of a case is not in the last answer: run, then look again
};
std::span<const std::string_view> names(RetentionState);

struct RetentionLine {
  Source source;
  RetentionState state = RetentionState::later;
  std::uint64_t n_records = 0;
  std::uint64_t n_kept = 0;           ///< of them, needed by a case
  std::int64_t kept_until_utc_s = 0;  ///< the last review date of those cases
  std::vector<std::string> because;   ///< exhibits on hold, or references of cases
};

/// What would happen now to each source the file's view admits, by name. Read only.
Result<std::vector<RetentionLine>> retention_lines(CaseFile& file, std::int64_t now_utc_s);

struct RetentionReport {
  std::vector<RetentionLine> lines;  ///< those that were due
  storage::ShredReport gone;         ///< of all that went
};
/// Does it. Each source is one transaction; what is held or unknown is left and told.
Result<RetentionReport> apply_retention(storage::Workspace& workspace, CaseFile& file,
                                        std::int64_t now_utc_s);

std::string to_json(const std::vector<RetentionLine>& lines);
std::string to_text(const std::vector<RetentionLine>& lines);

}  // namespace ovillo::flow
