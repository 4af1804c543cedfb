#include "ovillo/intake/internal/header_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/intake/internal/word_file.hpp"
#include "ovillo/text/fold.hpp"

namespace ovillo::intake {

namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::string header_words_of(std::string_view header) {
  std::string apart;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (i > 0 && is_upper(header[i]) && is_lower(header[i - 1])) apart.push_back(' ');
    apart.push_back(header[i]);
  }
  std::string out;
  for (const char c : text::folded(apart)) {
    const bool part = is_lower(c) || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (part) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

Result<HeaderWords> HeaderWords::open(const std::filesystem::path& data) {
  OVILLO_TRY(const auto entries,
             read_naming_words<Field>(data / "profiles" / "header_words.toml", "a field"));
  HeaderWords words;
  for (const auto& entry : entries)
    words.phrases_.push_back({header_words_of(entry.words), entry.language, entry.names});
  std::stable_sort(
      words.phrases_.begin(), words.phrases_.end(),
      [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
  return words;
}

std::optional<HeaderMatch> HeaderWords::match(std::string_view header) const {
  const std::string name = header_words_of(header);
  const std::string framed = fmt::format(" {} ", name);
  const Phrase* inside = nullptr;
  for (const Phrase& phrase : phrases_) {
    if (phrase.words.size() > name.size()) continue;
    if (phrase.words == name) return HeaderMatch{phrase.field, phrase.words, phrase.language, true};
    if (inside == nullptr && framed.find(fmt::format(" {} ", phrase.words)) != std::string::npos)
      inside = &phrase;
  }
  if (inside == nullptr) return std::nullopt;
  return HeaderMatch{inside->field, inside->words, inside->language, false};
}

}  // namespace ovillo::intake
