#include "ovillo/flow/each_value_a_column.hpp"

#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace ovillo::flow {

void give_each_value_a_column(RecordBatch& batch) {
  const std::size_t n_columns = batch.columns.size();
  std::map<std::pair<std::uint16_t, std::uint32_t>, std::uint16_t> further;  // column, nth value
  std::vector<std::size_t> last_row(n_columns, batch.size());
  std::vector<std::uint32_t> n_values(n_columns, 0);
  for (std::size_t row = 0; row < batch.size(); ++row) {
    const Range cells = batch.fields[row];
    for (std::size_t c = cells.begin; c < cells.end; ++c) {
      const std::uint16_t column = batch.cell_column[c];
      if (std::exchange(last_row[column], row) != row) n_values[column] = 0;
      const std::uint32_t nth = ++n_values[column];
      if (nth == 1) continue;
      const auto held = further.find({column, nth});
      if (held != further.end()) {
        batch.cell_column[c] = held->second;
      } else if (batch.columns.size() < kMostColumns) {
        const auto added = static_cast<std::uint16_t>(batch.columns.size());
        batch.columns.push_back(
            {fmt::format("{} ({})", batch.columns[column].name, nth), batch.columns[column].field});
        further.emplace(std::pair(column, nth), added);
        batch.cell_column[c] = added;
      }
    }
  }
}

}  // namespace ovillo::flow
