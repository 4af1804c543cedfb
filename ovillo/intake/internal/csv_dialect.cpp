#include "ovillo/intake/internal/csv_dialect.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ovillo/intake/internal/value_shape.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kSniffRows = 500;
constexpr double kLeastFit = 0.4;  // rows as wide as the first; a dozen rows may hold some broken
constexpr std::size_t kSniffBytes = 512u << 10;

std::size_t find_byte(std::string_view text, char c, std::size_t from) {
  if (from >= text.size()) return kNone;
  const void* at = std::memchr(text.data() + from, c, text.size() - from);
  return at == nullptr ? kNone
                       : static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
}

void split_plain(std::string_view text, std::size_t end, char separator,
                 std::vector<CsvCell>& cells) {
  std::size_t begin = 0;
  if (separator != 0) {
    const std::string_view line = text.substr(0, end);
    for (std::size_t at = find_byte(line, separator, 0); at != kNone;
         at = find_byte(line, separator, begin)) {
      cells.push_back({begin, at, false});
      begin = at + 1;
    }
  }
  cells.push_back({begin, end, false});
}

// A row that holds quotation marks, cell by cell.
class QuotedRow {
 public:
  QuotedRow(std::string_view text, const CsvDialect& dialect, bool complete,
            std::vector<CsvCell>& cells)
      : text_(text), dialect_(dialect), complete_(complete), cells_(cells) {}

  ScannedRow scan() {
    while (true) {
      const bool opens = at_ < text_.size() && text_[at_] == '"';
      const RowScan cell = opens ? quoted_cell() : plain_cell();
      if (cell != RowScan::row || ended_) return {cell, end_, next_, at_};
    }
  }

 private:
  // Takes the cell that begins at at_ and what ends it.
  RowScan plain_cell() {
    std::size_t line = find_byte(text_, dialect_.line_end, at_);
    if (line == kNone) {
      if (!complete_) return RowScan::more;
      line = text_.size();
    }
    const std::size_t separator =
        dialect_.separator == 0 ? kNone : find_byte(text_.substr(0, line), dialect_.separator, at_);
    if (separator != kNone) {
      cells_.push_back({at_, separator, false});
      at_ = separator + 1;
      return RowScan::row;
    }
    std::size_t end = line;
    if (dialect_.line_end == '\n' && end > at_ && text_[end - 1] == '\r') --end;
    cells_.push_back({at_, end, false});
    finish(end, line);
    return RowScan::row;
  }

  RowScan quoted_cell() {
    CsvCell cell{at_ + 1, 0, false};
    at_ += 1;
    while (true) {
      const std::size_t mark = find_byte(text_, '"', at_);
      if (mark == kNone) {
        at_ = text_.size();
        return complete_ ? RowScan::unclosed : RowScan::more;
      }
      at_ = mark + 1;
      if (at_ == text_.size() && !complete_) return RowScan::more;
      if (at_ < text_.size() && text_[at_] == '"') {
        cell.doubled = true;
        ++at_;
        continue;
      }
      cell.end = mark;
      cells_.push_back(cell);
      return after_quoted();
    }
  }

  RowScan after_quoted() {
    if (at_ == text_.size()) {
      finish(at_, at_);
      return RowScan::row;
    }
    const char c = text_[at_];
    if (c == dialect_.separator && c != 0) {
      ++at_;
      return RowScan::row;
    }
    if (c == dialect_.line_end) {
      finish(at_, at_);
      return RowScan::row;
    }
    if (c == '\r') {
      if (at_ + 1 == text_.size() && !complete_) return RowScan::more;
      if (at_ + 1 == text_.size() || text_[at_ + 1] == dialect_.line_end) {
        finish(at_, at_ + 1);
        return RowScan::row;
      }
    }
    return RowScan::bad_quote;
  }

  void finish(std::size_t end, std::size_t line) {
    ended_ = true;
    end_ = end;
    next_ = std::min(line + 1, text_.size());
    at_ = next_;
  }

  std::string_view text_;
  const CsvDialect& dialect_;
  bool complete_;
  std::vector<CsvCell>& cells_;
  std::size_t at_ = 0;
  bool ended_ = false;
  std::size_t end_ = 0;
  std::size_t next_ = 0;
};

// What a sample looks like under one dialect.
struct Trial {
  CsvDialect dialect;
  std::size_t n_rows = 0;
  std::size_t n_bad = 0;    // rows whose quotation marks do not fit
  std::size_t n_proof = 0;  // quoted cells that had to be quoted
  std::size_t width = 0;    // cells of the first row, which is what a reader goes by
  std::size_t n_of_width = 0;
  std::size_t n_narrower = 0;  // rows with one cell less than the first
  std::vector<std::vector<std::string>> rows;

  [[nodiscard]] double fit() const {
    return n_rows == 0 ? 0 : static_cast<double>(n_of_width) / static_cast<double>(n_rows);
  }
};

bool had_to_be_quoted(std::string_view text, const CsvCell& cell, const CsvDialect& dialect) {
  if (cell.begin == 0 || text[cell.begin - 1] != '"') return false;
  const std::string_view value = text.substr(cell.begin, cell.end - cell.begin);
  return cell.doubled || value.find(dialect.separator) != kNone || value.find('\n') != kNone;
}

// "id;text;" above rows such as "1;hello": the header's last separator opens no column, where most
// rows have none for it. A value in it later is a ragged row, not a column that nobody named.
void take_open_header(Trial& trial) {
  if (trial.width < 3 || trial.rows.empty() || !trial.rows.front().back().empty()) return;
  // The header itself counts as one of its own width.
  if (trial.n_narrower + 1 <= trial.n_of_width) return;
  --trial.width;
  trial.dialect.open_header = true;
  trial.n_of_width = static_cast<std::size_t>(
      std::count_if(trial.rows.begin(), trial.rows.end(), [&](const auto& row) {
        return row.size() == trial.width || (row.size() == trial.width + 1 && row.back().empty());
      }));
}

Trial try_dialect(std::string_view head, bool complete, const CsvDialect& dialect) {
  Trial trial;
  trial.dialect = dialect;
  std::vector<CsvCell> cells;
  std::string scratch;
  while (!head.empty() && trial.n_rows < kSniffRows) {
    const ScannedRow row = scan_row(head, dialect, complete, cells);
    if (row.found == RowScan::more) break;
    if (row.found == RowScan::row) {
      if (trial.width == 0) trial.width = cells.size();
      trial.n_of_width += fits_width(cells, trial.width) ? 1 : 0;
      trial.n_narrower += cells.size() + 1 == trial.width ? 1 : 0;
      std::vector<std::string> values;
      for (const CsvCell& cell : cells) {
        values.emplace_back(cell_value(head, cell, scratch));
        trial.n_proof += dialect.quoted && had_to_be_quoted(head, cell, dialect) ? 1 : 0;
      }
      trial.rows.push_back(std::move(values));
    }
    if (row.found == RowScan::bad_quote || row.found == RowScan::unclosed) ++trial.n_bad;
    if (row.found != RowScan::blank) ++trial.n_rows;
    head.remove_prefix(row.next);
  }
  take_open_header(trial);
  return trial;
}

// Quotation marks count where they prove themselves, or do no harm: in a tab-separated list of
// messages a mark is mostly part of the message.
Trial with_or_without_quotes(std::string_view head, bool complete, CsvDialect dialect) {
  dialect.quoted = true;
  Trial with = try_dialect(head, complete, dialect);
  if (with.n_bad == 0 && (dialect.separator != '\t' || with.n_proof > 0)) return with;
  dialect.quoted = false;
  Trial without = try_dialect(head, complete, dialect);
  const bool keeps_marks =
      with.n_proof > 0 && with.n_proof >= with.n_bad && with.fit() >= without.fit();
  return keeps_marks ? with : without;
}

bool names_a_column(const std::vector<std::string>& row, const Profile& profile) {
  return std::any_of(row.begin(), row.end(), [&](const std::string& cell) {
    return profile.columns.contains(cell) || (!cell.empty() && cell == profile.kind_column);
  });
}

// A header names things: it holds no dates, numbers, addresses or long sentences, and its words do
// not come back below.
bool looks_like_header(const std::vector<std::vector<std::string>>& rows) {
  const std::vector<std::string>& first = rows.front();
  bool any = false;
  for (std::size_t c = 0; c < first.size(); ++c) {
    if (first[c].empty()) continue;
    any = true;
    if (first[c].size() > 100 || is_value(shape_of(first[c]))) return false;
    std::size_t again = 0;
    for (std::size_t r = 1; r < rows.size(); ++r)
      again += c < rows[r].size() && rows[r][c] == first[c] ? 1 : 0;
    if (again >= 2) return false;
  }
  return any;
}

char line_end_of(std::string_view head) {
  if (head.find('\n') != kNone) return '\n';
  return head.find('\r') != kNone ? '\r' : '\n';
}

// "sep=;" as Excel writes it.
bool take_separator_line(std::string_view head, CsvDialect& dialect) {
  if (head.size() < 6 || !(head.starts_with("sep=") || head.starts_with("SEP="))) return false;
  if (head[5] != '\r' && head[5] != '\n') return false;
  dialect.separator = head[4];
  const std::size_t line = head.find(dialect.line_end);
  dialect.skip = line == kNone ? head.size() : line + 1;
  return true;
}

}  // namespace

std::string describe(const CsvDialect& dialect) {
  const std::string_view form = dialect.separator == '\t' ? "tsv" : "csv";
  std::string out(form);
  if (dialect.separator == 0) {
    out += ", one column";
  } else if (dialect.separator != '\t') {
    out += fmt::format(", separator '{}'", dialect.separator);
  }
  if (!dialect.quoted) out += ", quotation marks are part of the text";
  if (dialect.line_end == '\r') out += ", lines end with CR";
  out += dialect.header ? ", header" : ", no header";
  return out;
}

ScannedRow scan_row(std::string_view text, const CsvDialect& dialect, bool complete,
                    std::vector<CsvCell>& cells) {
  cells.clear();
  const std::size_t line = find_byte(text, dialect.line_end, 0);
  if (line == kNone && !complete) return {RowScan::more, 0, 0, text.size()};
  const std::size_t stop = line == kNone ? text.size() : line;
  const std::size_t next = line == kNone ? text.size() : line + 1;
  std::size_t end = stop;
  if (end > 0 && text[end - 1] == '\r') --end;
  if (end == 0) return {RowScan::blank, 0, next, next};
  if (dialect.quoted && find_byte(text.substr(0, end), '"', 0) != kNone) {
    ScannedRow row = QuotedRow(text, dialect, complete, cells).scan();
    if (row.found == RowScan::bad_quote || row.found == RowScan::unclosed) {
      row.end = end;
      row.next = next;
    }
    return row;
  }
  split_plain(text, end, dialect.separator, cells);
  return {RowScan::row, end, next, next};
}

std::string_view cell_value(std::string_view text, const CsvCell& cell, std::string& scratch) {
  std::string_view value = text.substr(cell.begin, cell.end - cell.begin);
  if (!cell.doubled) return value;
  scratch.clear();
  for (std::size_t at = value.find('"'); at != kNone; at = value.find('"')) {
    scratch.append(value.substr(0, at + 1));
    value.remove_prefix(std::min(at + 2, value.size()));
  }
  scratch.append(value);
  return scratch;
}

bool fits_width(const std::vector<CsvCell>& cells, std::size_t width) {
  return cells.size() == width ||
         (cells.size() == width + 1 && cells.back().begin == cells.back().end);
}

CsvDialect sniff_csv(std::string_view head, bool complete, const Profile& profile) {
  if (head.size() > kSniffBytes) {
    head = head.substr(0, kSniffBytes);
    complete = false;
  }
  CsvDialect base;
  base.line_end = line_end_of(head);
  std::vector<char> separators = {',', ';', '\t', '|'};
  if (take_separator_line(head, base)) {
    separators = {base.separator};
    head.remove_prefix(base.skip);
  }
  if (profile.delimiter) separators = {*profile.delimiter};
  // A sample that ends inside its first row is read as if it were whole.
  if (head.find(base.line_end) == kNone) complete = true;
  Trial best;
  double best_score = 0;
  for (const char separator : separators) {
    CsvDialect dialect = base;
    dialect.separator = separator;
    Trial trial = with_or_without_quotes(head, complete, dialect);
    if (trial.width < 2 || trial.fit() < kLeastFit) continue;
    // Many columns that always fit beat few; a comma in every sentence does not make a column.
    const double score = trial.fit() * trial.fit() * (1.0 - 0.5 / static_cast<double>(trial.width));
    if (score > best_score) {
      best_score = score;
      best = std::move(trial);
    }
  }
  if (best_score == 0) {
    base.separator = profile.delimiter.value_or('\0');
    best = with_or_without_quotes(head, complete, base);
  }
  CsvDialect dialect = best.dialect;
  dialect.header = best.rows.empty() || names_a_column(best.rows.front(), profile) ||
                   looks_like_header(best.rows);
  return dialect;
}

std::vector<std::string> column_names(const std::vector<std::string>& header) {
  std::vector<std::string> names;
  std::map<std::string, int> seen;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string name = header[i].empty() ? fmt::format("column {}", i + 1) : header[i];
    std::string unique = name;
    while (!taken.insert(unique).second) unique = fmt::format("{} ({})", name, ++seen[name] + 1);
    names.push_back(std::move(unique));
  }
  return names;
}

}  // namespace ovillo::intake
