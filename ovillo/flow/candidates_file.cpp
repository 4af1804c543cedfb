#include "ovillo/flow/candidates_file.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "ovillo/base/file.hpp"
#include "ovillo/flow/plain_table.hpp"

namespace ovillo::flow {

namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\"";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

bool is_word(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(),
                    [](unsigned char a, unsigned char b) { return std::tolower(a) == b; });
}

/// The column of that name in any case; empty when there is none.
std::string column_named(const RecordBatch& batch, std::string_view lower) {
  for (const auto& column : batch.columns)
    if (is_word(trimmed(column.name), lower)) return column.name;
  return {};
}

bool names_a_category(std::string_view line) {
  while (true) {
    const std::size_t end = std::min(line.find_first_of(",;\t"), line.size());
    if (is_word(trimmed(line.substr(0, end)), "category")) return true;
    if (end == line.size()) return false;
    line.remove_prefix(end + 1);
  }
}

Result<network::CandidateList> read_table(const std::string& path, std::ostream& warn) {
  network::CandidateList out;
  OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    const std::string name_column = column_named(batch, "name");
    OVILLO_TRY(const auto name, column_at(batch, name_column.empty() ? "name" : name_column));
    OVILLO_TRY(const auto category, column_at(batch, column_named(batch, "category")));
    OVILLO_TRY(const auto recorded_by, column_at(batch, column_named(batch, "recorded_by")));
    OVILLO_TRY(const auto date, column_at(batch, column_named(batch, "date")));
    for (std::size_t row = 0; row < batch.size(); ++row) {
      out.name.push_back(trimmed(cell(batch, row, name)));
      out.category.push_back(trimmed(cell(batch, row, category)));
      out.recorded_by.push_back(trimmed(cell(batch, row, recorded_by)));
      out.date.push_back(trimmed(cell(batch, row, date)));
    }
    return {};
  }));
  return out;
}

}  // namespace

Result<network::CandidateList> read_candidates(const std::string& path, std::ostream& warn) {
  OVILLO_TRY(const std::string text, read_file(path));
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  if (names_a_category(trimmed(rest.substr(0, rest.find('\n'))))) return read_table(path, warn);
  network::CandidateList out;
  for (bool first = true; !rest.empty(); first = false) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view name = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (name.empty() || (first && is_word(name, "name"))) continue;
    out.name.push_back(name);
  }
  return out;
}

}  // namespace ovillo::flow
