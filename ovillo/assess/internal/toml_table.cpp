#include "ovillo/assess/internal/toml_table.hpp"

#include <optional>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "ovillo/base/file.hpp"

namespace ovillo::assess {

struct TomlTable::Node {
  std::string file;
  toml::table table;
  mutable std::set<std::string, std::less<>> asked;  // what no_other_keys() allows

  const toml::node* ask(std::string_view key) const {
    asked.emplace(key);
    return table.get(key);
  }
};

Result<TomlTable> TomlTable::open(const std::filesystem::path& file) {
  OVILLO_TRY(const auto text, read_file(file));
  try {
    return TomlTable(std::make_shared<Node>(Node{file.string(), toml::parse(text), {}}));
  } catch (const toml::parse_error& error) {  // the library's only way to say so
    Locus locus;
    locus.file = file.string();
    locus.row = error.source().begin.line;
    return Error(ErrorCode::base_bad_data_file, std::string(error.description()), locus);
  }
}

Error TomlTable::bad(std::string_view key, std::string_view why) const {
  const auto* id = node_->table.get_as<std::string>("id");
  const std::string where =
      id == nullptr ? std::string(key) : fmt::format("{}: {}", id->get(), key);
  Locus locus;
  locus.file = node_->file;
  return Error(ErrorCode::base_bad_data_file, fmt::format("{}: {}", where, why), locus);
}

bool TomlTable::has(std::string_view key) const { return node_->table.contains(key); }

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> out;
  for (const auto& [key, value] : node_->table) out.emplace_back(key.str());
  return out;
}

Result<std::string> TomlTable::required_string(std::string_view key) const {
  const toml::node* node = node_->ask(key);
  if (node == nullptr || !node->is_string()) return bad(key, "a text is needed");
  return node->as_string()->get();
}

Result<std::int64_t> TomlTable::number_or(std::string_view key, std::int64_t fallback) const {
  const toml::node* node = node_->ask(key);
  if (node == nullptr) return fallback;
  if (!node->is_integer()) return bad(key, "a whole number is needed");
  return node->as_integer()->get();
}

namespace {

// Empty optional: not a list of texts.
std::optional<std::vector<std::string>> texts_of(const toml::node& node) {
  std::vector<std::string> out;
  if (!node.is_array()) return std::nullopt;
  for (const toml::node& item : *node.as_array()) {
    if (!item.is_string()) return std::nullopt;
    out.push_back(item.as_string()->get());
  }
  return out;
}

}  // namespace

Result<std::vector<std::string>> TomlTable::strings(std::string_view key) const {
  const toml::node* node = node_->ask(key);
  if (node == nullptr) return std::vector<std::string>{};
  auto texts = texts_of(*node);
  if (!texts) return bad(key, "a list of texts is needed");
  return std::move(*texts);
}

Result<std::vector<std::vector<std::string>>> TomlTable::string_lists(std::string_view key) const {
  std::vector<std::vector<std::string>> out;
  const toml::node* node = node_->ask(key);
  if (node == nullptr) return out;
  if (!node->is_array()) return bad(key, "a list of lists is needed");
  for (const toml::node& item : *node->as_array()) {
    auto texts = texts_of(item);
    if (!texts) return bad(key, "a list of lists of texts is needed");
    out.push_back(std::move(*texts));
  }
  return out;
}

Result<TomlTable> TomlTable::required_table(std::string_view key) const {
  if (!has(key)) return bad(key, "a table is needed");
  return table_or_empty(key);
}

Result<TomlTable> TomlTable::table_or_empty(std::string_view key) const {
  const toml::node* node = node_->ask(key);
  if (node == nullptr) return TomlTable(std::make_shared<Node>(Node{node_->file, {}, {}}));
  if (!node->is_table()) return bad(key, "a table is needed");
  return TomlTable(std::make_shared<Node>(Node{node_->file, *node->as_table(), {}}));
}

Result<std::vector<TomlTable>> TomlTable::tables(std::string_view key) const {
  std::vector<TomlTable> out;
  const toml::node* node = node_->ask(key);
  if (node == nullptr) return out;
  if (!node->is_array()) return bad(key, "a list of tables is needed");
  for (const toml::node& item : *node->as_array()) {
    if (!item.is_table()) return bad(key, "a list of tables is needed");
    out.push_back(TomlTable(std::make_shared<Node>(Node{node_->file, *item.as_table(), {}})));
  }
  return out;
}

Result<void> TomlTable::no_other_keys() const {
  for (const auto& [key, value] : node_->table)
    if (!node_->asked.contains(key.str())) return bad(key.str(), "an unknown key");
  return {};
}

}  // namespace ovillo::assess
