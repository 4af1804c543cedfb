#include "ovillo/base/time.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace ovillo {

namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kCalendarRepeats = 146'097 * kDay;

struct Civil {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

// Howard Hinnant, "chrono-compatible low-level date algorithms".
Civil civil_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146'097);
  const unsigned year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const unsigned day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * day_of_year + 2) / 153;
  const unsigned day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::int64_t floor_days(std::int64_t seconds) {
  return seconds >= 0 ? seconds / kDay : -((-seconds + kDay - 1) / kDay);
}

bool is_leap(std::int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

unsigned days_in_month(std::int64_t year, unsigned month) {
  constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads a text from the left, one piece at a time.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }

  bool take(char c) {
    if (peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_any(std::string_view chars) {
    return !rest_.empty() && chars.find(peek()) != std::string_view::npos && take(peek());
  }
  // All digits that stand here, at most 14 of them.
  std::string_view digits() {
    std::size_t n = 0;
    while (n < rest_.size() && is_digit(rest_[n])) ++n;
    const std::string_view out = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return out;
  }
  // A number of exactly `width` digits; empty when fewer stand here. Does not look further.
  std::optional<int> number(std::size_t width) {
    if (rest_.size() < width) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      if (!is_digit(rest_[i])) return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(width);
    return value;
  }

 private:
  std::string_view rest_;
};

std::int64_t to_number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// What was written, before any zone is applied.
struct Written {
  std::int64_t year = 0;
  unsigned month = 1;
  unsigned day = 1;
  std::int64_t second_of_day = 0;  // 86,400 for "24:00"
  TimePrecision precision = TimePrecision::day;
  std::optional<std::int32_t> offset_s;
};

bool set_date(Written& out, std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < 1 || month < 1 || month > 12 || day < 1 ||
      day > days_in_month(year, static_cast<unsigned>(month)))
    return false;
  out.year = year;
  out.month = static_cast<unsigned>(month);
  out.day = static_cast<unsigned>(day);
  return true;
}

// Numbers without separators could be anything; years far off are taken for something else.
bool is_plausible_year(std::int64_t year) { return year >= 1800 && year < 2200; }

bool set_basic_date(Written& out, std::string_view eight) {
  const std::int64_t year = to_number(eight.substr(0, 4));
  return is_plausible_year(year) &&
         set_date(out, year, to_number(eight.substr(4, 2)), to_number(eight.substr(6, 2)));
}

// "03-03-26" and "3.3.2026", after their first number.
bool read_short_date(Cursor& in, Written& out, std::string_view first, char separator,
                     DateOrder order) {
  const std::string_view second = in.digits();
  if (second.empty() || second.size() > 2 || !in.take(separator)) return false;
  const std::string_view third = in.digits();
  if (third.size() != 2 && third.size() != 4) return false;
  std::int64_t year = to_number(third);
  if (third.size() == 2) year += year >= 69 ? 1900 : 2000;  // the pivot of POSIX strptime
  const std::string_view month = order == DateOrder::day_first ? second : first;
  const std::string_view day = order == DateOrder::day_first ? first : second;
  return set_date(out, year, to_number(month), to_number(day));
}

// The date part. After "20260303140507" the time is read too.
bool read_date(Cursor& in, Written& out, DateOrder order) {
  const std::string_view first = in.digits();
  if (first.size() == 8) return set_basic_date(out, first);
  const char separator = in.peek();
  if (separator != '-' && separator != '/' && separator != '.') {
    out.precision = TimePrecision::year;
    return first.size() == 4 && in.done() && is_plausible_year(to_number(first)) &&
           set_date(out, to_number(first), 1, 1);
  }
  in.take(separator);
  if (first.size() == 1 || first.size() == 2)
    return read_short_date(in, out, first, separator, order);
  if (first.size() != 4) return false;
  const std::string_view month = in.digits();
  if (month.empty() || month.size() > 2) return false;
  if (!in.take(separator)) {
    out.precision = TimePrecision::month;
    return month.size() == 2 && in.done() && set_date(out, to_number(first), to_number(month), 1);
  }
  const std::string_view day = in.digits();
  return !day.empty() && day.size() <= 2 &&
         set_date(out, to_number(first), to_number(month), to_number(day));
}

// "PM" and "p.m." move an hour of 1 to 12 to the afternoon.
bool read_half_day(Cursor& in, int& hour) {
  Cursor ahead = in;
  while (ahead.take(' ')) {
  }
  const bool morning = ahead.take_any("aA");
  if (!morning && !ahead.take_any("pP")) return true;
  ahead.take('.');
  if (!ahead.take_any("mM") || hour < 1 || hour > 12) return false;
  ahead.take('.');
  hour = hour % 12 + (morning ? 0 : 12);
  in = ahead;
  return true;
}

bool set_clock(Written& out, int hour, int minute, int second) {
  const bool end_of_day = hour == 24 && minute == 0 && second == 0;
  if ((hour > 23 && !end_of_day) || minute > 59 || second > 60) return false;
  out.second_of_day = hour * 3600 + minute * 60 + second;
  return true;
}

bool read_clock(Cursor& in, Written& out) {
  const std::string_view first = in.digits();
  std::optional<int> minute;
  int hour = 0;
  int second = 0;
  out.precision = TimePrecision::minute;
  if (first.size() == 4 || first.size() == 6) {  // basic: hhmm, hhmmss
    Cursor basic(first);
    hour = basic.number(2).value_or(99);
    minute = basic.number(2);
    if (first.size() == 6) {
      second = basic.number(2).value_or(99);
      out.precision = TimePrecision::second;
    }
  } else {
    if (first.empty() || first.size() > 2 || !in.take(':')) return false;
    hour = static_cast<int>(to_number(first));
    minute = in.number(2);
    if (in.take(':')) {
      second = in.number(2).value_or(99);
      out.precision = TimePrecision::second;
    }
  }
  if (out.precision == TimePrecision::second && in.take_any(".,") && in.digits().empty())
    return false;
  if (!minute || !read_half_day(in, hour)) return false;
  return set_clock(out, hour, *minute, second);
}

// "Z", "UTC", "GMT", "+01:00", "+0100", "+01", "+00:17:30" (as format_time writes old local times).
bool read_zone(Cursor& in, Written& out) {
  while (in.take(' ')) {
  }
  if (in.rest() == "UTC" || in.rest() == "GMT" || in.rest() == "Z" || in.rest() == "z") {
    out.offset_s = 0;
    in = Cursor({});
    return true;
  }
  const int sign = in.take('+') ? 1 : in.take('-') ? -1 : 0;
  const std::optional<int> hour = in.number(2);
  if (sign == 0 || !hour) return false;
  int minute = 0;
  int second = 0;
  if (!in.done()) {
    in.take(':');
    minute = in.number(2).value_or(99);
    if (in.take(':')) second = in.number(2).value_or(99);
  }
  if (!in.done() || *hour > 18 || minute > 59 || second > 59) return false;
  out.offset_s = sign * (*hour * 3600 + minute * 60 + second);
  return true;
}

std::optional<Written> read_written(std::string_view text, DateOrder order) {
  Written out;
  Cursor in(text);
  if (text.size() == 14 && std::all_of(text.begin(), text.end(), is_digit)) {
    Cursor clock(text.substr(8));
    if (!set_basic_date(out, text.substr(0, 8)) || !read_clock(clock, out)) return std::nullopt;
    return out;
  }
  if (!read_date(in, out, order)) return std::nullopt;
  if (in.done()) return out;
  if (in.take_any("Tt ")) {
    while (in.take(' ')) {
    }
    if (!read_clock(in, out)) return std::nullopt;
    if (in.done()) return out;
  }
  if (!read_zone(in, out)) return std::nullopt;
  return out;
}

// Local seconds at which the written interval ends.
std::int64_t local_end(const Written& w, std::int64_t local_begin) {
  switch (w.precision) {
    case TimePrecision::year:
      return days_from_civil(w.year + 1, 1, 1) * kDay;
    case TimePrecision::month:
      return (days_from_civil(w.year, w.month, 1) + days_in_month(w.year, w.month)) * kDay;
    case TimePrecision::day:
      return local_begin + kDay;
    case TimePrecision::minute:
      return local_begin + 60;
    case TimePrecision::second:
      break;
  }
  return local_begin + 1;
}

std::optional<Time> place(const Written& w, const Zone& zone) {
  Time out;
  out.precision = w.precision;
  const std::int64_t local = days_from_civil(w.year, w.month, w.day) * kDay + w.second_of_day;
  if (w.offset_s) {
    out.zone = ZoneBasis::stated;
    out.offset_s = *w.offset_s;
    out.begin_utc_s = local - *w.offset_s;
    out.end_utc_s = local_end(w, local) - *w.offset_s;
    return out;
  }
  out.begin_utc_s = local - zone.offset_at_local(local);
  out.offset_s = zone.offset_at_utc(out.begin_utc_s);
  // A minute or second lasts as long as it says; a day, month or year ends at its local midnight.
  const std::int64_t end = local_end(w, local);
  out.end_utc_s = w.precision >= TimePrecision::minute ? out.begin_utc_s + (end - local)
                                                       : end - zone.offset_at_local(end);
  if (out.end_utc_s <= out.begin_utc_s) return std::nullopt;
  return out;
}

// 10 digits are seconds, 13 are milliseconds; a leading zero is somebody's phone number.
std::optional<Time> read_epoch(std::string_view text, const Zone& zone) {
  if ((text.size() != 10 && text.size() != 13) || text.front() == '0' ||
      !std::all_of(text.begin(), text.end(), is_digit))
    return std::nullopt;
  Time out;
  out.begin_utc_s = to_number(text.substr(0, 10));
  out.end_utc_s = out.begin_utc_s + 1;
  out.offset_s = zone.offset_at_utc(out.begin_utc_s);
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = std::min(text.find_first_not_of(kSpace), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

std::string format_offset(std::int32_t offset_s) {
  const char sign = offset_s < 0 ? '-' : '+';
  const std::int32_t size = offset_s < 0 ? -offset_s : offset_s;
  std::string out = fmt::format("{}{:02}:{:02}", sign, size / 3600, size / 60 % 60);
  if (size % 60 != 0) out += fmt::format(":{:02}", size % 60);
  return out;
}

std::string format_date(const Civil& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace

std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + static_cast<std::int64_t>(day_of_era) - 719'468;
}

Zone Zone::utc() { return {}; }

std::int64_t Zone::Table::within(std::int64_t t) const {
  if (!repeats_from_s || t < *repeats_from_s + kCalendarRepeats) return t;
  return t - (t - *repeats_from_s) / kCalendarRepeats * kCalendarRepeats;
}

std::int32_t Zone::offset_at_utc(std::int64_t utc_s) const {
  if (!table_) return 0;
  const auto& all = table_->transitions;
  const auto next = std::upper_bound(
      all.begin(), all.end(), table_->within(utc_s),
      [](std::int64_t t, const Transition& change) { return t < change.at_utc_s; });
  return next == all.begin() ? table_->first_offset_s : std::prev(next)->offset_s;
}

std::int32_t Zone::offset_at_local(std::int64_t local_s) const {
  if (!table_) return 0;
  local_s = table_->within(local_s);
  const auto& all = table_->transitions;
  // No zone is a whole day away from UTC: later changes cannot have taken place on this clock.
  auto change =
      std::upper_bound(all.begin(), all.end(), local_s + kDay,
                       [](std::int64_t t, const Transition& other) { return t < other.at_utc_s; });
  for (; change != all.begin(); --change) {
    const Transition& last = *std::prev(change);
    const std::int32_t before =
        std::prev(change) == all.begin() ? table_->first_offset_s : std::prev(change, 2)->offset_s;
    // Where the clock goes back, the first of two equal readings is meant; where it goes forward,
    // the skipped readings go by the old offset and so name the hour after. Both say: a change
    // counts once the larger of its two offsets has passed it.
    if (local_s >= last.at_utc_s + std::max(before, last.offset_s)) return last.offset_s;
  }
  return table_->first_offset_s;
}

std::optional<Time> parse_time(std::string_view text, const Zone& zone, DateOrder order) {
  text = trimmed(text);
  if (text.empty() || text.size() > 64) return std::nullopt;
  if (const auto epoch = read_epoch(text, zone)) return epoch;
  const std::optional<Written> written = read_written(text, order);
  return written ? place(*written, zone) : std::nullopt;
}

std::string format_time(const Time& time) {
  const std::int64_t local = time.begin_utc_s + time.offset_s;
  const Civil date = civil_from_days(floor_days(local));
  const std::int64_t second = local - floor_days(local) * kDay;
  switch (time.precision) {
    case TimePrecision::year:
      return fmt::format("{:04}", date.year);
    case TimePrecision::month:
      return fmt::format("{:04}-{:02}", date.year, date.month);
    case TimePrecision::day:
      return format_date(date);
    case TimePrecision::minute:
      return fmt::format("{}T{:02}:{:02}{}", format_date(date), second / 3600, second / 60 % 60,
                         format_offset(time.offset_s));
    case TimePrecision::second:
      break;
  }
  return fmt::format("{}T{:02}:{:02}:{:02}{}", format_date(date), second / 3600, second / 60 % 60,
                     second % 60, format_offset(time.offset_s));
}

std::string format_utc(std::int64_t utc_s) {
  const std::int64_t second = utc_s - floor_days(utc_s) * kDay;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", format_date(civil_from_days(floor_days(utc_s))),
                     second / 3600, second / 60 % 60, second % 60);
}

std::int64_t now_utc_s() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace ovillo
