// `ovillo resolve A.csv [B.csv]`: rows that are the same person or company.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

struct ResolveOrder {
  std::vector<std::string> files;  ///< one or two
  std::string id;                  ///< column with the id; empty: file number and row, "1:12"
  std::string format = "csv";      ///< csv: id,entity; jsonl: one pair a line, with its reasons
  bool explain = false;            ///< jsonl and csv: reasons of each pair on `warn` in plain words
  std::string columns;             ///< "COLUMN=PART,..."; empty: by their names
};

/// Format: docs/formats/resolve.md. @error flow.no_such_column, base.bad_argument, intake.*.
Result<void> resolve_files(const ResolveOrder& order, std::ostream& out, std::ostream& warn);

}  // namespace ovillo::flow
