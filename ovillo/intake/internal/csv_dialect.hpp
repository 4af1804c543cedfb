// How a table of text is written: separator, quotation marks, line ends, header.
//
// scan_row() is the one place that knows where a row and its cells end; sniffing and reading share
// it. RFC 4180 with these decisions: a quotation mark opens a quoted cell only at the cell's start;
// inside one it must be doubled; the cell ends with the separator or the line. A lone carriage
// return inside a line-feed file is part of the cell.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/intake/profile.hpp"

namespace ovillo::intake {

struct CsvDialect {
  char separator = ',';  ///< 0: one column, lines are taken whole
  bool quoted = true;    ///< quotation marks enclose cells
  char line_end = '\n';  ///< '\r' for files of the old Macintosh; "\r\n" counts as '\n'
  bool header = true;
  std::size_t skip = 0;  ///< bytes before the table: the line "sep=;" of Excel
  /// The header ends with a separator that the rows do not have: no column follows it.
  bool open_header = false;

  bool operator==(const CsvDialect&) const = default;
};

/// "csv, separator ';', header".
std::string describe(const CsvDialect& dialect);

/// One cell in a row: bytes [begin, end) of the text, without enclosing quotation marks.
struct CsvCell {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool doubled = false;  ///< holds doubled quotation marks
};

enum class RowScan : std::uint8_t {
  row,        ///< a row; `cells` holds at least one
  blank,      ///< an empty line: no row
  more,       ///< the row goes on past the text
  bad_quote,  ///< a quotation mark inside a quoted cell
  unclosed,   ///< a quoted cell that never ends
};

struct ScannedRow {
  RowScan found = RowScan::more;
  std::size_t end = 0;   ///< end of the row without its line end
  std::size_t next = 0;  ///< start of what follows; for bad_quote and unclosed the next line
  std::size_t seen = 0;  ///< how far the scan had to look
};

/// Scans one row at the start of `text`. @param complete  nothing follows `text` in the file.
ScannedRow scan_row(std::string_view text, const CsvDialect& dialect, bool complete,
                    std::vector<CsvCell>& cells);

/// The value of a cell; `scratch` holds it where marks were doubled.
std::string_view cell_value(std::string_view text, const CsvCell& cell, std::string& scratch);

/// Whether a row fits a table of `width` columns: as many cells, or one more that is empty, which
/// is a separator at the row's end.
bool fits_width(const std::vector<CsvCell>& cells, std::size_t width);

/// Guesses the dialect from the first part of a text.
/// @param profile  a first row that names one of its columns is the header; its delimiter, where it
///                 states one, is taken as it is.
CsvDialect sniff_csv(std::string_view head, bool complete, const Profile& profile);

/// Names of columns: as the header calls them, "column 3" where it is empty or absent, and
/// " (2)" behind a name that was there before.
std::vector<std::string> column_names(const std::vector<std::string>& header);

}  // namespace ovillo::intake
