#include "ovillo/intake/internal/json_form.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <simdjson.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/intake/internal/flat_row.hpp"
#include "ovillo/intake/internal/value_end.hpp"
#include "ovillo/intake/internal/word_file.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMaxDepth = 64;

// Reads one form out of its table.
class FormTable {
 public:
  FormTable(const std::filesystem::path& path, std::string_view name, const toml::table& table)
      : path_(path), table_(table) {
    form_.name = name;
  }

  Result<JsonForm> read() {
    OVILLO_TRY(form_.marks, words("marks"));
    OVILLO_TRY(form_.time, words("time"));
    OVILLO_TRY(form_.join, words("join"));
    OVILLO_TRY(form_.drop, words("drop"));
    OVILLO_TRY(const auto typed, words("typed"));
    if (typed.size() == 2) form_.typed = {typed[0], typed[1]};
    form_.list = table_["list"].value_or(std::string());
    form_.app = table_["app"].value_or(std::string());
    form_.kind_by = table_["kind_by"].value_or(std::string());
    form_.utf8_as_latin1 = table_["repair"].value_or(std::string()) == "utf8_as_latin1";
    const auto kind = from_name<RecordKind>(table_["kind"].value_or(std::string()));
    if (form_.marks.empty() || form_.list.empty() || !kind) return bad("marks, list or kind");
    form_.kind = *kind;
    OVILLO_TRY(form_.kinds, named<RecordKind>("kinds"));
    OVILLO_TRY(form_.types, named<Field>("types"));
    OVILLO_TRY(form_.columns, named<Field>("columns"));
    if (const toml::table* context = table_["context"].as_table())
      for (const auto& [key, node] : *context)
        form_.context.emplace(key.str(), node.value_or(std::string(key.str())));
    return std::move(form_);
  }

 private:
  Error bad(std::string_view what) const {
    return bad_data_file(path_, fmt::format("form '{}': {}", form_.name, what));
  }
  Result<std::vector<std::string>> words(std::string_view key) const {
    std::vector<std::string> out;
    const toml::array* list = table_[key].as_array();
    if (list == nullptr) return out;
    for (const auto& node : *list) {
      auto word = node.value<std::string>();
      if (!word) return bad(key);
      out.push_back(std::move(*word));
    }
    return out;
  }
  template <class Enum>
  Result<std::map<std::string, Enum, std::less<>>> named(std::string_view key) const {
    std::map<std::string, Enum, std::less<>> out;
    const toml::table* list = table_[key].as_table();
    if (list == nullptr) return out;
    for (const auto& [member, node] : *list) {
      const auto value = from_name<Enum>(node.value_or(std::string()));
      if (!value) return bad(member.str());
      out.emplace(member.str(), *value);
    }
    return out;
  }

  const std::filesystem::path& path_;
  const toml::table& table_;
  JsonForm form_;
};

// Whether "mark": stands in the text as the name of a member.
bool has_member(std::string_view text, const std::string& mark) {
  const std::string quoted = '"' + mark + '"';
  for (std::size_t at = text.find(quoted); at != kNone; at = text.find(quoted, at + 1)) {
    const std::size_t colon = skip_json_space(text, at + quoted.size());
    if (colon < text.size() && text[colon] == ':') return true;
  }
  return false;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class FormReader {
 public:
  FormReader(TextWindow& window, const JsonForm& form, BatchBuilder& builder)
      : window_(window), form_(form), builder_(builder) {}

  Result<void> read() {
    builder_.say_form(fmt::format("{} (JSON), {}", form_.name, window_.describe_encoding()));
    while (true) {
      OVILLO_TRY(const char c, next_char());
      if (c == '\0') break;
      OVILLO_CHECK(step(c));
      if (stopped_) break;
    }
    if (!stack_.empty() && !stopped_)
      OVILLO_CHECK(builder_.reject_row(ErrorCode::intake_bad_json, window_.offset(),
                                       "the file ends inside an object or array"));
    return builder_.flush();
  }

 private:
  struct Open {
    bool array = false;
    std::string key;  // the member that is read
    bool has_key = false;
    std::size_t n_context;  // of context_, when it was opened
  };

  // The next character that is no blank or comma, not taken; NUL at the end.
  Result<char> next_char() {
    while (true) {
      const std::string_view text = window_.view();
      std::size_t at = 0;
      while (at < text.size() && (is_json_space(text[at]) || text[at] == ',' || text[at] == ':'))
        ++at;
      window_.consume(at);
      if (at < text.size()) {
        const char c = window_.view().front();
        return c == '\0' ? '\1' : c;
      }
      if (window_.at_end()) return '\0';
      OVILLO_CHECK(window_.more());
    }
  }

  Result<void> step(char c) {
    switch (c) {
      case '{':
      case '[':
        if (c == '[' && is_list()) return read_list();
        return open(c == '[');
      case '}':
      case ']':
        return close(c == ']');
      default:
        return take_scalar(c == '"');
    }
  }

  [[nodiscard]] bool is_list() const {
    if (stack_.empty() || !stack_.back().has_key) return false;
    return form_.list == "*" ? stack_.size() == 1 : stack_.back().key == form_.list;
  }

  Result<void> open(bool array) {
    if (stack_.size() >= kMaxDepth) return stop(ErrorCode::intake_json_too_deep);
    end_value();
    stack_.push_back({array, {}, false, context_.size()});
    window_.consume(1);
    return {};
  }

  Result<void> close(bool array) {
    if (stack_.empty() || stack_.back().array != array) return stop(ErrorCode::intake_bad_json);
    context_.resize(stack_.back().n_context);
    stack_.pop_back();
    window_.consume(1);
    return {};
  }

  Result<void> stop(ErrorCode code) {
    stopped_ = true;
    return builder_.reject_row(code, window_.offset(), "nothing after this was read");
  }

  void end_value() {
    if (!stack_.empty()) stack_.back().has_key = false;
  }

  // The next value as it stands, up to its end. Empty: it is longer than a row may be, and was
  // passed over.
  Result<std::optional<std::string_view>> value_here() {
    ValueEnd scanner;
    bool too_long = false;
    while (true) {
      const std::string_view text = window_.view();
      std::size_t end = scanner.find(text);
      if (end == 0) end = 1;  // a bracket that closes nothing
      if (end == kNone && window_.at_end()) end = text.size();
      if (end != kNone) {
        if (!too_long && end <= builder_.options().max_row_bytes)
          return std::optional(text.substr(0, end));
        window_.consume(end);
        return std::optional<std::string_view>();
      }
      too_long = too_long || text.size() > builder_.options().max_row_bytes;
      if (too_long) {
        window_.consume(text.size());
        scanner.rebase(text.size());
      }
      OVILLO_CHECK(window_.more());
    }
  }

  // A name of a member, or a value around the lists.
  Result<void> take_scalar(bool string) {
    OVILLO_TRY(const auto value, value_here());
    if (!value) {
      end_value();
      return {};
    }
    const std::size_t size = value->size();
    const bool in_object = !stack_.empty() && !stack_.back().array;
    if (in_object && !stack_.back().has_key) {
      if (!string) return stop(ErrorCode::intake_bad_json);
      stack_.back().key = text_of(*value);
      stack_.back().has_key = true;
    } else {
      if (in_object) {
        const auto wanted = form_.context.find(stack_.back().key);
        if (wanted != form_.context.end()) context_.emplace_back(wanted->second, text_of(*value));
      }
      end_value();
    }
    window_.consume(size);
    return {};
  }

  // What a string or number says; empty where it is neither.
  std::string text_of(std::string_view raw) {
    std::string json = fmt::format("{{\"v\":{}}}", raw);
    json.reserve(json.size() + simdjson::SIMDJSON_PADDING);
    if (first_invalid_utf8(json) || row_.read(json, json.capacity())) return {};
    return row_.values().empty() ? std::string() : std::string(row_.values().front().value);
  }

  Result<void> read_list() {
    end_value();
    window_.consume(1);
    while (true) {
      OVILLO_TRY(const char c, next_char());
      if (c == '\0') return stop(ErrorCode::intake_bad_json);
      if (c == ']') {
        window_.consume(1);
        return {};
      }
      if (c == '}') return stop(ErrorCode::intake_bad_json);
      const std::uint64_t byte = window_.offset();
      OVILLO_TRY(const auto value, value_here());
      if (!value) {
        OVILLO_CHECK(builder_.reject_row(ErrorCode::intake_row_too_long, byte));
        continue;
      }
      const std::size_t size = value->size();
      OVILLO_CHECK(take_row(*value, byte));
      window_.consume(size);
    }
  }

  Result<void> take_row(std::string_view row, std::uint64_t byte) {
    if (const auto fault = window_.check(row))
      return builder_.reject_row(
          fault->nul ? ErrorCode::intake_nul_byte : ErrorCode::intake_bad_encoding,
          byte + window_.raw_size(row.substr(0, fault->at)));
    json_.assign(window_.decoded(row, decoded_));
    json_.reserve(json_.size() + simdjson::SIMDJSON_PADDING);
    if (const auto fault = row_.read(json_, json_.capacity()))
      return builder_.reject_row(fault->code, byte, fault->detail, fault->column);
    OVILLO_CHECK(builder_.begin_row());
    if (!form_.app.empty()) add("app", Field::channel, form_.app);
    const std::size_t n_before = builder_.n_columns();
    add_values();
    for (const auto& [column, value] : context_) add(column, Field::other, right(value));
    if (builder_.n_columns() > n_before + 4096)
      return builder_.reject_row(ErrorCode::intake_too_many_columns, byte);
    return builder_.finish_row(kind_of_row(), {byte, window_.raw_size(row)},
                               window_.raw(row, raw_scratch_));
  }

  std::string_view first_of(std::string_view path) const {
    for (const FlatValue& value : row_.values())
      if (value.path == path) return value.value;
    return {};
  }

  RecordKind kind_of_row() const {
    if (form_.kind_by.empty()) return form_.kind;
    const auto found = form_.kinds.find(first_of(form_.kind_by));
    return found == form_.kinds.end() ? form_.kind : found->second;
  }

  std::string right(std::string_view value) const {
    return form_.utf8_as_latin1 ? put_right_utf8(value) : std::string(value);
  }

  void add(std::string_view column, Field field, std::string_view value) {
    builder_.add(builder_.column(column, field), value);
  }

  void add_values() {
    const auto best = std::find_if(form_.time.begin(), form_.time.end(),
                                   [&](const auto& member) { return !first_of(member).empty(); });
    for (const FlatValue& value : row_.values()) {
      const std::string_view top = value.path.substr(0, value.path.find('.'));
      if (has(form_.drop, top) || has(form_.join, top)) continue;
      Field field = Field::other;
      if (const auto found = form_.columns.find(value.path); found != form_.columns.end())
        field = found->second;
      if (best != form_.time.end() && value.path == *best) field = Field::time;
      if (value.path == form_.typed.second && !form_.typed.second.empty()) {
        const auto type = form_.types.find(first_of(form_.typed.first));
        if (type != form_.types.end()) field = type->second;
      }
      add(value.path, field, right(value.value));
    }
    for (const std::string& member : form_.join) join(member);
  }

  // "text" and "text.text" are its parts; "text.type" says how they look.
  void join(const std::string& member) {
    std::string whole;
    for (const FlatValue& value : row_.values())
      if (value.path == member || value.path == member + "." + member) whole += value.value;
    const auto field = form_.columns.find(member);
    add(member, field == form_.columns.end() ? Field::other : field->second, right(whole));
  }

  TextWindow& window_;
  const JsonForm& form_;
  BatchBuilder& builder_;
  std::vector<Open> stack_;
  std::vector<std::pair<std::string, std::string>> context_;  // column, value
  FlatRow row_;
  bool stopped_ = false;
  std::string json_, decoded_, raw_scratch_;
};

}  // namespace

Result<std::vector<JsonForm>> json_forms() {
  const std::filesystem::path path = data_folder() / "profiles" / "json_forms.toml";
  OVILLO_TRY(const toml::table table, read_toml(path));
  std::vector<JsonForm> out;
  for (const auto& [name, node] : table) {
    if (!node.is_table()) return bad_data_file(path, fmt::format("'{}' is no form", name.str()));
    OVILLO_TRY(auto form, FormTable(path, name.str(), *node.as_table()).read());
    out.push_back(std::move(form));
  }
  return out;
}

std::optional<JsonForm> json_form_of(const std::vector<JsonForm>& forms, std::string_view head) {
  const JsonForm* best = nullptr;
  const std::size_t begin = skip_json_space(head, 0);
  if (begin >= head.size() || head[begin] != '{') return std::nullopt;
  for (const JsonForm& form : forms) {
    if (best != nullptr && best->marks.size() >= form.marks.size()) continue;
    const bool all = std::all_of(form.marks.begin(), form.marks.end(),
                                 [&](const std::string& mark) { return has_member(head, mark); });
    if (all) best = &form;
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

Result<void> read_json_form(TextWindow& window, const JsonForm& form, BatchBuilder& builder) {
  return FormReader(window, form, builder).read();
}

std::string put_right_utf8(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (c.value > 0xFF) return std::string(text);
    bytes.push_back(static_cast<char>(c.value));
    at += c.length;
  }
  return is_valid_utf8(bytes) ? bytes : std::string(text);
}

}  // namespace ovillo::intake
