#include "ovillo/intake/internal/identity_document.hpp"

#include <algorithm>
#include <string>

namespace ovillo::intake {

namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr int kMisread = 3;  // signs of a line that a reader of pictures takes for others

// The signs of a line without blanks; empty: too many are none of a machine-readable line.
std::string mrz_signs(std::string_view line) {
  std::string out;
  int misread = 0;
  for (const char c : line) {
    if (c == ' ' || c == '\r') continue;
    if (!is_capital(c) && !is_digit(c) && c != '<' && ++misread > kMisread) return {};
    out += c;
  }
  return out;
}

bool is_mrz_length(std::size_t n) {
  return std::ranges::any_of(std::initializer_list<std::size_t>{30, 36, 44},
                             [&](std::size_t whole) { return n + 4 >= whole && n <= whole + 4; });
}

bool is_first(std::string_view line) {
  return is_mrz_length(line.size()) && std::string_view("PIACV").find(line[0]) != line.npos &&
         line.substr(1, 4).find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ<0123456789") ==
             line.npos &&
         is_capital(line[2]) && std::ranges::count(line, '<') >= 2;
}

// Six digits of a birth date, the sign that checks them, and a sex stand in it somewhere.
bool is_second(std::string_view line) {
  return is_mrz_length(line.size()) && std::ranges::count_if(line, is_digit) >= 12;
}

}  // namespace

bool is_identity_document(std::string_view text) {
  std::string before;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line = mrz_signs(text.substr(0, end));
    if (!line.empty()) {
      if (!before.empty() && is_first(before) && is_second(line)) return true;
      before = line;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

}  // namespace ovillo::intake
