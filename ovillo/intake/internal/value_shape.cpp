#include "ovillo/intake/internal/value_shape.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "ovillo/base/decimal.hpp"
#include "ovillo/base/picture_form.hpp"
#include "ovillo/base/time.hpp"

namespace ovillo::intake {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != text.npos) return false;
  const std::string_view host = text.substr(at + 1);
  const std::size_t dot = host.rfind('.');
  return text.find(' ') == text.npos && dot != host.npos && dot > 0 && dot + 2 < host.size();
}

bool is_url(std::string_view text) {
  return text.find(' ') == text.npos &&
         (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www."));
}

bool is_clock(std::string_view text) {
  if (text.size() < 4 || text.size() > 8) return false;
  const auto colons = std::count(text.begin(), text.end(), ':');
  return (colons == 1 || colons == 2) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == ':'; });
}

bool is_date(std::string_view text) {
  if (text.size() < 6 || text.size() > 40) return false;
  const bool marked = text.find_first_of("-/.:") != text.npos;
  const auto reads = [text](DateOrder order) {
    return parse_time(text, Zone::utc(), order).has_value();
  };
  return marked && is_digit(text.front()) &&
         (reads(DateOrder::day_first) || reads(DateOrder::month_first));
}

bool is_phone(std::string_view text) {
  std::size_t digits = 0;
  std::size_t separators = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_digit(c)) {
      ++digits;
    } else if (c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' || c == '/') {
      ++separators;
    } else if (c != '+' || i != 0) {
      return false;
    }
  }
  if (digits < 8 || digits > 15 || separators > 8) return false;
  if (text.front() == '+' || text.starts_with("00")) return true;
  if (separators > 0) return true;
  return text.front() == '0' && digits >= 9 && digits <= 11;
}

// Each part of a list that ends as picture files do. A web address is one, whatever it ends in.
bool is_picture_list(std::string_view text) {
  constexpr std::size_t kLongestName = 255;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(";|,", begin), text.size());
    const std::string_view name = trimmed(text.substr(begin, end - begin));
    if (!has_picture_name(name) || name.size() > kLongestName || name.find("://") != name.npos)
      return false;
    begin = end + 1;
  }
  return true;
}

constexpr std::array<std::string_view, 4> kSigns = {"R$", "€", "$", "£"};

// A sign or an ISO 4217 code; whether the code exists is for those who read amounts.
bool is_currency(std::string_view text) {
  if (std::find(kSigns.begin(), kSigns.end(), text) != kSigns.end()) return true;
  return text.size() == 3 && std::all_of(text.begin(), text.end(), is_upper);
}

bool is_money(std::string_view text) {
  const auto is_number = [](std::string_view rest) {
    rest = trimmed(rest);
    return !rest.empty() && parse_decimal(rest).has_value();
  };
  const auto first_digit = text.find_first_of("0123456789");
  const auto last_digit = text.find_last_of("0123456789");
  if (first_digit == text.npos) return false;
  const std::string_view before = trimmed(text.substr(0, first_digit));
  const std::string_view after = trimmed(text.substr(last_digit + 1));
  return before.empty() != after.empty() && is_currency(before.empty() ? after : before) &&
         is_number(text.substr(first_digit, last_digit + 1 - first_digit));
}

}  // namespace

bool is_iban(std::string_view value) {
  std::string compact;
  for (const char c : value) {
    if (c == ' ') continue;
    if (!is_digit(c) && !is_upper(c)) return false;
    compact.push_back(c);
  }
  if (compact.size() < 15 || compact.size() > 34) return false;
  if (!is_upper(compact[0]) || !is_upper(compact[1]) || !is_digit(compact[2]) ||
      !is_digit(compact[3]))
    return false;
  std::rotate(compact.begin(), compact.begin() + 4, compact.end());
  unsigned remainder = 0;
  for (const char c : compact) {
    if (is_digit(c)) {
      remainder = (remainder * 10 + static_cast<unsigned>(c - '0')) % 97;
    } else {
      remainder = (remainder * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
    }
  }
  return remainder == 1;
}

Shape shape_of(std::string_view value) {
  const std::string_view text = trimmed(value);
  if (text.empty()) return Shape::empty;
  if (is_picture_list(text)) return Shape::picture;
  if (text.size() > 64) return is_url(text) ? Shape::url : Shape::sentence;
  if (std::all_of(text.begin(), text.end(), is_digit))
    return is_phone(text) ? Shape::phone : Shape::integer;
  if (is_currency(text)) return Shape::currency;
  if (is_clock(text)) return Shape::clock;
  if (is_date(text)) return Shape::date;
  if (parse_decimal(text)) return is_phone(text) ? Shape::phone : Shape::number;
  if (is_money(text)) return Shape::money;
  if (is_email(text)) return Shape::email;
  if (is_url(text)) return Shape::url;
  if (is_phone(text)) return Shape::phone;
  if (is_iban(text)) return Shape::iban;
  if (text.size() == 2 && is_upper(text[0]) && is_upper(text[1])) return Shape::country;
  const auto spaces = std::count(text.begin(), text.end(), ' ');
  if (spaces == 0) {
    const bool digits = std::any_of(text.begin(), text.end(), is_digit);
    const bool letters = std::any_of(text.begin(), text.end(), is_letter);
    return digits && letters ? Shape::code : Shape::words;
  }
  return spaces >= 6 ? Shape::sentence : Shape::words;
}

bool is_value(Shape shape) {
  switch (shape) {
    case Shape::integer:
    case Shape::number:
    case Shape::money:
    case Shape::date:
    case Shape::clock:
    case Shape::email:
    case Shape::url:
    case Shape::phone:
    case Shape::iban:
    case Shape::picture:
      return true;
    default:
      return false;
  }
}

}  // namespace ovillo::intake
