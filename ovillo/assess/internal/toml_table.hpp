// A table of a TOML vocabulary file, read strictly: a missing, misspelt or mistyped key is an error
// that names file and key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::assess {

class TomlTable {
 public:
  /// @error base.cannot_read, base.bad_data_file (not TOML, with the line).
  static Result<TomlTable> open(const std::filesystem::path& file);

  [[nodiscard]] std::vector<std::string> keys() const;
  [[nodiscard]] Result<std::string> required_string(std::string_view key) const;
  [[nodiscard]] Result<std::int64_t> number_or(std::string_view key, std::int64_t fallback) const;
  /// Absent: empty.
  [[nodiscard]] Result<std::vector<std::string>> strings(std::string_view key) const;
  /// A list of lists of texts. Absent: empty.
  [[nodiscard]] Result<std::vector<std::vector<std::string>>> string_lists(
      std::string_view key) const;
  [[nodiscard]] Result<TomlTable> required_table(std::string_view key) const;
  [[nodiscard]] Result<TomlTable> table_or_empty(std::string_view key) const;
  /// The tables of [[key]]; absent: empty.
  [[nodiscard]] Result<std::vector<TomlTable>> tables(std::string_view key) const;

  template <class Enum>
  [[nodiscard]] Result<Enum> required_enum(std::string_view key) const {
    OVILLO_TRY(const auto name, required_string(key));
    return enum_of<Enum>(key, name);
  }
  template <class Enum>
  [[nodiscard]] Result<Enum> enum_or(std::string_view key, Enum fallback) const {
    if (!has(key)) return fallback;
    return required_enum<Enum>(key);
  }
  template <class Enum>
  [[nodiscard]] Result<std::vector<Enum>> enums(std::string_view key) const {
    OVILLO_TRY(const auto names, strings(key));
    std::vector<Enum> out;
    for (const std::string& name : names) {
      OVILLO_TRY(const auto value, enum_of<Enum>(key, name));
      out.push_back(value);
    }
    return out;
  }

  /// @error base.bad_data_file when a key is there that nobody asked for.
  [[nodiscard]] Result<void> no_other_keys() const;
  [[nodiscard]] Error bad(std::string_view key, std::string_view why) const;

 private:
  struct Node;
  explicit TomlTable(std::shared_ptr<Node> node) : node_(std::move(node)) {}
  [[nodiscard]] bool has(std::string_view key) const;

  template <class Enum>
  [[nodiscard]] Result<Enum> enum_of(std::string_view key, std::string_view name) const {
    const auto value = from_name<Enum>(name);
    if (!value) return bad(key, std::string("unknown: ") + std::string(name));
    return *value;
  }

  std::shared_ptr<Node> node_;
};

}  // namespace ovillo::assess
