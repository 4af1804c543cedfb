#include "ovillo/base/decimal.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ovillo {

namespace {

__extension__ typedef unsigned __int128 Uint128;

constexpr int kMaxDigits = 38;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// Spaces and apostrophes are never a decimal mark, so they may separate groups under any rule.
constexpr std::array<std::string_view, 6> kGroupSigns = {" ",      "\u00a0", "\u202f",
                                                         "\u2009", "'",      "\u2019"};

void trim(std::string_view& text) {
  const auto strip = [&](auto take) {
    bool again = true;
    while (again) {
      again = take(text, "\t") || take(text, "\r") || take(text, "\n");
      for (std::size_t i = 0; i < 4; ++i) again = take(text, kGroupSigns[i]) || again;
    }
  };
  strip(take_prefix);
  strip(take_suffix);
}

bool take_minus(std::string_view& text) {
  return take_prefix(text, "-") || take_prefix(text, "\u2212");
}

// Takes the sign off: "-12", "12-" (as ledgers print it), "(12)". Empty when there are two.
std::optional<bool> take_sign(std::string_view& text) {
  trim(text);
  int signs = 0;
  bool negative = false;
  if (take_prefix(text, "(")) {
    if (!take_suffix(text, ")")) return std::nullopt;
    negative = true;
    ++signs;
    trim(text);
  }
  if (take_minus(text)) {
    negative = true;
    ++signs;
  } else if (take_prefix(text, "+")) {
    ++signs;
  }
  if (take_suffix(text, "-") || take_suffix(text, "\u2212")) {
    negative = true;
    ++signs;
  }
  trim(text);
  if (signs > 1) return std::nullopt;
  return negative;
}

// One piece of the number: a run of digits, or one sign between them.
struct Shape {
  std::string digits;                   // all digits in order
  std::array<std::size_t, 64> group{};  // digits in each group
  std::array<char, 64> sign{};          // sign[i] follows group[i]: '.', ',', or 's' for the rest
  std::array<std::string_view, 64> group_sign{};
  std::size_t n_groups = 0;
};

std::optional<Shape> shape_of(std::string_view text) {
  Shape shape;
  std::size_t in_group = 0;
  while (!text.empty()) {
    if (shape.n_groups + 1 >= shape.group.size()) return std::nullopt;
    if (is_digit(text.front())) {
      shape.digits.push_back(text.front());
      text.remove_prefix(1);
      ++in_group;
      continue;
    }
    const std::size_t at = shape.n_groups++;
    shape.group[at] = in_group;
    in_group = 0;
    if (text.front() == '.' || text.front() == ',') {
      shape.sign[at] = text.front();
      shape.group_sign[at] = text.substr(0, 1);
      text.remove_prefix(1);
      continue;
    }
    const auto* known = std::find_if(kGroupSigns.begin(), kGroupSigns.end(),
                                     [&](std::string_view s) { return text.starts_with(s); });
    if (known == kGroupSigns.end()) return std::nullopt;
    shape.sign[at] = 's';
    shape.group_sign[at] = *known;
    text.remove_prefix(known->size());
  }
  shape.group[shape.n_groups++] = in_group;
  if (shape.digits.empty()) return std::nullopt;
  return shape;
}

// Whether groups [0, n) are thousands: one to three digits, then always three, one and the same
// sign between. A number that starts with a zero is not written in thousands.
bool is_thousands(const Shape& shape, std::size_t n) {
  if (n == 1) return true;
  if (shape.group[0] < 1 || shape.group[0] > 3 || shape.digits.front() == '0') return false;
  for (std::size_t i = 1; i < n; ++i) {
    if (shape.group[i] != 3) return false;
    if (shape.group_sign[i - 1] != shape.group_sign[0]) return false;
  }
  return true;
}

// How many digits stand after the decimal mark; empty when the shape is no number.
std::optional<std::size_t> fraction_digits(const Shape& shape, DecimalMark mark) {
  const std::size_t n_signs = shape.n_groups - 1;
  if (n_signs == 0) return 0;
  const char last = shape.sign[n_signs - 1];
  const std::size_t after = shape.group[n_signs];
  const bool whole = is_thousands(shape, shape.n_groups);
  const bool fraction =
      last != 's' && is_thousands(shape, n_signs) && (n_signs == 1 || shape.sign[0] != last);
  switch (mark) {
    case DecimalMark::point:
    case DecimalMark::comma: {
      const char decimal = mark == DecimalMark::point ? '.' : ',';
      if (last == decimal) return fraction ? std::optional(after) : std::nullopt;
      return whole ? std::optional<std::size_t>(0) : std::nullopt;
    }
    case DecimalMark::infer:
      // "8.850" and "1.234.567" are thousands; "0.850", "1234.567" and "1.234,567" are not.
      if (whole) return 0;
      return fraction ? std::optional(after) : std::nullopt;
  }
  return std::nullopt;
}

// Takes "E-2" off the end, as spreadsheets write very small and very large numbers.
std::optional<int> take_exponent(std::string_view& text) {
  const std::size_t at = text.find_first_of("eE");
  if (at == std::string_view::npos) return 0;
  std::string_view exponent = text.substr(at + 1);
  text = text.substr(0, at);
  const bool negative = take_prefix(exponent, "-");
  if (!negative) take_prefix(exponent, "+");
  if (exponent.empty() || exponent.size() > 3) return std::nullopt;
  int value = 0;
  for (const char c : exponent) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return negative ? -value : value;
}

std::optional<Decimal> assemble(std::string digits, std::size_t n_fraction, int exponent,
                                bool negative) {
  const int scale = static_cast<int>(n_fraction) - exponent;
  if (scale < 0) digits.append(static_cast<std::size_t>(-scale), '0');
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
  if (digits.size() - first > kMaxDigits || scale > kMaxDigits) return std::nullopt;
  Int128 value = 0;
  for (std::size_t i = first; i < digits.size(); ++i) value = value * 10 + (digits[i] - '0');
  return Decimal{negative ? -value : value, static_cast<std::uint8_t>(std::max(scale, 0))};
}

// 10^38, the first value that does not fit.
Int128 too_large() {
  static const Int128 value = [] {
    Int128 power = 1;
    for (int i = 0; i < kMaxDigits; ++i) power *= 10;
    return power;
  }();
  return value;
}

bool fits(Int128 value) { return value < too_large() && value > -too_large(); }

// The same value with the smallest scale.
Decimal shortest(Decimal value) {
  while (value.scale > 0 && value.unscaled % 10 == 0) {
    value.unscaled /= 10;
    --value.scale;
  }
  return value;
}

std::optional<Int128> unscaled_at(const Decimal& value, int scale) {
  Int128 out = value.unscaled;
  for (int i = value.scale; i < scale && out != 0; ++i) {
    if (__builtin_mul_overflow(out, static_cast<Int128>(10), &out)) return std::nullopt;
  }
  return out;
}

}  // namespace

bool Decimal::operator==(const Decimal& other) const {
  const Decimal a = shortest(*this);
  const Decimal b = shortest(other);
  return a.unscaled == b.unscaled && a.scale == b.scale;
}

std::optional<Decimal> parse_decimal(std::string_view text, DecimalMark mark) {
  const std::optional<bool> negative = take_sign(text);
  if (!negative) return std::nullopt;
  const bool scientific = text.find_first_of("eE") != std::string_view::npos;
  const std::optional<int> exponent = take_exponent(text);
  if (!exponent) return std::nullopt;
  const std::optional<Shape> shape = shape_of(text);
  if (!shape) return std::nullopt;
  // A machine wrote "1.234E+20": its point is a decimal point.
  const std::optional<std::size_t> n_fraction =
      fraction_digits(*shape, scientific ? DecimalMark::point : mark);
  if (!n_fraction) return std::nullopt;
  return assemble(shape->digits, *n_fraction, *exponent, *negative);
}

std::string format_decimal(const Decimal& value) {
  const bool negative = value.unscaled < 0;
  Uint128 rest =
      negative ? -static_cast<Uint128>(value.unscaled) : static_cast<Uint128>(value.unscaled);
  std::string out;  // backwards
  for (int i = 0; rest != 0 || i <= value.scale; ++i) {
    if (i == value.scale && i > 0) out.push_back('.');
    out.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
  }
  if (negative) out.push_back('-');
  std::reverse(out.begin(), out.end());
  return out;
}

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
  const auto sum = [](const Decimal& x, const Decimal& y) -> std::optional<Decimal> {
    const std::uint8_t scale = std::max(x.scale, y.scale);
    const std::optional<Int128> left = unscaled_at(x, scale);
    const std::optional<Int128> right = unscaled_at(y, scale);
    Int128 total = 0;
    if (!left || !right || __builtin_add_overflow(*left, *right, &total) || !fits(total))
      return std::nullopt;
    return Decimal{total, scale};
  };
  if (const auto plain = sum(a, b)) return plain;
  return sum(shortest(a), shortest(b));  // trailing zeros may be all that did not fit
}

}  // namespace ovillo
