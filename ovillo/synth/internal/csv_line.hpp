// One CSV row after another, RFC 4180, with LF line ends.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace ovillo::synth {

/// Appends a row. A field is quoted when it holds a comma, a quote or a line break.
inline void append_csv(std::string& out, std::initializer_list<std::string_view> fields) {
  bool first = true;
  for (const std::string_view field : fields) {
    if (!first) out += ',';
    first = false;
    if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
      out += field;
      continue;
    }
    out += '"';
    for (const char c : field) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  out += '\n';
}

/// "a-0000042": a letter and at least seven digits, so that ids sort as text.
inline std::string numbered(char letter, std::uint64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 7) digits.insert(0, 7 - digits.size(), '0');
  return std::string(1, letter) + "-" + digits;
}

}  // namespace ovillo::synth
