#include "bench/adverts/labelled.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"

namespace ovillo::bench {

namespace {

using Cells = std::vector<std::string>;

// Calls row(cells) for every row of RFC 4180, the header first.
template <class Row>
void each_row(const std::string& bytes, const Row& row) {
  Cells cells(1);
  bool quoted = false;
  const auto end_row = [&] {
    if (cells.size() > 1 || !cells[0].empty()) row(cells);
    cells.assign(1, {});
  };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (quoted) {
      if (c != '"') {
        cells.back() += c;
      } else if (i + 1 < bytes.size() && bytes[i + 1] == '"') {
        cells.back() += bytes[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  end_row();
}

std::size_t column(const Cells& header, std::string_view name) {
  return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
}

std::string_view cell(const Cells& cells, std::size_t at) {
  return at < cells.size() ? std::string_view(cells[at]) : std::string_view();
}

std::int32_t number_or_alone(std::string_view digits) {
  std::int32_t out = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

}  // namespace

Result<Labelled> read_labelled(const std::filesystem::path& path) {
  OVILLO_TRY(const std::string bytes, read_file(path));
  Labelled out;
  Cells header;
  each_row(bytes, [&](const Cells& cells) {
    if (header.empty()) {
      header = cells;
      return;
    }
    if (column(header, "id") >= cells.size() || column(header, "text") >= cells.size()) return;
    out.id.emplace_back(cell(cells, column(header, "id")));
    out.text.push_back(cell(cells, column(header, "text")));
    out.cluster.push_back(number_or_alone(cell(cells, column(header, "cluster"))));
    out.language.emplace_back(cell(cells, column(header, "lang")));
  });
  return out;
}

Result<std::vector<std::int32_t>> read_answer(const std::filesystem::path& path,
                                              const Labelled& set) {
  OVILLO_TRY(const std::string bytes, read_file(path));
  std::unordered_map<std::string_view, std::size_t> row;
  for (std::size_t i = 0; i < set.id.size(); ++i) row.emplace(set.id[i], i);
  std::vector<std::int32_t> out(set.id.size(), -1);
  Cells header;
  each_row(bytes, [&](const Cells& cells) {
    if (header.empty()) {
      header = cells;
      return;
    }
    const auto at = row.find(cell(cells, column(header, "id")));
    if (at != row.end()) out[at->second] = number_or_alone(cell(cells, column(header, "cluster")));
  });
  return out;
}

Result<void> write_answer(const std::filesystem::path& path, const Labelled& set,
                          const std::vector<std::int32_t>& cluster) {
  std::string out = "id,cluster\n";
  for (std::size_t i = 0; i < set.id.size(); ++i)
    out += fmt::format("{},{}\n", set.id[i],
                       cluster[i] < 0 ? std::string() : std::to_string(cluster[i]));
  return write_file(path, out);
}

}  // namespace ovillo::bench
