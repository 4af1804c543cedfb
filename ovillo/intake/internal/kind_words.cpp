#include "ovillo/intake/internal/kind_words.hpp"

#include <fmt/format.h>

#include "ovillo/intake/internal/header_words.hpp"
#include "ovillo/intake/internal/word_file.hpp"

namespace ovillo::intake {

Result<KindWords> KindWords::open(const std::filesystem::path& data) {
  OVILLO_TRY(const auto entries, read_naming_words<RecordKind>(
                                     data / "profiles" / "kind_words.toml", "a kind of record"));
  KindWords out;
  for (const auto& entry : entries) {
    const std::string_view end = entry.words.ends_with('*') ? "" : " ";
    out.words_.push_back({fmt::format(" {}{}", header_words_of(entry.words), end), entry.names});
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
