// Reading a plain file column by column, without a mapping: what the stage commands share.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/batch.hpp"

namespace ovillo::flow {

/// Position of a column that is not asked for.
inline constexpr std::uint16_t kNoColumn = 0xffff;

/// Calls `visit` for each batch of the file; rejected rows are told on `warn` (the first 20, then
/// the count), and a file without rows, of which no batch comes. @error as intake::read_file.
Result<void> read_plain(const std::string& path, std::ostream& warn,
                        const std::function<Result<void>(const RecordBatch&)>& visit);

/// Position of the column of that name; kNoColumn for an empty name.
/// @error flow.no_such_column, naming the columns there are.
Result<std::uint16_t> column_at(const RecordBatch& batch, const std::string& name);

/// The column asked for, else the first of the `common` names (lower case) that the file has in any
/// case of letters; kNoColumn: none. @error flow.no_such_column, when the one asked for is not
/// there.
Result<std::uint16_t> column_known_as(const RecordBatch& batch, const std::string& asked,
                                      const std::vector<std::string_view>& common);

/// Without the blanks at both ends.
std::string_view without_blanks(std::string_view text);

/// Cell of a row; empty when it is not there.
std::string_view cell(const RecordBatch& batch, std::size_t row, std::uint16_t column);

/// A CSV cell, quoted where it must be.
std::string csv_cell(std::string_view text);

}  // namespace ovillo::flow
