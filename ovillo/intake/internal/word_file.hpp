// TOML files of words: a table for each thing that words may name, in it a list for each language.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "ovillo/base/result.hpp"

namespace ovillo::intake {

/// base.bad_data_file, of that file.
Error bad_data_file(const std::filesystem::path& path, std::string detail);

/// @error base.cannot_read, base.bad_data_file.
Result<toml::table> read_toml(const std::filesystem::path& path);

template <class Enum>
struct NamingWords {
  Enum names;
  std::string language;
  std::string words;  ///< as the file has them
};

/// Every entry of the lists, in order of what it names and of language.
/// @param what  for errors: "a field". @error as read_toml.
template <class Enum>
Result<std::vector<NamingWords<Enum>>> read_naming_words(const std::filesystem::path& path,
                                                         std::string_view what) {
  OVILLO_TRY(const toml::table table, read_toml(path));
  std::vector<NamingWords<Enum>> out;
  for (const auto& [key, by_language] : table) {
    const auto named = from_name<Enum>(key.str());
    if (!named || !by_language.is_table())
      return bad_data_file(path, fmt::format("'{}' is not {}", key.str(), what));
    for (const auto& [language, list] : *by_language.as_table()) {
      if (!list.is_array())
        return bad_data_file(path, fmt::format("'{}' holds no list", key.str()));
      for (const auto& entry : *list.as_array()) {
        auto text = entry.template value<std::string>();
        if (!text) return bad_data_file(path, fmt::format("'{}' holds something else", key.str()));
        out.push_back({*named, std::string(language.str()), std::move(*text)});
      }
    }
  }
  return out;
}

}  // namespace ovillo::intake
