#include "ovillo/flow/plain_files.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/extract/extractor.hpp"
#include "ovillo/intake/reader.hpp"

namespace ovillo::flow {

namespace {

bool is_country_code(std::string_view text) {
  return text.size() == 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z';
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// Positions of the asked columns in a batch; kNone where the batch lacks an optional one.
struct Located {
  static constexpr std::uint16_t kNone = 0xffff;
  std::uint16_t text = kNone;
  std::uint16_t id = kNone;
  std::uint16_t region = kNone;
};

std::uint16_t position(const RecordBatch& batch, const std::string& name) {
  for (std::size_t c = 0; c < batch.columns.size(); ++c)
    if (batch.columns[c].name == name) return static_cast<std::uint16_t>(c);
  return Located::kNone;
}

Result<Located> locate(const RecordBatch& batch, const PlainColumns& columns) {
  const auto missing = [&](const std::string& name) {
    std::string have;
    for (const ColumnInfo& column : batch.columns) have += (have.empty() ? "" : ", ") + column.name;
    return Error(ErrorCode::flow_no_such_column, fmt::format("\"{}\"; it has: {}", name, have),
                 Locus{batch.file_name, batch.member, {}, name, {}});
  };
  Located at;
  at.text = position(batch, columns.text);
  if (at.text == Located::kNone) return missing(columns.text);
  if (!columns.id.empty()) {
    at.id = position(batch, columns.id);
    if (at.id == Located::kNone) return missing(columns.id);
  }
  if (!columns.region.empty() && !is_country_code(columns.region)) {
    at.region = position(batch, columns.region);
    if (at.region == Located::kNone) return missing(columns.region);
  }
  return at;
}

std::string_view cell(const RecordBatch& batch, std::size_t row, std::uint16_t column) {
  if (column == Located::kNone) return {};
  const Range cells = batch.fields[row];
  for (std::size_t c = cells.begin; c < cells.end; ++c)
    if (batch.cell_column[c] == column) return batch.cell_value[c];
  return {};
}

std::string id_of(const RecordBatch& batch, std::size_t row, const Located& at) {
  return at.id == Located::kNone ? fmt::format("{}", batch.row[row])
                                 : std::string(cell(batch, row, at.id));
}

// Reads a file without a mapping: every column under its own name.
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
  OVILLO_TRY(const auto count, intake::read_file(path, intake::Profile{}, Zone::utc(), {}, sink));
  if (n_rejects > 0)
    warn << fmt::format("{} of {} rows were not taken\n", count.rejects, count.rows);
  return {};
}

std::string find_line(const std::string& id, const std::vector<Find>& finds) {
  std::string line = "{\"id\":";
  append_json_string(line, id);
  line += ",\"finds\":[";
  for (std::size_t f = 0; f < finds.size(); ++f) {
    line += fmt::format("{}{{\"kind\":\"{}\",\"canonical\":", f == 0 ? "" : ",",
                        name_of(finds[f].kind));
    append_json_string(line, finds[f].canonical);
    line += fmt::format(",\"begin\":{},\"end\":{},\"written_as\":\"{}\"}}", finds[f].span.begin,
                        finds[f].span.end, name_of(finds[f].written_as));
  }
  return line + "]}\n";
}

}  // namespace

Result<void> extract_file(const std::string& path, const PlainColumns& columns,
                          const std::filesystem::path& data, std::ostream& out,
                          std::ostream& warn) {
  OVILLO_TRY(const auto extractor, extract::Extractor::open(data));
  return read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    OVILLO_TRY(const auto at, locate(batch, columns));
    constexpr std::size_t kGrain = 128;
    std::vector<std::string> lines((batch.size() + kGrain - 1) / kGrain);
    parallel_for(batch.size(), kGrain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row) {
        const std::string_view region = at.region == Located::kNone
                                            ? std::string_view(columns.region)
                                            : cell(batch, row, at.region);
        lines[begin / kGrain] +=
            find_line(id_of(batch, row, at), extractor.find(cell(batch, row, at.text), region));
      }
    });
    for (const std::string& line : lines) out << line;
    return {};
  });
}

Result<void> cluster_file(const std::string& path, const PlainColumns& columns,
                          const std::filesystem::path& data, std::ostream& out,
                          std::ostream& warn) {
  OVILLO_TRY(const auto background, cluster::Background::open(data));
  StringColumn texts;
  std::vector<std::string> ids;
  OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    OVILLO_TRY(const auto at, locate(batch, columns));
    for (std::size_t row = 0; row < batch.size(); ++row) {
      texts.push_back(cell(batch, row, at.text));
      ids.push_back(id_of(batch, row, at));
    }
    return {};
  }));
  const cluster::Decision decision = cluster::cluster(texts, background);
  out << "id,cluster\n";
  for (std::size_t i = 0; i < ids.size(); ++i)
    out << csv_cell(ids[i]) << ','
        << (decision.cluster[i] < 0 ? "" : fmt::format("{}", decision.cluster[i])) << '\n';
  return {};
}

}  // namespace ovillo::flow
