// Lists in a row: each value a column of its own.
#pragma once

#include "ovillo/record/batch.hpp"

namespace ovillo::flow {

/// In a row that holds several values of one column (a JSON list), the second becomes one of the
/// column "photos (2)", of the same field, and so on: a find and a citation name their value by its
/// column. Beyond kMostColumns columns values stay where they are.
void give_each_value_a_column(RecordBatch& batch);
inline constexpr std::size_t kMostColumns = 50'000;

}  // namespace ovillo::flow
