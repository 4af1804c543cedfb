#include "ovillo/flow/plain_table.hpp"

#include <ostream>

#include <fmt/format.h>

#include "ovillo/intake/reader.hpp"

namespace ovillo::flow {

Result<void> read_plain(const std::string& path, std::ostream& warn,
                        const std::function<Result<void>(const RecordBatch&)>& visit) {
  std::uint64_t n_rejects = 0;
  intake::ReadSink sink;
  sink.batch = [&](RecordBatch&& batch, const StringColumn&) -> Result<void> {
    return visit(batch);
  };
  sink.reject = [&](Reject&& reject) -> Result<void> {
    constexpr std::uint64_t kShown = 20;
    if (++n_rejects <= kShown)
      warn << fmt::format("{}: row {}, byte {}: {} [{}]\n", reject.file, reject.row, reject.byte,
                          reject.sentence, reject.code);
    return {};
  };
  OVILLO_TRY(const auto count,
             intake::read_file(path, intake::Profile{}, Zone::utc(), intake::ReadOptions{}, sink));
  if (n_rejects > 0)
    warn << fmt::format("{} of {} rows were not taken\n", count.rejects, count.rows);
  if (count.rows == 0) warn << fmt::format("{}: the file holds no row\n", path);
  return {};
}

Result<std::uint16_t> column_at(const RecordBatch& batch, const std::string& name) {
  if (name.empty()) return kNoColumn;
  std::string have;
  for (std::size_t c = 0; c < batch.columns.size(); ++c) {
    if (batch.columns[c].name == name) return static_cast<std::uint16_t>(c);
    have += (have.empty() ? "" : ", ") + batch.columns[c].name;
  }
  return Error(ErrorCode::flow_no_such_column, fmt::format("\"{}\"; it has: {}", name, have),
               Locus{batch.file_name, batch.member, {}, name, {}});
}

Result<std::uint16_t> column_known_as(const RecordBatch& batch, const std::string& asked,
                                      const std::vector<std::string_view>& common) {
  if (!asked.empty()) return column_at(batch, asked);
  const auto lower = [](std::string_view text) {
    std::string out(text);
    for (char& c : out)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
  };
  for (const std::string_view name : common)
    for (std::size_t c = 0; c < batch.columns.size(); ++c)
      if (lower(without_blanks(batch.columns[c].name)) == name)
        return static_cast<std::uint16_t>(c);
  return kNoColumn;
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string_view cell(const RecordBatch& batch, std::size_t row, std::uint16_t column) {
  if (column == kNoColumn) return {};
  const Range cells = batch.fields[row];
  for (std::size_t c = cells.begin; c < cells.end; ++c)
    if (batch.cell_column[c] == column) return batch.cell_value[c];
  return {};
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace ovillo::flow
