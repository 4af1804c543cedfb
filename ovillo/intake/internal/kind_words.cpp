#include "ovillo/intake/internal/kind_words.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include "ovillo/base/file.hpp"
#include "ovillo/intake/internal/header_words.hpp"

namespace ovillo::intake {

namespace {

Error bad_file(const std::filesystem::path& path, std::string detail) {
  Locus locus;
  locus.file = path.string();
  return Error(ErrorCode::base_bad_data_file, std::move(detail), std::move(locus));
}

}  // namespace

Result<KindWords> KindWords::open(const std::filesystem::path& data) {
  const auto path = data / "profiles" / "kind_words.toml";
  OVILLO_TRY(const std::string bytes, ovillo::read_file(path));
  toml::table table;
  try {  // the library has no other way to say what is wrong
    table = toml::parse(bytes);
  } catch (const toml::parse_error& error) {
    return bad_file(path, std::string(error.description()));
  }
  KindWords out;
  for (const auto& [key, by_language] : table) {
    const auto kind = from_name<RecordKind>(key.str());
    if (!kind || !by_language.is_table())
      return bad_file(path, fmt::format("'{}' is not a kind of record", key.str()));
    for (const auto& [language, list] : *by_language.as_table()) {
      if (!list.is_array()) return bad_file(path, fmt::format("'{}' holds no list", key.str()));
      for (const auto& word : *list.as_array()) {
        const auto text = word.value<std::string>();
        if (!text) return bad_file(path, fmt::format("'{}' holds something else", key.str()));
        const std::string_view end = text->ends_with('*') ? "" : " ";
        out.words_.push_back({fmt::format(" {}{}", header_words_of(*text), end), *kind});
      }
    }
  }
  return out;
}

std::set<RecordKind> KindWords::kinds_in(std::string_view header) const {
  const std::string framed = fmt::format(" {} ", header_words_of(header));
  std::set<RecordKind> out;
  for (const Word& word : words_)
    if (framed.find(word.phrase) != std::string::npos) out.insert(word.kind);
  return out;
}

}  // namespace ovillo::intake
