#include "ovillo/flow/row_selection.hpp"

namespace ovillo::flow {

RecordBatch only_rows(const RecordBatch& batch, std::span<const std::size_t> rows) {
  RecordBatch out;
  out.source = batch.source;
  out.compartment = batch.compartment;
  out.authorisation = batch.authorisation;
  out.source_key = batch.source_key;
  out.region = batch.region;
  out.file_name = batch.file_name;
  out.file_sha256 = batch.file_sha256;
  out.member = batch.member;
  out.columns = batch.columns;
  for (const std::size_t row : rows) {
    out.id.push_back(batch.id[row]);
    out.kind.push_back(batch.kind[row]);
    out.time.push_back(batch.time[row]);
    out.row.push_back(batch.row[row]);
    out.byte.push_back(batch.byte[row]);
    out.length.push_back(batch.length[row]);
    const Range cells = batch.fields[row];
    for (std::size_t c = cells.begin; c < cells.end; ++c) {
      out.cell_column.push_back(batch.cell_column[c]);
      out.cell_value.push_back(batch.cell_value[c]);
    }
    out.fields.close_row(out.cell_column.size());
  }
  return out;
}

FindBatch only_rows(const FindBatch& finds, std::span<const std::size_t> rows) {
  FindBatch out;
  if (finds.records.size() == 0) return out;
  for (const std::size_t row : rows) {
    const Range of = finds.records[row];
    for (std::size_t f = of.begin; f < of.end; ++f) out.push_back(finds[f]);
    out.close_record();
  }
  return out;
}

}  // namespace ovillo::flow
