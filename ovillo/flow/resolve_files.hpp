// `ovillo resolve FILE...`: rows that are the same person or company; `ovillo why-not`: why two are
// not.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

struct ResolveOrder {
  std::vector<std::string> files;  ///< one or more; each a table
  std::string id;                  ///< column with the id; empty: file number and row, "1:12"
  std::string format = "csv";      ///< csv: id,entity; jsonl: one pair a line, with its reasons
  bool explain = false;            ///< the reasons of each pair on `warn`, in plain words
  std::string columns;             ///< "COLUMN=PART,..."; empty: by their headers
  std::string model;               ///< file with a model; empty: learnt from the tables
  std::string save_model;          ///< file to write the model to that was used
  std::string ledger;              ///< file with judgements; empty: none
  std::string look_up;             ///< file whose rows are looked up in `files`, for look_up_files
};

/// Format: docs/formats/resolve.md. @param data  the vocabulary folder.
/// @error flow.no_such_column, base.bad_argument, resolve.bad_model, resolve.bad_ledger, intake.*.
Result<void> resolve_files(const ResolveOrder& order, const std::filesystem::path& data,
                           std::ostream& out, std::ostream& warn);

/// Which rows of `files` each row of `order.look_up` is: csv id,match,outcome,weight_bits,why; or
/// jsonl, a row a line. How long the look-ups took goes to `warn`.
/// @error  as resolve_files.
Result<void> look_up_files(const ResolveOrder& order, const std::filesystem::path& data,
                           std::ostream& out, std::ostream& warn);

/// Why the rows with ids `a` and `b` are or are not one: in words, or as one JSON document.
/// @error  as resolve_files; resolve.no_such_row.
Result<void> why_not_files(const ResolveOrder& order, const std::string& a, const std::string& b,
                           bool json, const std::filesystem::path& data, std::ostream& out,
                           std::ostream& warn);

}  // namespace ovillo::flow
