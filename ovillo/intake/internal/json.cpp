#include "ovillo/intake/internal/json.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "ovillo/intake/internal/follow_the_money.hpp"

namespace ovillo::intake {

namespace {

using simdjson::ondemand::json_type;

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxColumns = 60'000;
constexpr std::size_t kNone = std::string_view::npos;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// Finds where one value ends, without reading it. Goes on where it stopped when more text comes.
class ValueEnd {
 public:
  /// Position after the value, or npos: it goes on past the text.
  std::size_t find(std::string_view text) {
    for (; at_ < text.size(); ++at_) {
      const char c = text[at_];
      if (in_string_) {
        if (escaped_) {
          escaped_ = false;
        } else if (c == '\\') {
          escaped_ = true;
        } else if (c == '"') {
          in_string_ = false;
          if (depth_ == 0) return ++at_;
        }
        continue;
      }
      switch (c) {
        case '"':
          in_string_ = true;
          break;
        case '{':
        case '[':
          ++depth_;
          break;
        case '}':
        case ']':
          if (depth_ == 0) return at_;  // closes what is around the value
          if (--depth_ == 0) return ++at_;
          break;
        case ',':
        case ' ':
        case '\t':
        case '\r':
        case '\n':
          if (depth_ == 0) return at_;
          break;
        default:
          break;
      }
    }
    return kNone;
  }
  /// The first n bytes of the text are gone.
  void rebase(std::size_t n) { at_ -= std::min(n, at_); }

 private:
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
};

// {"entities": [ {   : position of the inner "[", or npos.
std::size_t wrapped_array(std::string_view head) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "entities", "data", "records", "rows", "items", "results", "adverts"};
  std::size_t at = skip_space(head, 0);
  if (at >= head.size() || head[at] != '{') return kNone;
  at = skip_space(head, at + 1);
  if (at >= head.size() || head[at] != '"') return kNone;
  const std::size_t end = head.find('"', at + 1);
  if (end == kNone) return kNone;
  if (std::find(kNames.begin(), kNames.end(), head.substr(at + 1, end - at - 1)) == kNames.end())
    return kNone;
  at = skip_space(head, end + 1);
  if (at >= head.size() || head[at] != ':') return kNone;
  at = skip_space(head, at + 1);
  if (at >= head.size() || head[at] != '[') return kNone;
  const std::size_t inner = skip_space(head, at + 1);
  return inner < head.size() && head[inner] == '{' ? at : kNone;
}

bool is_number(std::string_view token) {
  std::size_t at = token.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < token.size() && token[at] >= '0' && token[at] <= '9') ++at;
    return at > from;
  };
  const std::size_t whole = at;
  if (!digits() || (token[whole] == '0' && at > whole + 1)) return false;
  if (at < token.size() && token[at] == '.') {
    ++at;
    if (!digits()) return false;
  }
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    if (!digits()) return false;
  }
  return at == token.size();
}

// One row's values, flattened.
class FlatRow {
 public:
  struct Fault {
    ErrorCode code;
    std::string detail;
    std::string column;
  };

  /// @param json  in memory that may be read `capacity` bytes from its start.
  std::optional<Fault> read(std::string_view json, std::size_t capacity) {
    arena_.clear();
    ranges_.clear();
    path_.clear();
    has_properties_ = false;
    simdjson::ondemand::document document;
    if (const auto error =
            parser_.iterate(simdjson::padded_string_view(json.data(), json.size(), capacity))
                .get(document))
      return bad(error);
    json_type type{};
    if (const auto error = document.type().get(type)) return bad(error);
    if (type != json_type::object) {
      // Scalars and arrays: valid or not, they are not rows.
      return Fault{ErrorCode::intake_not_an_object, {}, {}};
    }
    simdjson::ondemand::object object;
    if (const auto error = document.get_object().get(object)) return bad(error);
    if (auto fault = flatten(object, 1)) return fault;
    const char* rest = nullptr;
    if (document.current_location().get(rest) != simdjson::OUT_OF_BOUNDS)
      return Fault{ErrorCode::intake_bad_json, "text after the object", {}};
    values_.clear();
    for (const Range& range : ranges_)
      values_.push_back({std::string_view(arena_).substr(range.path, range.path_size),
                         std::string_view(arena_).substr(range.value, range.value_size)});
    return std::nullopt;
  }

  [[nodiscard]] const std::vector<FlatValue>& values() const { return values_; }
  [[nodiscard]] bool has_properties() const { return has_properties_; }

 private:
  struct Range {
    std::size_t path, path_size, value, value_size;
  };

  Fault bad(simdjson::error_code error) const {
    return {ErrorCode::intake_bad_json, simdjson::error_message(error), path_};
  }

  // One call for each object or array that is open: kMaxDepth bounds them.
  // NOLINTBEGIN(misc-no-recursion)
  std::optional<Fault> flatten(simdjson::ondemand::object& object, int depth) {
    if (depth > kMaxDepth) return Fault{ErrorCode::intake_json_too_deep, {}, path_};
    const std::size_t base = path_.size();
    for (auto member : object) {
      std::string_view key;
      if (const auto error = member.unescaped_key().get(key)) return bad(error);
      if (base > 0) path_.push_back('.');
      path_.append(key);
      simdjson::ondemand::value value;
      if (const auto error = member.value().get(value)) return bad(error);
      if (base == 0 && key == "properties") has_properties_ = true;
      if (auto fault = add(value, depth)) return fault;
      path_.resize(base);
    }
    return std::nullopt;
  }

  std::optional<Fault> add(simdjson::ondemand::value& value, int depth) {
    json_type type{};
    if (const auto error = value.type().get(type)) return bad(error);
    switch (type) {
      case json_type::object: {
        simdjson::ondemand::object object;
        if (const auto error = value.get_object().get(object)) return bad(error);
        return flatten(object, depth + 1);
      }
      case json_type::array:
        return add_array(value, depth + 1);
      case json_type::string: {
        std::string_view text;
        if (const auto error = value.get_string().get(text)) return bad(error);
        if (text.find('\0') != text.npos) return Fault{ErrorCode::intake_nul_byte, {}, path_};
        push(text);
        return std::nullopt;
      }
      case json_type::number: {
        std::string_view token = value.raw_json_token();
        while (!token.empty() && is_space(token.back())) token.remove_suffix(1);
        if (!is_number(token))
          return Fault{ErrorCode::intake_bad_json, "a number that is none", path_};
        push(token);  // the digits as written: 27 of them fit no machine number
        return std::nullopt;
      }
      case json_type::boolean: {
        bool flag = false;
        if (const auto error = value.get_bool().get(flag)) return bad(error);
        push(flag ? "true" : "false");
        return std::nullopt;
      }
      case json_type::null:
        return add_null(value);
    }
    return std::nullopt;
  }

  std::optional<Fault> add_array(simdjson::ondemand::value& value, int depth) {
    if (depth > kMaxDepth) return Fault{ErrorCode::intake_json_too_deep, {}, path_};
    simdjson::ondemand::array array;
    if (const auto error = value.get_array().get(array)) return bad(error);
    for (auto element : array) {
      simdjson::ondemand::value inner;
      if (const auto error = element.get(inner)) return bad(error);
      if (auto fault = add(inner, depth)) return fault;
    }
    return std::nullopt;
  }
  // NOLINTEND(misc-no-recursion)

  // "null" is absent; "nul" is only told apart by reading it.
  std::optional<Fault> add_null(simdjson::ondemand::value& value) {
    bool is_null = false;
    if (const auto error = value.is_null().get(is_null)) return bad(error);
    if (!is_null) return Fault{ErrorCode::intake_bad_json, "a word that is none", path_};
    return std::nullopt;
  }

  void push(std::string_view value) {
    if (value.empty()) return;
    ranges_.push_back({arena_.size(), path_.size(), arena_.size() + path_.size(), value.size()});
    arena_.append(path_).append(value);
  }

  simdjson::ondemand::parser parser_;
  std::string arena_;
  std::vector<Range> ranges_;
  std::vector<FlatValue> values_;
  std::string path_;
  bool has_properties_ = false;
};

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
    if (shape_ == JsonShape::array) window_.consume(skip_space(window_.view(), 0) + 1);
    if (shape_ == JsonShape::wrapped) window_.consume(wrapped_array(window_.view()) + 1);
    while (true) {
      const std::string_view text = window_.view();
      std::size_t at = skip_space(text, 0);
      while (at < text.size() && (text[at] == ',' || is_space(text[at]))) ++at;
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
      if (!said && skip_space(text, 0) < text.size()) {
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
    while (begin < end && is_space(text[begin])) ++begin;
    while (end > begin && is_space(text[end - 1])) --end;
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
  const std::size_t begin = skip_space(head, 0);
  if (begin >= head.size()) return JsonShape::none;
  const std::size_t second = skip_space(head, begin + 1);
  const char after = second < head.size() ? head[second] : '\0';
  if (head[begin] == '[') return after == '{' || after == ']' ? JsonShape::array : JsonShape::none;
  if (head[begin] != '{' || (after != '"' && after != '}')) return JsonShape::none;
  ValueEnd scanner;
  const std::size_t end = scanner.find(head.substr(begin));
  const bool closed = end != kNone;
  const bool alone = closed && complete && skip_space(head, begin + end) == head.size();
  if (wrapped_array(head) != kNone && (alone || !closed)) return JsonShape::wrapped;
  // Over several lines: the first ends where no object can.
  const std::size_t line = std::min(head.find('\n', begin), head.size());
  std::size_t last = line;
  while (last > begin && is_space(head[last - 1])) --last;
  const char at_line_end = head[last - 1];
  const bool goes_on = at_line_end == '{' || at_line_end == '[' || at_line_end == ',';
  return line < head.size() && goes_on ? JsonShape::values : JsonShape::lines;
}

Result<void> read_json(TextWindow& window, JsonShape shape, BatchBuilder& builder) {
  return JsonReader(window, shape, builder).read();
}

}  // namespace ovillo::intake
