#include "ovillo/flow/plain_files.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/extract/extractor.hpp"
#include "ovillo/flow/plain_table.hpp"

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

// Positions of the asked columns in a batch; kNoColumn for those not asked for.
struct Located {
  std::uint16_t text = kNoColumn;
  std::uint16_t id = kNoColumn;
  std::uint16_t region = kNoColumn;
};

Result<Located> locate(const RecordBatch& batch, const PlainColumns& columns) {
  Located at;
  OVILLO_TRY(at.text, column_at(batch, columns.text));
  OVILLO_TRY(at.id, column_at(batch, columns.id));
  OVILLO_TRY(at.region, column_at(batch, is_country_code(columns.region) ? "" : columns.region));
  return at;
}

std::string id_of(const RecordBatch& batch, std::size_t row, const Located& at) {
  return at.id == kNoColumn ? fmt::format("{}", batch.row[row])
                            : std::string(cell(batch, row, at.id));
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
        const std::string_view region =
            at.region == kNoColumn ? std::string_view(columns.region) : cell(batch, row, at.region);
        lines[begin / kGrain] +=
            find_line(id_of(batch, row, at), extractor.find(cell(batch, row, at.text), region));
      }
    });
    for (const std::string& line : lines) out << line;
    return {};
  });
}

}  // namespace ovillo::flow
