#include "ovillo/intake/internal/json.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "ovillo/intake/internal/flat_row.hpp"
#include "ovillo/intake/internal/follow_the_money.hpp"
#include "ovillo/intake/internal/value_end.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kMaxColumns = 60'000;
constexpr std::size_t kNone = std::string_view::npos;

// {"entities": [ {   : position of the inner "[", or npos.
std::size_t wrapped_array(std::string_view head) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "entities", "data", "records", "rows", "items", "results", "adverts"};
  std::size_t at = skip_json_space(head, 0);
  if (at >= head.size() || head[at] != '{') return kNone;
  at = skip_json_space(head, at + 1);
  if (at >= head.size() || head[at] != '"') return kNone;
  const std::size_t end = head.find('"', at + 1);
  if (end == kNone) return kNone;
  if (std::find(kNames.begin(), kNames.end(), head.substr(at + 1, end - at - 1)) == kNames.end())
    return kNone;
  at = skip_json_space(head, end + 1);
  if (at >= head.size() || head[at] != ':') return kNone;
  at = skip_json_space(head, at + 1);
  if (at >= head.size() || head[at] != '[') return kNone;
  const std::size_t inner = skip_json_space(head, at + 1);
  return inner < head.size() && head[inner] == '{' ? at : kNone;
}

class JsonReader {
 public:
  JsonReader(TextWindow& window, JsonShape shape, BatchBuilder& builder)
      : window_(window), shape_(shape), builder_(builder) {}

  Result<void> read() {
    builder_.say_form(fmt::format("{}, {}", describe(shape_), window_.describe_encoding()));
    if (shape_ == JsonShape::lines) {
      OVILLO_CHECK(read_lines());
    } else {
      OVILLO_CHECK(read_values());
    }
    return builder_.flush();
  }

 private:
  [[nodiscard]] std::uint64_t limit() const { return builder_.options().max_row_bytes; }

  Result<void> read_lines() {
    while (true) {
      const std::string_view text = window_.view();
      if (text.empty() && window_.at_end()) return {};
      std::size_t line = text.find('\n');
      if (line == kNone && !window_.at_end()) {
        if (text.size() <= limit()) {
          OVILLO_CHECK(window_.more());
        } else {
          OVILLO_CHECK(too_long());
          OVILLO_CHECK(skip_line());
        }
        continue;
      }
      const std::size_t next = line == kNone ? text.size() : line + 1;
      if (line == kNone) line = text.size();
      OVILLO_CHECK(take(0, line));
      window_.consume(next);
    }
  }

  Result<void> skip_line() {
    while (true) {
      const std::string_view text = window_.view();
      const std::size_t line = text.find('\n');
      window_.consume(line == kNone ? text.size() : line + 1);
      if (line != kNone || window_.at_end()) return {};
      OVILLO_CHECK(window_.more());
    }
  }

  // Objects one by one: of an array, or at the top.
  Result<void> read_values() {
    if (shape_ == JsonShape::array) window_.consume(skip_json_space(window_.view(), 0) + 1);
    if (shape_ == JsonShape::wrapped) window_.consume(wrapped_array(window_.view()) + 1);
    while (true) {
      const std::string_view text = window_.view();
      std::size_t at = skip_json_space(text, 0);
      while (at < text.size() && (text[at] == ',' || is_json_space(text[at]))) ++at;
      window_.consume(at);
      if (at == text.size()) {
        if (window_.at_end()) return {};
        OVILLO_CHECK(window_.more());
        continue;
      }
      const char c = window_.view().front();
      if (c == ']' && shape_ != JsonShape::values) {
        window_.consume(1);
        return after_array();
      }
      OVILLO_CHECK(one_value());
    }
  }

  Result<void> one_value() {
    ValueEnd scanner;
    bool too_large = false;
    while (true) {
      const std::string_view text = window_.view();
      std::size_t end = scanner.find(text);
      if (end == 0) end = 1;  // a bracket that closes nothing
      if (end == kNone && window_.at_end()) end = text.size();
      if (end != kNone) {
        if (!too_large) OVILLO_CHECK(take(0, end));
        window_.consume(end);
        return {};
      }
      if (!too_large && text.size() > limit()) {
        OVILLO_CHECK(too_long());
        too_large = true;
      }
      if (too_large) {
        window_.consume(text.size());
        scanner.rebase(text.size());
      }
      OVILLO_CHECK(window_.more());
    }
  }

  // What follows the array is no row; in a plain array it should not be there.
  Result<void> after_array() {
    bool said = shape_ == JsonShape::wrapped;
    while (true) {
      const std::string_view text = window_.view();
      if (!said && skip_json_space(text, 0) < text.size()) {
        said = true;
        OVILLO_CHECK(builder_.reject_row(ErrorCode::intake_bad_json, window_.offset(),
                                         "text after the end of the array"));
      }
      window_.consume(text.size());
      if (window_.at_end()) return {};
      OVILLO_CHECK(window_.more());
    }
  }

  Result<void> too_long() {
    return builder_.reject_row(ErrorCode::intake_row_too_long, window_.offset(),
                               fmt::format("more than {} bytes", limit()));
  }

  // One row: bytes [begin, end) of the view.
  Result<void> take(std::size_t begin, std::size_t end) {
    const std::string_view text = window_.view();
    while (begin < end && is_json_space(text[begin])) ++begin;
    while (end > begin && is_json_space(text[end - 1])) --end;
    if (begin == end) return {};
    const std::string_view row = text.substr(begin, end - begin);
    const std::uint64_t byte = window_.offset() + window_.raw_size(text.substr(0, begin));
    if (row.size() > limit())
      return builder_.reject_row(ErrorCode::intake_row_too_long, byte,
                                 fmt::format("more than {} bytes", limit()));
    if (const auto fault = window_.check(row))
      return builder_.reject_row(
          fault->nul ? ErrorCode::intake_nul_byte : ErrorCode::intake_bad_encoding,
          byte + window_.raw_size(row.substr(0, fault->at)),
          fmt::format("byte {} of the row", fault->at));
    std::string_view json = window_.decoded(row, decoded_);
    std::size_t capacity = text.size() - begin + simdjson::SIMDJSON_PADDING;
    if (json.data() != row.data()) {
      decoded_.reserve(decoded_.size() + simdjson::SIMDJSON_PADDING);
      json = decoded_;
      capacity = decoded_.capacity();
    }
    if (const auto fault = row_.read(json, capacity))
      return builder_.reject_row(fault->code, byte, fault->detail, fault->column);
    return add({byte, window_.raw_size(row)}, window_.raw(row, raw_scratch_));
  }

  Result<void> add(RowPlace place, std::string_view raw) {
    if (is_entity(row_.values(), row_.has_properties())) {
      if (!entities_) {
        OVILLO_TRY(entities_, FollowTheMoney::open());
      }
      return entities_->add_row(row_.values(), place, raw, builder_);
    }
    if (entities_) return builder_.reject_row(ErrorCode::intake_bad_entity, place.byte);
    OVILLO_CHECK(builder_.begin_row());
    for (const FlatValue& value : row_.values()) {
      if (builder_.n_columns() >= kMaxColumns)
        return builder_.reject_row(ErrorCode::intake_too_many_columns, place.byte);
      builder_.add(builder_.column(value.path), value.value);
    }
    return builder_.finish_row(place, raw);
  }

  TextWindow& window_;
  JsonShape shape_;
  BatchBuilder& builder_;
  FlatRow row_;
  std::optional<FollowTheMoney> entities_;
  std::string decoded_;
  std::string raw_scratch_;
};

}  // namespace

std::string_view describe(JsonShape shape) {
  switch (shape) {
    case JsonShape::none:
      return "";
    case JsonShape::lines:
      return "JSON lines";
    case JsonShape::values:
      return "JSON objects";
    case JsonShape::array:
      return "JSON array";
    case JsonShape::wrapped:
      return "JSON array inside an object";
  }
  return "";
}

JsonShape sniff_json(std::string_view head, bool complete) {
  const std::size_t begin = skip_json_space(head, 0);
  if (begin >= head.size()) return JsonShape::none;
  const std::size_t second = skip_json_space(head, begin + 1);
  const char after = second < head.size() ? head[second] : '\0';
  if (head[begin] == '[') return after == '{' || after == ']' ? JsonShape::array : JsonShape::none;
  if (head[begin] != '{' || (after != '"' && after != '}')) return JsonShape::none;
  ValueEnd scanner;
  const std::size_t end = scanner.find(head.substr(begin));
  const bool closed = end != kNone;
  const bool alone = closed && complete && skip_json_space(head, begin + end) == head.size();
  if (wrapped_array(head) != kNone && (alone || !closed)) return JsonShape::wrapped;
  // Over several lines: the first ends where no object can.
  const std::size_t line = std::min(head.find('\n', begin), head.size());
  std::size_t last = line;
  while (last > begin && is_json_space(head[last - 1])) --last;
  const char at_line_end = head[last - 1];
  const bool goes_on = at_line_end == '{' || at_line_end == '[' || at_line_end == ',';
  return line < head.size() && goes_on ? JsonShape::values : JsonShape::lines;
}

Result<void> read_json(TextWindow& window, JsonShape shape, BatchBuilder& builder) {
  return JsonReader(window, shape, builder).read();
}

}  // namespace ovillo::intake
