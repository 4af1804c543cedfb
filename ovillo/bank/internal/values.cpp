#include "ovillo/bank/internal/values.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/base/utf8.hpp"
#include "ovillo/text/windows_1252.hpp"

namespace ovillo::bank {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::optional<Decimal> exact_amount(std::string_view text, char mark) {
  std::string digits;
  std::optional<std::size_t> fraction;
  for (const char c : text) {
    if (c == mark && !fraction) {
      fraction = 0;
      digits.push_back('.');
      continue;
    }
    if (!is_digit(c)) return std::nullopt;
    digits.push_back(c);
    if (fraction) ++*fraction;
  }
  if (digits.empty() || digits == ".") return std::nullopt;
  if (digits.front() == '.') digits.insert(0, "0");
  if (digits.back() == '.') digits.pop_back();
  // Leading zeros do not count against the 38 digits.
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  digits.erase(0, digits[first] == '.' ? first - 1 : first);
  return parse_decimal(digits, DecimalMark::point);
}

std::optional<Moment> iso_moment(std::string_view text, const Zone& zone) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  std::string_view offset;
  std::string whole(text);
  if (text.size() > 10 && text[10] != 'T') {
    // A date with a zone: the day begins at midnight of that zone.
    offset = text.substr(10);
    whole = fmt::format("{}T00:00:00{}", text.substr(0, 10), offset);
  }
  auto time = parse_time(whole, zone, DateOrder::day_first);
  if (!time) return std::nullopt;
  if (!offset.empty()) {
    time->precision = TimePrecision::day;
    time->end_utc_s = time->begin_utc_s + 86400;
  }
  return Moment{*time, std::string(text)};
}

std::optional<Moment> day_moment(int year, int month, int day, std::string_view written,
                                 const Zone& zone) {
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const auto time =
      parse_time(fmt::format("{:04}-{:02}-{:02}", year, month, day), zone, DateOrder::day_first);
  if (!time) return std::nullopt;
  return Moment{*time, std::string(written)};
}

int small_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 9) return -1;
  int value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

int full_year(int two_digits) {
  return two_digits < 0 ? -1 : two_digits + (two_digits >= 80 ? 1900 : 2000);
}

bool is_iban(std::string_view text) {
  if (text.size() < 15 || text.size() > 34 || !is_letter(text[0]) || !is_letter(text[1]) ||
      !is_digit(text[2]) || !is_digit(text[3]))
    return false;
  int rest = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[(i + 4) % text.size()];
    if (is_digit(c)) {
      rest = (rest * 10 + (c - '0')) % 97;
    } else if (is_letter(c)) {
      rest = (rest * 100 + (c - 'A' + 10)) % 97;
    } else {
      return false;
    }
  }
  return rest == 1;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::optional<std::string> stated(std::string_view text) {
  const std::string_view kept = trimmed(text);
  if (kept.empty()) return std::nullopt;
  return std::string(kept);
}

std::string as_utf8(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(bytes);
  std::string out;
  text::append_windows_1252(out, bytes);
  return out;
}

}  // namespace ovillo::bank
