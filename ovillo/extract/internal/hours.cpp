#include "ovillo/extract/internal/hours.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "ovillo/extract/internal/amount.hpp"

namespace ovillo::extract {

namespace {

constexpr std::string_view kRoundTheClock = "00:00-24:00";
constexpr std::uint32_t kEarliest =
    5 * 60;  // where nothing but a word for opening says it is a time

// One time of day: "9", "9:30", "9h30", "9.30", "22h", "10pm".
struct TimeOfDay {
  std::uint32_t minutes = 0;
  std::size_t end = 0;
  bool marked = false;  // has a colon, an "h" or "am"
  bool dotted = false;  // has minutes after a dot, which a date has too
};

bool is_word(const Scan& scan, std::size_t i, std::string_view word) {
  return i < scan.size() && scan.at(i) == word;
}

std::optional<TimeOfDay> read_time(const Scan& scan, std::size_t i) {
  if (!number_at(scan, i) || scan.taken[i] != Taken::free || scan.length(i) > 2)
    return std::nullopt;
  std::uint32_t hours = number_value(scan, i);
  if (hours > 24) return std::nullopt;
  TimeOfDay time{hours * 60, i + 1, false};
  const bool joint =
      scan.glued(i + 1) &&
      (scan.is_symbol(i + 1, ':') || scan.is_symbol(i + 1, '.') || scan.is(i + 1, WordClass::hour));
  if (joint && scan.glued(i + 2) && number_at(scan, i + 2) && scan.length(i + 2) == 2 &&
      number_value(scan, i + 2) < 60) {
    time.minutes += number_value(scan, i + 2);
    time.end = i + 3;
    time.marked = !scan.is_symbol(i + 1, '.');
    time.dotted = !time.marked;
  }
  if (time.end < scan.size() && !scan.tokens[time.end].new_line) {
    const bool am = is_word(scan, time.end, "am");
    const bool pm = is_word(scan, time.end, "pm");
    if ((am || pm) && hours <= 12) {
      time.minutes += pm && hours < 12 ? 12 * 60 : 0;
      time.minutes -= am && hours == 12 ? 12 * 60 : 0;
      time.marked = true;
      ++time.end;
    } else if (scan.is(time.end, WordClass::hour) || is_word(scan, time.end, "uhr")) {
      time.marked = true;
      ++time.end;
    }
  }
  if (time.minutes > 24 * 60) return std::nullopt;
  return time;
}

std::string two_digits(std::uint32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

std::string written(std::uint32_t minutes) {
  return two_digits(minutes / 60) + ":" + two_digits(minutes % 60);
}

std::size_t add(Scan& scan, std::size_t begin, std::size_t end, std::string canonical,
                std::uint16_t confidence) {
  scan.add(FindKind::hours, scan.token_span(begin, end), WrittenAs::plain, confidence,
           std::move(canonical));
  scan.take(begin, end);
  return end;
}

// "24/7", "24h/24", "24 horas". @return one past its last token, or i.
std::size_t round_the_clock_end(const Scan& scan, std::size_t i) {
  if (!is_word(scan, i, "24")) return i;
  const bool hour = scan.is(i + 1, WordClass::hour);
  const std::size_t stroke = hour ? i + 2 : i + 1;
  if ((scan.is_symbol(stroke, '/') || is_word(scan, stroke, "sur")) &&
      (is_word(scan, stroke + 1, "7") || is_word(scan, stroke + 1, "24")))
    return stroke + 2;
  return hour ? i + 2 : i;
}

// Between two times: a dash, "a", "to", "bis"; also both, as in "10h - as 20h".
std::size_t past_joint(const Scan& scan, std::size_t i) {
  std::size_t j = i;
  while (j < scan.size() && j < i + 2 && !scan.tokens[j].new_line &&
         (scan.is(j, WordClass::time_to) || scan.is_symbol(j, '-') || scan.at(j) == "\xE2\x80\x93"))
    ++j;
  return j;
}

// "10 a 20 euros", "10 bis 12 Mai": what follows says what is counted.
bool counts_something(const Scan& scan, std::size_t i) {
  return i < scan.size() && !scan.tokens[i].new_line && !scan.is_kind(i, text::TokenKind::symbol) &&
         !scan.is(i, WordClass::hours_cue);
}

// A word for opening, or a day, within three words before.
bool opened_before(const Scan& scan, std::size_t i) {
  for (std::size_t j = i; j > 0 && j + 3 > i; --j)
    if (scan.is(j - 1, WordClass::hours_cue)) return true;
  return false;
}

}  // namespace

std::size_t find_hours(Scan& scan, std::size_t i) {
  if (scan.length(i) > 2 || (scan.glued(i) && i > 0 && number_at(scan, i - 1))) return i;
  const auto from = read_time(scan, i);
  if (!from) return i;
  const std::size_t joint = past_joint(scan, from->end);
  if (joint != from->end) {
    const auto to = read_time(scan, joint);
    const bool goes_on = to && scan.glued(to->end) && to->end + 1 < scan.size() &&
                         scan.glued(to->end + 1) && number_at(scan, to->end + 1);
    const bool date = to && from->dotted && !to->dotted;  // "06.07 à 20h30"
    if (to && !goes_on && !date && to->minutes != from->minutes &&
        (from->marked || to->marked ||
         (opened_before(scan, i) && from->minutes >= kEarliest &&
          to->minutes > from->minutes + 60 && !counts_something(scan, to->end))))
      return add(scan, i, to->end, written(from->minutes) + "-" + written(to->minutes),
                 from->marked || to->marked ? 900 : 600);
  }
  const std::size_t end = round_the_clock_end(scan, i);
  return end == i ? i : add(scan, i, end, std::string(kRoundTheClock), 900);
}

}  // namespace ovillo::extract
