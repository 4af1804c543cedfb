// Some rows of a batch of records, and of the finds beside it.
#pragma once

#include <cstddef>
#include <span>

#include "ovillo/record/batch.hpp"
#include "ovillo/record/find.hpp"

namespace ovillo::flow {

/// @param rows  of the batch, ascending. @cost one copy of what is selected.
RecordBatch only_rows(const RecordBatch& batch, std::span<const std::size_t> rows);
/// @param finds  with one entry per row of the batch; or empty, and then nothing.
FindBatch only_rows(const FindBatch& finds, std::span<const std::size_t> rows);

}  // namespace ovillo::flow
