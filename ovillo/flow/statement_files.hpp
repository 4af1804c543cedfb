// Bank statements read as they are, without a workspace.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

enum class StatementOutput { jsonl, csv, text, summary };

struct StatementFilesAsked {
  std::vector<std::string> files;  ///< "-" is standard input
  StatementOutput output = StatementOutput::jsonl;
  std::string zone;  ///< assumed where a time states none; empty: UTC
};

/// Writes the movements of each statement in file order (docs/formats/statements.md). Statements
/// that were rejected and what is off in others are told on `warn`, a line each.
/// Streams: memory is bounded by one statement.
/// @error of a file that cannot be read at all (base.cannot_read, bank.not_a_statement), with its
///        name; the rejection itself where no statement of any file could be read.
Result<void> write_statements(const StatementFilesAsked& asked, std::ostream& out,
                              std::ostream& warn);

}  // namespace ovillo::flow
