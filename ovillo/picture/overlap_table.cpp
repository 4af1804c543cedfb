#include "ovillo/picture/overlap_table.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>

#include <fmt/format.h>

namespace ovillo::picture {

namespace {

constexpr double kMostPeople = 1e9;

std::optional<double> whole_number(std::string_view text) {
  double value = -1;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!(value >= 0 && value <= kMostPeople) ||
      value != static_cast<double>(static_cast<std::uint64_t>(value)))
    return std::nullopt;
  return value;
}

Error bad(const std::string& file, std::size_t row, std::string column, std::string detail) {
  return Error(ErrorCode::picture_bad_table, std::move(detail),
               Locus{file, {}, row, std::move(column), {}});
}

}  // namespace

double OverlapTable::n_observed() const { return std::accumulate(count.begin(), count.end(), 0.0); }

Result<OverlapTable> make_overlap_table(const std::string& file,
                                        const std::vector<std::string>& header,
                                        const std::vector<OverlapRow>& rows) {
  if (header.size() < 3 || header.size() > kMostLists + 1)
    return bad(file, 0, {},
               fmt::format("{} columns: two to {} lists and the count are needed", header.size(),
                           kMostLists));
  OverlapTable out;
  out.lists.assign(header.begin(), header.end() - 1);
  for (std::size_t l = 0; l < out.lists.size(); ++l)
    if (out.lists[l].empty() || std::count(out.lists.begin(), out.lists.end(), out.lists[l]) > 1)
      return bad(file, 0, out.lists[l], "each list needs a name of its own");
  out.count.assign(std::size_t{1} << out.lists.size(), 0);
  for (const OverlapRow& row : rows) {
    std::size_t pattern = 0;
    for (std::size_t l = 0; l < out.lists.size(); ++l) {
      if (row.cell[l] != "0" && row.cell[l] != "1")
        return bad(file, row.row, out.lists[l], "\"" + row.cell[l] + "\" is not 0 or 1");
      pattern |= static_cast<std::size_t>(row.cell[l] == "1") << l;
    }
    const auto count = whole_number(row.cell.back());
    if (!count) return bad(file, row.row, header.back(), "\"" + row.cell.back() + "\" is no count");
    if (pattern == 0 && *count > 0)
      return bad(file, row.row, {}, "people on no list cannot have been counted");
    if (pattern != 0) out.count[pattern] += *count;
  }
  if (out.n_observed() == 0) return bad(file, 0, {}, "nobody is on any list");
  if (out.n_observed() > kMostPeople) return bad(file, 0, {}, "more people than there can be");
  return out;
}

Result<Replicates> make_replicates(const std::string& file, const std::vector<std::string>& header,
                                   const std::vector<OverlapRow>& rows, const OverlapTable& table) {
  std::vector<std::size_t> pattern;
  for (const std::string& cell : header) {
    std::size_t p = 0;
    for (std::size_t l = 0; l < cell.size() && l < table.n_lists(); ++l)
      p |= static_cast<std::size_t>(cell[l] == '1') << l;
    if (cell.size() != table.n_lists() || cell.find_first_not_of("01") != std::string::npos ||
        p == 0)
      return bad(file, 0, cell, fmt::format("not a pattern of {} digits", table.n_lists()));
    pattern.push_back(p);
  }
  Replicates out;
  out.n_cells = table.count.size();
  out.count.assign(rows.size() * out.n_cells, 0);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    double n = 0;
    for (std::size_t c = 0; c < pattern.size(); ++c) {
      const auto count = whole_number(rows[r].cell[c]);
      if (!count)
        return bad(file, rows[r].row, header[c], "\"" + rows[r].cell[c] + "\" is no count");
      out.count[r * out.n_cells + pattern[c]] += *count;
      n += *count;
    }
    if (n == 0) return bad(file, rows[r].row, {}, "nobody is on any list");
  }
  return out;
}

}  // namespace ovillo::picture
