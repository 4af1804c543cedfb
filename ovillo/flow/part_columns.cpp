#include "ovillo/flow/part_columns.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "ovillo/base/file.hpp"
#include "ovillo/record/kinds.hpp"
#include "ovillo/text/fold.hpp"

namespace ovillo::flow {

namespace {

using resolve::Part;

Error bad_file(const std::filesystem::path& path, std::string detail) {
  return Error(ErrorCode::base_bad_data_file, std::move(detail),
               Locus{path.string(), {}, {}, {}, {}});
}

/// Meaning of a table of the file. @return  false: no such part.
bool meaning_of(std::string_view key, std::optional<PartOfColumn>& out) {
  if (key == "none") {
    out.reset();
  } else if (key == "birth_year") {
    out = PartOfColumn{ColumnUse::birth_year, Part::birth_date};
  } else if (key == "birth_month") {
    out = PartOfColumn{ColumnUse::birth_month, Part::birth_date};
  } else if (key == "birth_day") {
    out = PartOfColumn{ColumnUse::birth_day, Part::birth_date};
  } else if (const auto part = from_name<Part>(key)) {
    out = PartOfColumn{ColumnUse::part, *part};
  } else {
    return false;
  }
  return true;
}

bool holds_words(std::string_view header, std::string_view phrase) {
  for (std::size_t at = header.find(phrase); at != std::string_view::npos;
       at = header.find(phrase, at + 1)) {
    const std::size_t end = at + phrase.size();
    if ((at == 0 || header[at - 1] == ' ') && (end == header.size() || header[end] == ' '))
      return true;
  }
  return false;
}

}  // namespace

std::string words_of_header(std::string_view header) {
  std::string apart;
  char before = ' ';
  for (const char c : header) {
    if (c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z') apart += ' ';
    apart += c == '_' || c == '-' || c == '.' || c == '/' ? ' ' : c;
    before = c;
  }
  std::string out;
  for (const char c : text::folded(apart)) {
    if (c == ' ' || c == '\'') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

Result<PartHeaders> PartHeaders::open(const std::filesystem::path& data) {
  const std::filesystem::path path = data / "words" / "part_headers.toml";
  OVILLO_TRY(const std::string text, read_file(path));
  PartHeaders out;
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return bad_file(path, std::string(error.description()));
  }
  for (const auto& [key, by_language] : table) {
    std::optional<PartOfColumn> meaning;
    if (!meaning_of(key.str(), meaning) || !by_language.is_table())
      return bad_file(path, fmt::format("'{}' is not a part", key.str()));
    for (const auto& [language, list] : *by_language.as_table()) {
      if (!list.is_array()) return bad_file(path, fmt::format("'{}' holds no list", key.str()));
      for (const auto& entry : *list.as_array()) {
        const auto phrase = entry.value<std::string>();
        if (!phrase) return bad_file(path, fmt::format("'{}' holds something else", key.str()));
        out.phrases_.push_back({*phrase, meaning});
      }
    }
  }
  std::stable_sort(out.phrases_.begin(), out.phrases_.end(),
                   [](const auto& x, const auto& y) { return x.words.size() > y.words.size(); });
  return out;
}

std::optional<PartOfColumn> PartHeaders::match_one(std::string_view header) const {
  const std::string whole = words_of_header(header);
  for (const Phrase& phrase : phrases_)
    if (phrase.words == whole) return phrase.meaning;
  // "lname_c1", "phone 2": what counts the columns is no word.
  std::string words;
  for (std::size_t begin = 0; begin < whole.size();) {
    const std::size_t end = std::min(whole.find(' ', begin), whole.size());
    const std::string_view word(whole.data() + begin, end - begin);
    const bool counts = word.size() <= 2 && word.back() >= '0' && word.back() <= '9';
    if (!counts) words += (words.empty() ? "" : " ") + std::string(word);
    begin = end + 1;
  }
  for (const Phrase& phrase : phrases_)
    if (phrase.words.size() > 2 ? holds_words(words, phrase.words) : phrase.words == words)
      return phrase.meaning;
  return std::nullopt;
}

std::vector<std::optional<PartOfColumn>> PartHeaders::match(
    const std::vector<std::string>& headers) const {
  std::vector<std::optional<PartOfColumn>> out;
  out.reserve(headers.size());
  for (const std::string& header : headers) out.push_back(match_one(header));
  const auto is = [](const std::optional<PartOfColumn>& column, Part part) {
    return column && column->use == ColumnUse::part && column->part == part;
  };
  const auto has = [&](Part part) {
    return std::any_of(out.begin(), out.end(), [&](const auto& c) { return is(c, part); });
  };
  const auto reread = [&](Part from, Part to) {
    for (auto& column : out)
      if (is(column, from)) column->part = to;
  };
  const bool given = has(Part::given_name);
  const bool surname = has(Part::surname);
  if (has(Part::name) && given != surname) {
    reread(Part::name, given ? Part::surname : Part::given_name);
  } else if (given != surname && !has(Part::name)) {
    reread(given ? Part::given_name : Part::surname, Part::name);
  }
  return out;
}

}  // namespace ovillo::flow
