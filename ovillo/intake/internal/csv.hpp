// Rows of CSV and TSV; and, by their header, of Neo4j node and relation files.
#pragma once

#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"
#include "ovillo/intake/internal/text_window.hpp"

namespace ovillo::intake {

/// Reads every row of the member that `window` shows. A row with faulty quotation marks is
/// rejected and reading goes on with the next line, so that one mark cannot swallow the file.
/// @error intake.too_many_columns, or of the sink.
/// @cost  one pass; looking again after a faulty mark is limited to four times the file.
Result<void> read_csv(TextWindow& window, BatchBuilder& builder);

}  // namespace ovillo::intake
