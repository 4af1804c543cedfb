// Runs every row of tests/golden/extract/*.tsv: anybody can add one without C++.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/source_folder.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/extract/extractor.hpp"

namespace ovillo::extract {
namespace {

std::vector<std::string> cut(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + separator.size();
  }
  return parts;
}

// \n, \t and \u{1F525}.
std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out.push_back(text[i]);
      continue;
    }
    const char kind = text[++i];
    if (kind == 'u') {
      const std::size_t end = text.find('}', i);
      append_utf8(out,
                  static_cast<char32_t>(std::stoul(text.substr(i + 2, end - i - 2), nullptr, 16)));
      i = end;
    } else {
      out.push_back(kind == 'n' ? '\n' : kind == 't' ? '\t' : kind);
    }
  }
  return out;
}

const Extractor& extractor() {
  static const auto instance = Extractor::open(data_folder());
  if (!instance) ADD_FAILURE() << instance.error().message();
  return instance.value();
}

// What was found, in the notation of the expectation: raw words only where it names them.
std::string found_as(const std::string& text, const std::string& region,
                     const std::set<std::string>& kinds, const std::string& expected) {
  const auto wanted = cut(expected, " | ");
  std::string out;
  std::size_t n = 0;
  for (const Find& find : extractor().find(text, region)) {
    if (!kinds.contains(std::string(name_of(find.kind)))) continue;
    if (n > 0) out += " | ";
    if (kinds.size() > 1) out += std::string(name_of(find.kind)) + ":";
    out += find.canonical;
    if (n < wanted.size() && wanted[n].find('=') != std::string::npos)
      out += "=" + text.substr(find.span.begin, find.span.end - find.span.begin);
    ++n;
  }
  return n == 0 ? "-" : out;
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, FindsWhatEveryRowExpects) {
  const auto bytes =
      read_file(std::filesystem::path(OVILLO_SOURCE_DIR) / "tests/golden/extract" / GetParam());
  ASSERT_TRUE(bytes.has_value());
  std::set<std::string> kinds;
  std::size_t n_rows = 0;
  for (const std::string& line : cut(*bytes, "\n")) {
    if (line.rfind("# kinds: ", 0) == 0)
      for (const std::string& kind : cut(line.substr(9), " ")) kinds.insert(kind);
    if (line.empty() || line[0] == '#') continue;
    const auto cells = cut(line, "\t");
    ASSERT_EQ(cells.size(), 4U) << line;
    ++n_rows;
    const std::string text = unescaped(cells[2]);
    EXPECT_EQ(found_as(text, cells[1], kinds, cells[3]), cells[3])
        << GetParam() << ", row \"" << cells[0] << "\": " << cells[2];
  }
  EXPECT_GT(n_rows, 5U);
}

std::vector<std::string> golden_files() {
  std::vector<std::string> files;
  const auto folder = std::filesystem::path(OVILLO_SOURCE_DIR) / "tests/golden/extract";
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".tsv") files.push_back(entry.path().filename().string());
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(Extract, Golden, testing::ValuesIn(golden_files()), [](const auto& file) {
  return file.param.substr(0, file.param.find('.'));
});

}  // namespace
}  // namespace ovillo::extract
