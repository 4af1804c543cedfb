#include "ovillo/intake/internal/flat_row.hpp"

#include "ovillo/intake/internal/value_end.hpp"

namespace ovillo::intake {

namespace {

using simdjson::ondemand::json_type;

constexpr int kMaxDepth = 64;

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

}  // namespace

std::optional<FlatRow::Fault> FlatRow::read(std::string_view json, std::size_t capacity) {
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

// One call for each object or array that is open: kMaxDepth bounds them.
// NOLINTBEGIN(misc-no-recursion)
std::optional<FlatRow::Fault> FlatRow::flatten(simdjson::ondemand::object& object, int depth) {
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

std::optional<FlatRow::Fault> FlatRow::add(simdjson::ondemand::value& value, int depth) {
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
      while (!token.empty() && is_json_space(token.back())) token.remove_suffix(1);
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

std::optional<FlatRow::Fault> FlatRow::add_array(simdjson::ondemand::value& value, int depth) {
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
std::optional<FlatRow::Fault> FlatRow::add_null(simdjson::ondemand::value& value) {
  bool is_null = false;
  if (const auto error = value.is_null().get(is_null)) return bad(error);
  if (!is_null) return Fault{ErrorCode::intake_bad_json, "a word that is none", path_};
  return std::nullopt;
}

void FlatRow::push(std::string_view value) {
  if (value.empty()) return;
  ranges_.push_back({arena_.size(), path_.size(), arena_.size() + path_.size(), value.size()});
  arena_.append(path_).append(value);
}

FlatRow::Fault FlatRow::bad(simdjson::error_code error) const {
  return {ErrorCode::intake_bad_json, simdjson::error_message(error), path_};
}

}  // namespace ovillo::intake
