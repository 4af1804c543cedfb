#include "ovillo/flow/part_tables.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/flow/part_columns.hpp"
#include "ovillo/flow/plain_table.hpp"

namespace ovillo::flow {

namespace {

using resolve::Part;

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// A cell's value; what programs write for "nothing" is nothing.
std::string_view stated(std::string_view cell) {
  const std::string_view value = trimmed(cell);
  for (const std::string_view nothing : {"NA", "N/A", "n/a", "NULL", "null", "NaN", "nan", "-"})
    if (value == nothing) return {};
  return value;
}

// "COLUMN=PART,..." as typed. @error base.bad_argument.
Result<std::map<std::string, Part>> parse_columns(const std::string& text) {
  std::map<std::string, Part> columns;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find(',', i), text.size());
    const std::string pair = text.substr(i, end - i);
    const std::size_t equals = pair.find('=');
    const auto part = from_name<Part>(pair.substr(equals + 1));
    if (equals == std::string::npos || !part)
      return Error(
          ErrorCode::base_bad_argument,
          "\"" + pair + "\" is not COLUMN=PART with a part such as name, birth_date, phone");
    columns[pair.substr(0, equals)] = *part;
    i = end + 1;
  }
  return columns;
}

/// Where the parts of a table stand in the file.
struct Layout {
  struct Column {
    std::uint16_t position;
    Part part;
  };
  std::vector<Column> columns;
  std::array<std::optional<std::uint16_t>, 3> birth;  ///< year, month, day
};

class TableReader {
 public:
  TableReader(const PartHeaders& headers, std::string id, std::map<std::string, Part> chosen)
      : headers_(headers), id_(std::move(id)), chosen_(std::move(chosen)) {}

  Result<void> read(const std::string& path, std::ostream& warn) {
    const std::size_t file = tables.size() + 1;
    resolve::PartTable table;
    std::optional<Layout> layout;
    OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
      OVILLO_TRY(const auto id, column_at(batch, id_));
      if (!layout) {
        layout = layout_of(batch, id);
        for (const auto& column : layout->columns) table.columns.push_back({column.part, {}});
        if (has_birth(*layout)) table.columns.push_back({Part::birth_date, {}});
      }
      for (std::size_t row = 0; row < batch.size(); ++row) {
        for (std::size_t c = 0; c < layout->columns.size(); ++c)
          table.columns[c].value.push_back(stated(cell(batch, row, layout->columns[c].position)));
        if (has_birth(*layout))
          table.columns.back().value.push_back(birth_date(batch, row, *layout));
        ids.push_back(id == kNoColumn ? fmt::format("{}:{}", file, batch.row[row])
                                      : std::string(trimmed(cell(batch, row, id))));
        row_in_file.push_back(static_cast<std::uint32_t>(batch.row[row]));
      }
      return {};
    }));
    if (table.columns.empty())
      return Error(ErrorCode::flow_no_such_column,
                   "none of the columns is known as a name, birth date, document ...: name them "
                   "with --columns COLUMN=PART",
                   Locus{path, {}, {}, {}, {}});
    tables.push_back(std::move(table));
    return {};
  }

  std::vector<resolve::PartTable> tables;
  std::vector<std::string> ids;            ///< per row of all tables
  std::vector<std::uint32_t> row_in_file;  ///< the same

 private:
  static bool has_birth(const Layout& layout) { return layout.birth[0].has_value(); }

  [[nodiscard]] Layout layout_of(const RecordBatch& batch, std::uint16_t id) const {
    std::vector<std::string> names;
    for (const auto& column : batch.columns) names.emplace_back(trimmed(column.name));
    const auto known = headers_.match(names);
    Layout layout;
    for (std::size_t c = 0; c < names.size(); ++c) {
      const auto position = static_cast<std::uint16_t>(c);
      if (position == id) continue;
      if (!chosen_.empty()) {
        if (const auto at = chosen_.find(names[c]); at != chosen_.end())
          layout.columns.push_back({position, at->second});
      } else if (known[c] && known[c]->use == ColumnUse::part) {
        layout.columns.push_back({position, known[c]->part});
      } else if (known[c]) {
        layout.birth[static_cast<std::size_t>(known[c]->use) - 1] = position;
      }
    }
    return layout;
  }

  /// "1956-04-09" out of three columns; a year alone where month or day are not stated.
  static std::string birth_date(const RecordBatch& batch, std::size_t row, const Layout& layout) {
    std::array<std::string_view, 3> piece;
    for (std::size_t i = 0; i < 3; ++i)
      if (layout.birth[i]) piece[i] = stated(cell(batch, row, *layout.birth[i]));
    if (piece[1].empty() || piece[2].empty()) return std::string(piece[0]);
    return fmt::format("{:0>4}-{:0>2}-{:0>2}", piece[0], piece[1], piece[2]);
  }

  const PartHeaders& headers_;
  std::string id_;
  std::map<std::string, Part> chosen_;
};

/// Hashes of ids that several rows hold, ascending. @cost 8 bytes a row.
std::vector<std::uint64_t> repeated_hashes(const std::vector<std::string>& ids) {
  std::vector<std::uint64_t> hash;
  hash.reserve(ids.size());
  for (const std::string& id : ids) hash.push_back(hash64(id));
  std::sort(hash.begin(), hash.end());
  std::vector<std::uint64_t> out;
  for (std::size_t i = 1; i < hash.size(); ++i)
    if (hash[i] == hash[i - 1] && (out.empty() || out.back() != hash[i])) out.push_back(hash[i]);
  return out;
}

/// Gives every row a name of its own, see PartTables::ids.
void tell_repeats_apart(PartTables& read, const std::vector<std::uint32_t>& row_in_file,
                        std::ostream& warn) {
  const auto repeated = repeated_hashes(read.ids);
  if (repeated.empty()) return;
  std::uint32_t row = 0;
  for (std::size_t file = 0; file < read.tables.size(); ++file)
    for (const std::uint32_t end = row + static_cast<std::uint32_t>(read.tables[file].size());
         row < end; ++row) {
      std::string& id = read.ids[row];
      if (!std::binary_search(repeated.begin(), repeated.end(), hash64(id))) continue;
      const std::string place = fmt::format("({}:{})", file + 1, row_in_file[row]);
      read.stated_id.emplace(row, id);
      id = id.empty() ? place : fmt::format("{} {}", id, place);
    }
  warn << fmt::format(
      "{} rows share their id with another row, such as {}: file and row tell them apart\n",
      read.stated_id.size(), read.ids[read.stated_id.begin()->first]);
}

}  // namespace

Result<PartTables> read_part_tables(std::span<const std::string> files,
                                    const PartColumnsAsked& asked,
                                    const std::filesystem::path& data, std::ostream& warn) {
  OVILLO_TRY(auto chosen, parse_columns(asked.columns));
  OVILLO_TRY(const auto headers, PartHeaders::open(data));
  TableReader reader(headers, asked.id, std::move(chosen));
  for (const std::string& file : files) OVILLO_CHECK(reader.read(file, warn));
  PartTables out{std::move(reader.tables), std::move(reader.ids), {}};
  tell_repeats_apart(out, reader.row_in_file, warn);
  return out;
}

}  // namespace ovillo::flow
