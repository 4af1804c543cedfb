#include "ovillo/intake/internal/csv.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "ovillo/intake/internal/csv_dialect.hpp"
#include "ovillo/intake/internal/neo4j.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kMaxColumns = 60'000;
constexpr std::uint64_t kFreeRescans = 64u << 20;

class CsvReader {
 public:
  CsvReader(TextWindow& window, BatchBuilder& builder) : window_(window), builder_(builder) {}

  Result<void> read() {
    sniff();
    window_.consume(dialect_.skip);
    builder_.say_form(fmt::format("{}, {}", describe(dialect_), window_.describe_encoding()));
    while (true) {
      const std::string_view text = window_.view();
      if (text.empty() && window_.at_end()) return builder_.flush();
      const bool complete = window_.at_end();
      ScannedRow row = scan_row(text, dialect_, complete, cells_);
      if (row.found == RowScan::more) {
        if (text.size() <= builder_.options().max_row_bytes) {
          OVILLO_CHECK(window_.more());
          continue;
        }
        OVILLO_CHECK(overlong());
        continue;
      }
      OVILLO_CHECK(take(row));
    }
  }

 private:
  void sniff() {
    std::string scratch;
    dialect_ =
        sniff_csv(window_.decoded(window_.view(), scratch), window_.at_end(), builder_.profile());
  }

  Result<void> take(const ScannedRow& row) {
    const std::string_view text = window_.view();
    switch (row.found) {
      case RowScan::blank:
      case RowScan::more:
        break;
      case RowScan::bad_quote:
      case RowScan::unclosed:
        return faulty_quotes(row);
      case RowScan::row:
        if (row.end > builder_.options().max_row_bytes) {
          OVILLO_CHECK(too_long());
        } else if (const auto fault = window_.check(text.substr(0, row.end))) {
          OVILLO_CHECK(reject_text(*fault, text));
        } else if (!named_) {
          OVILLO_CHECK(first_row(row));
        } else {
          OVILLO_CHECK(data_row(row));
        }
        break;
    }
    window_.consume(row.next);
    return {};
  }

  Result<void> first_row(const ScannedRow& row) {
    if (cells_.size() > kMaxColumns) {
      Locus locus;
      locus.file = builder_.file_name();
      locus.member = builder_.member();
      return Error(ErrorCode::intake_too_many_columns, fmt::format("{}", cells_.size()),
                   std::move(locus));
    }
    std::vector<std::string> header(cells_.size() - (dialect_.open_header ? 1 : 0));
    if (dialect_.header) {
      for (std::size_t i = 0; i < header.size(); ++i) header[i] = value(cells_[i]);
      OVILLO_TRY(neo4j_, Neo4jHeader::read(header, builder_.profile()));
    }
    names_ = column_names(header);
    named_ = true;
    return dialect_.header ? Result<void>() : data_row(row);
  }

  Result<void> data_row(const ScannedRow& row) {
    const std::string_view text = window_.view();
    if (!fits_width(cells_, names_.size()))
      return reject(ErrorCode::intake_ragged_row,
                    fmt::format("{} cells for {} columns", cells_.size(), names_.size()));
    cells_.resize(names_.size());
    OVILLO_CHECK(builder_.begin_row());
    const RowPlace place{window_.offset(), window_.raw_size(text.substr(0, row.end))};
    const std::string_view raw = window_.raw(text.substr(0, row.end), raw_scratch_);
    if (neo4j_) {
      values_.resize(cells_.size());
      for (std::size_t i = 0; i < cells_.size(); ++i) values_[i] = value(cells_[i]);
      return neo4j_->add_row(values_, place, raw, builder_);
    }
    if (columns_version_ != builder_.columns_version()) resolve_columns();
    for (std::size_t i = 0; i < cells_.size(); ++i) builder_.add(columns_[i], value(cells_[i]));
    return builder_.finish_row(place, raw);
  }

  void resolve_columns() {
    columns_.clear();
    for (const std::string& name : names_) columns_.push_back(builder_.column(name));
    columns_version_ = builder_.columns_version();
  }

  std::string_view value(const CsvCell& cell) {
    return window_.decoded(cell_value(window_.view(), cell, quote_scratch_), scratch_);
  }

  Result<void> reject(ErrorCode code, std::string_view detail, std::string_view column = {}) {
    no_header_below();
    return builder_.reject_row(code, window_.offset(), detail, column);
  }

  // Where the header itself is rejected, no row of data may take its place.
  void no_header_below() {
    if (!named_) dialect_.header = false;
  }

  // Names the column the fault stands in, where the row has as many cells as the header.
  Result<void> reject_text(const TextFault& fault, std::string_view text) {
    std::string column;
    for (std::size_t i = 0; i < cells_.size() && cells_.size() == names_.size(); ++i)
      if (cells_[i].begin <= fault.at && fault.at <= cells_[i].end) column = names_[i];
    const std::uint64_t byte = window_.offset() + window_.raw_size(text.substr(0, fault.at));
    const ErrorCode code = fault.nul ? ErrorCode::intake_nul_byte : ErrorCode::intake_bad_encoding;
    no_header_below();
    return builder_.reject_row(code, byte, fmt::format("byte {} of the row", fault.at), column);
  }

  // The line is rejected and reading goes on behind it. What the scan saw beyond it is scanned
  // again; where a file does this on purpose, all that was seen is given up instead.
  Result<void> faulty_quotes(const ScannedRow& row) {
    const ErrorCode code = row.found == RowScan::bad_quote ? ErrorCode::intake_bad_quote
                                                           : ErrorCode::intake_unclosed_quote;
    std::size_t next = row.next;
    rescanned_ += row.seen > next ? row.seen - next : 0;
    if (rescanned_ > kFreeRescans && rescanned_ > 4 * window_.offset()) {
      const std::size_t line = window_.view().substr(0, row.seen).rfind(dialect_.line_end);
      if (line != std::string_view::npos) next = std::max(next, line + 1);
    }
    OVILLO_CHECK(reject(code, {}));
    window_.consume(next);
    return {};
  }

  // More text is held than a row may have, and the row goes on.
  Result<void> overlong() {
    const std::string_view text = window_.view();
    const void* end = std::memchr(text.data(), dialect_.line_end, text.size());
    if (end != nullptr) {  // it is a quoted cell that goes on over the lines
      const auto line = static_cast<std::size_t>(static_cast<const char*>(end) - text.data());
      return faulty_quotes({RowScan::unclosed, line, line + 1, text.size()});
    }
    OVILLO_CHECK(too_long());
    return skip_line();
  }

  Result<void> too_long() {
    return reject(ErrorCode::intake_row_too_long,
                  fmt::format("more than {} bytes", builder_.options().max_row_bytes));
  }

  Result<void> skip_line() {
    while (true) {
      const std::string_view text = window_.view();
      const void* end =
          text.empty() ? nullptr : std::memchr(text.data(), dialect_.line_end, text.size());
      if (end != nullptr) {
        window_.consume(static_cast<std::size_t>(static_cast<const char*>(end) - text.data()) + 1);
        return {};
      }
      window_.consume(text.size());
      if (window_.at_end()) return {};
      OVILLO_CHECK(window_.more());
    }
  }

  TextWindow& window_;
  BatchBuilder& builder_;
  CsvDialect dialect_;
  bool named_ = false;
  std::vector<std::string> names_;
  std::vector<std::uint16_t> columns_;
  std::uint64_t columns_version_ = 0;
  std::optional<Neo4jHeader> neo4j_;
  std::vector<CsvCell> cells_;
  std::vector<std::string> values_;
  std::string scratch_;
  std::string quote_scratch_;
  std::string raw_scratch_;
  std::uint64_t rescanned_ = 0;
};

}  // namespace

Result<void> read_csv(TextWindow& window, BatchBuilder& builder) {
  return CsvReader(window, builder).read();
}

}  // namespace ovillo::intake
