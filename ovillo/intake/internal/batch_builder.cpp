#include "ovillo/intake/internal/batch_builder.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ovillo::intake {

namespace {

constexpr std::size_t kBatchBytes = 32u << 20;  // of raw rows, whatever their number
constexpr std::size_t kForgetColumns = 4096;    // names of keyed forms (JSON)
constexpr std::string_view kAssumedCurrency = "currency (assumed by the profile)";

// "14:05" or "14:05:09", as a clock column beside a date column has it.
bool is_clock(std::string_view text) {
  if (text.size() != 4 && text.size() != 5 && text.size() != 8) return false;
  int colons = 0;
  for (const char c : text) {
    if (c == ':') {
      ++colons;
    } else if (c < '0' || c > '9') {
      return false;
    }
  }
  return colons >= 1;
}

}  // namespace

BatchBuilder::BatchBuilder(std::string file_name, const Profile& profile, const Zone& zone,
                           const ReadOptions& options, const ReadSink& sink)
    : file_name_(std::move(file_name)),
      profile_(profile),
      zone_(zone),
      options_(options),
      sink_(sink) {
  start_batch();
}

void BatchBuilder::start_batch() {
  std::vector<ColumnInfo> columns = std::move(batch_.columns);
  batch_ = RecordBatch();
  batch_.file_name = file_name_;
  batch_.member = member_;
  batch_.columns = std::move(columns);
  raw_rows_.clear();
}

Result<void> BatchBuilder::begin_member(const std::string& member) {
  OVILLO_CHECK(flush());
  member_ = member;
  row_ = 0;
  batch_.columns.clear();
  by_name_.clear();
  ++columns_version_;
  start_batch();
  return {};
}

void BatchBuilder::say_form(const std::string& form) const {
  if (sink_.form) sink_.form(member_, form);
}

std::uint16_t BatchBuilder::column(std::string_view name, Field field) {
  name_key_.assign(name);
  name_key_.push_back(static_cast<char>(field));
  if (const auto found = by_name_.find(name_key_); found != by_name_.end()) return found->second;
  const auto index = static_cast<std::uint16_t>(batch_.columns.size());
  batch_.columns.push_back({std::string(name), field});
  by_name_.emplace(name_key_, index);
  return index;
}

std::uint16_t BatchBuilder::column(std::string_view name) {
  const auto mapped = profile_.columns.find(std::string(name));
  return column(name, mapped == profile_.columns.end() ? Field::other : mapped->second);
}

Result<void> BatchBuilder::begin_row() {
  if (batch_.size() >= options_.batch_rows || raw_rows_.arena().size() >= kBatchBytes)
    OVILLO_CHECK(flush());
  if (batch_.columns.size() > kForgetColumns) {
    OVILLO_CHECK(flush());
    batch_.columns.clear();
    by_name_.clear();
    ++columns_version_;
  }
  drop_row();
  row_open_ = true;
  return {};
}

void BatchBuilder::drop_row() {
  row_values_.clear();
  row_cells_.clear();
  row_open_ = false;
}

void BatchBuilder::add(std::uint16_t column, std::string_view value) {
  if (value.empty()) return;
  const auto begin = static_cast<std::uint32_t>(row_values_.size());
  row_values_.append(value);
  row_cells_.push_back({column, begin, static_cast<std::uint32_t>(row_values_.size())});
}

RecordKind BatchBuilder::kind_of_row() const {
  if (profile_.kind_column.empty()) return profile_.kind;
  for (const PendingCell& cell : row_cells_) {
    if (batch_.columns[cell.column].name != profile_.kind_column) continue;
    const auto found = profile_.kinds.find(row_values_.substr(cell.begin, cell.end - cell.begin));
    if (found != profile_.kinds.end()) return found->second;
  }
  return profile_.kind;
}

// The first value of a time column that reads as a time. A date of its own takes the clock of
// another time column of the row with it.
std::optional<Time> BatchBuilder::time_of_row() const {
  std::string_view date;
  std::string_view clock;
  std::optional<Time> time;
  for (const PendingCell& cell : row_cells_) {
    if (batch_.columns[cell.column].field != Field::time) continue;
    const auto value = std::string_view(row_values_).substr(cell.begin, cell.end - cell.begin);
    if (is_clock(value)) {
      if (clock.empty()) clock = value;
    } else if (!time) {
      time = parse_time(value, zone_, profile_.date_order);
      if (time) date = value;
    }
  }
  if (time && time->precision == TimePrecision::day && !clock.empty()) {
    const auto both = parse_time(fmt::format("{} {}", date, clock), zone_, profile_.date_order);
    if (both) return both;
  }
  return time;
}

void BatchBuilder::assume_currency() {
  bool has_amount = false;
  for (const PendingCell& cell : row_cells_) {
    const Field field = batch_.columns[cell.column].field;
    if (field == Field::currency) return;
    has_amount = has_amount || field == Field::amount;
  }
  if (has_amount) add(column(kAssumedCurrency, Field::currency), profile_.default_currency);
}

Result<void> BatchBuilder::finish_row(RowPlace place, std::string_view raw) {
  return finish_row(kind_of_row(), place, raw);
}

Result<void> BatchBuilder::finish_row(RecordKind kind, RowPlace place, std::string_view raw) {
  if (row_cells_.empty()) return reject_row(ErrorCode::intake_empty_row, place.byte);
  if (!profile_.default_currency.empty()) assume_currency();
  batch_.time.push_back(time_of_row());
  batch_.kind.push_back(kind);
  batch_.row.push_back(++row_);
  batch_.byte.push_back(place.byte);
  batch_.length.push_back(place.length);
  for (const PendingCell& cell : row_cells_) {
    batch_.cell_column.push_back(cell.column);
    batch_.cell_value.push_back(
        std::string_view(row_values_).substr(cell.begin, cell.end - cell.begin));
  }
  batch_.fields.close_row(batch_.cell_value.size());
  raw_rows_.push_back(raw);
  ++count_.rows;
  ++count_.records;
  drop_row();
  return {};
}

Result<void> BatchBuilder::reject_row(ErrorCode code, std::uint64_t byte, std::string_view detail,
                                      std::string_view column) {
  drop_row();
  ++row_;
  ++count_.rows;
  ++count_.rejects;
  Reject reject;
  reject.file = file_name_;
  reject.member = member_;
  reject.row = row_;
  reject.byte = byte;
  reject.column = column;
  reject.code = info(code).name;
  reject.sentence = info(code).sentence;
  if (!detail.empty()) reject.sentence += fmt::format(" ({})", detail);
  return sink_.reject(std::move(reject));
}

Result<void> BatchBuilder::hold(ErrorCode code, std::string_view detail, const std::string& sha256,
                                std::uint64_t bytes, const std::string& part) {
  if (!sink_.held) return reject_row(code, 0, detail);
  drop_row();
  ++row_;
  ++count_.rows;
  ++count_.held;
  HeldFile held;
  held.file = file_name_;
  held.member = part.empty() ? member_ : member_.empty() ? part : member_ + "/" + part;
  held.row = row_;
  held.sha256 = sha256;
  held.bytes = bytes;
  held.code = code;
  held.sentence = info(code).sentence;
  if (!detail.empty()) held.sentence += fmt::format(" ({})", detail);
  return sink_.held(std::move(held));
}

Result<void> BatchBuilder::flush() {
  if (batch_.size() == 0) return {};
  RecordBatch done = std::move(batch_);
  batch_ = RecordBatch();
  batch_.columns = done.columns;
  StringColumn raw = std::move(raw_rows_);
  raw_rows_ = StringColumn();
  start_batch();
  // The next batch will be about as large as this one.
  batch_.cell_value.reserve(done.cell_value.size(), done.cell_value.arena().size());
  raw_rows_.reserve(raw.size(), raw.arena().size());
  return sink_.batch(std::move(done), raw);
}

}  // namespace ovillo::intake
