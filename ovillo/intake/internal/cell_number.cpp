#include "ovillo/intake/internal/cell_number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "ovillo/base/time.hpp"

namespace ovillo::intake {

namespace {

constexpr double kLastDay = 2'958'466;  // 10000-01-01 in the 1900 system

std::optional<double> parse(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

NumberFormat of_letters(bool day, bool clock) {
  if (day) return clock ? NumberFormat::date_time : NumberFormat::date;
  return clock ? NumberFormat::clock : NumberFormat::number;
}

NumberFormat built_in(std::uint32_t id) {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
      id == 57 || id == 58)
    return NumberFormat::date;
  if (id == 22) return NumberFormat::date_time;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 55 || id == 56)
    return NumberFormat::clock;
  return NumberFormat::number;
}

std::string clock_text(std::int64_t seconds) {
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace

NumberFormat number_format(std::uint32_t id, std::string_view code) {
  if (code.empty()) return built_in(id);
  bool day = false;
  bool clock = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size());
      const char first = i + 1 < end ? code[i + 1] : '\0';
      // [h]:mm counts elapsed hours: a length, not a time.
      if (first == 'h' || first == 'H' || first == 'm' || first == 's') return NumberFormat::number;
      i = end;
    } else if (c == ';') {
      break;  // formats of negative numbers and text follow
    } else if (c == 'd' || c == 'D' || c == 'y' || c == 'Y') {
      day = true;
    } else if (c == 'h' || c == 'H' || c == 's' || c == 'S') {
      clock = true;
    } else if (c == 'G' || c == 'E' || c == '0' || c == '#' || c == '?') {
      // General, exponents and digits belong to numbers; fractions of seconds come after an s.
      if (!day && !clock) return NumberFormat::number;
    }
  }
  return of_letters(day, clock);
}

std::optional<std::string> format_serial(std::string_view number, NumberFormat format,
                                         bool days_1904) {
  const auto serial = parse(number);
  if (!serial || *serial < 0 || *serial >= kLastDay) return std::nullopt;
  // Seconds, so that a fraction of a day comes out as the clock that was typed.
  const auto seconds = static_cast<std::int64_t>(std::llround(*serial * 86'400.0));
  const std::int64_t day = seconds / 86'400;
  const std::int64_t clock = seconds % 86'400;
  if (format == NumberFormat::clock && day == 0) return clock_text(clock);
  std::int64_t epoch_day = 0;
  if (days_1904) {
    epoch_day = days_from_civil(1904, 1, 1) + day;
  } else {
    if (day == 60) return std::nullopt;
    epoch_day = days_from_civil(1899, 12, day < 60 ? 31 : 30) + day;
  }
  Time time;
  time.begin_utc_s = epoch_day * 86'400;
  time.end_utc_s = time.begin_utc_s + 86'400;
  time.precision = TimePrecision::day;
  std::string date = format_time(time);
  if (format == NumberFormat::date) return date;  // a time of day that the sheet does not show
  return fmt::format("{}T{}", date, clock_text(clock));
}

std::string plain_number(std::string_view number) {
  const bool exponent = number.find_first_of("eE") != number.npos;
  const auto digits =
      std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!exponent && digits <= 15) return std::string(number);
  const auto value = parse(number);
  if (!value || std::fabs(*value) >= 1e21 || (*value != 0 && std::fabs(*value) < 1e-12))
    return std::string(number);
  const auto rounded = parse(fmt::format("{:.15g}", *value));
  char buffer[64];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, rounded.value_or(*value),
                                          std::chars_format::fixed);
  return error == std::errc() ? std::string(buffer, end) : std::string(number);
}

}  // namespace ovillo::intake
