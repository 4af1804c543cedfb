#include "ovillo/flow/overlap_file.hpp"

#include <sstream>

#include "ovillo/flow/plain_table.hpp"

namespace ovillo::flow {

namespace {

struct Cells {
  std::vector<std::string> header;
  std::vector<picture::OverlapRow> rows;
};

Result<Cells> read_cells(const std::string& path) {
  Cells out;
  std::ostringstream rejects;
  OVILLO_CHECK(read_plain(path, rejects, [&](const RecordBatch& batch) -> Result<void> {
    if (out.header.empty())
      for (const auto& column : batch.columns) out.header.push_back(column.name);
    for (std::size_t row = 0; row < batch.size(); ++row) {
      picture::OverlapRow& one = out.rows.emplace_back();
      one.row = batch.row[row];
      for (std::size_t c = 0; c < out.header.size(); ++c)
        one.cell.emplace_back(without_blanks(cell(batch, row, static_cast<std::uint16_t>(c))));
    }
    return {};
  }));
  const std::string rejected = rejects.str();
  if (!rejected.empty())
    return Error(ErrorCode::picture_bad_table, rejected.substr(0, rejected.find('\n')),
                 Locus{path, {}, {}, {}, {}});
  return out;
}

}  // namespace

Result<picture::OverlapTable> read_overlaps(const std::string& path) {
  OVILLO_TRY(const Cells cells, read_cells(path));
  return picture::make_overlap_table(path, cells.header, cells.rows);
}

Result<picture::Replicates> read_replicates(const std::string& path,
                                            const picture::OverlapTable& table) {
  OVILLO_TRY(Cells cells, read_cells(path));
  // Patterns are digits: a header of nothing else is taken for a first row.
  if (!cells.header.empty() && cells.header[0] == "column 1" && !cells.rows.empty()) {
    cells.header = std::move(cells.rows[0].cell);
    cells.rows.erase(cells.rows.begin());
  }
  return picture::make_replicates(path, cells.header, cells.rows, table);
}

}  // namespace ovillo::flow
