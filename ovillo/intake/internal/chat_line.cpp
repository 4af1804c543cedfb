#include "ovillo/intake/internal/chat_line.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ovillo/base/utf8.hpp"

namespace ovillo::intake {

namespace {

using namespace std::string_view_literals;
using Half = ChatLineHead::Half;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_mark(char32_t c) {
  return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_blank(char32_t c) { return c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009; }

class LineScan {
 public:
  explicit LineScan(std::string_view line) : line_(line) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] char peek() const { return at_ < line_.size() ? line_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (!line_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  bool skip_blanks() { return skip(is_blank); }
  bool skip_marks() { return skip(is_mark); }

  /// A number of at most four digits. @param width  its digits.
  std::optional<unsigned> number(std::size_t& width) {
    unsigned value = 0;
    width = 0;
    while (is_digit(peek()) && width < 5) {
      value = value * 10 + static_cast<unsigned>(line_[at_++] - '0');
      ++width;
    }
    if (width == 0 || width > 4) return std::nullopt;
    return value;
  }

 private:
  template <class Is>
  bool skip(Is is) {
    const std::size_t before = at_;
    while (at_ < line_.size()) {
      const CodePoint c = decode_utf8(line_, at_);
      if (!is(c.value)) break;
      at_ += c.length;
    }
    return at_ > before;
  }

  std::string_view line_;
  std::size_t at_ = 0;
};

bool read_date(LineScan& scan, ChatLineHead& head) {
  for (int i = 0; i < 3; ++i) {
    std::size_t width = 0;
    const auto number = scan.number(width);
    if (!number) return false;
    head.parts[i] = *number;
    if (i == 0) head.year_first = width == 4;
    const bool is_year = i == (head.year_first ? 0 : 2);
    if (is_year ? (width != 2 && width != 4) : width > 2) return false;
    head.padded = head.padded && width >= 2;
    if (i == 2) break;
    const char separator = scan.peek();
    if (separator != '/' && separator != '-' && separator != '.') return false;
    if (i == 0) head.separator = separator;
    if (separator != head.separator) return false;
    scan.take(separator);
    if (separator == '.') scan.skip_blanks();  // "24. 1. 2026"
  }
  scan.take('.');  // "24.01.2026."
  return true;
}

// Between date and time: a comma, a blank, a word that means "at".
bool read_gap(LineScan& scan) {
  static constexpr std::array kAt = {"às"sv, "à"sv,  "a las"sv, "as"sv, "om"sv,
                                     "um"sv, "at"sv, "kl."sv,   "ore"sv};
  const bool comma = scan.take(',');
  const bool blank = scan.skip_blanks();
  for (const std::string_view word : kAt)
    if (scan.take(word)) return scan.skip_blanks();
  return comma || blank;
}

Half read_half(LineScan& scan) {
  static constexpr std::array<std::pair<std::string_view, Half>, 12> kHalves = {
      {{"AM"sv, Half::am},
       {"PM"sv, Half::pm},
       {"am"sv, Half::am},
       {"pm"sv, Half::pm},
       {"a.m."sv, Half::am},
       {"p.m."sv, Half::pm},
       {"a. m."sv, Half::am},
       {"p. m."sv, Half::pm},
       {"a.\xc2\xa0m."sv, Half::am},
       {"p.\xc2\xa0m."sv, Half::pm},
       {"a.\xe2\x80\xafm."sv, Half::am},
       {"p.\xe2\x80\xafm."sv, Half::pm}}};
  for (const auto& [word, half] : kHalves)
    if (scan.take(word)) return half;
  return Half::none;
}

bool read_clock(LineScan& scan, ChatLineHead& head) {
  std::size_t width = 0;
  const auto hour = scan.number(width);
  if (!hour || width > 2) return false;
  const char separator = scan.peek();
  if (separator != ':' && separator != '.') return false;
  scan.take(separator);
  const auto minute = scan.number(width);
  if (!minute || width != 2) return false;
  head.hour = *hour;
  head.minute = *minute;
  if (scan.take(separator)) {
    const auto second = scan.number(width);
    if (!second || width != 2) return false;
    head.second = *second;
  }
  head.written_to = scan.at();
  scan.skip_blanks();
  head.half = read_half(scan);
  if (head.half != Half::none) head.written_to = scan.at();
  return true;
}

}  // namespace

std::optional<ChatLineHead> read_chat_line(std::string_view line) {
  LineScan scan(line);
  ChatLineHead head;
  scan.skip_marks();
  head.brackets = scan.take('[');
  head.written_from = scan.at();
  if (!read_date(scan, head) || !read_gap(scan) || !read_clock(scan, head)) return std::nullopt;
  if (head.brackets) {
    if (!scan.take(']')) return std::nullopt;
    scan.skip_blanks();
  } else {
    scan.skip_blanks();
    if (!scan.take("- "sv)) return std::nullopt;
  }
  head.rest = scan.at();
  return head;
}

std::optional<std::string> chat_time(const ChatLineHead& head, DateOrder order) {
  unsigned year = head.parts[2];
  unsigned month = head.parts[order == DateOrder::day_first ? 1 : 0];
  unsigned day = head.parts[order == DateOrder::day_first ? 0 : 1];
  if (head.year_first) {
    year = head.parts[0];
    month = head.parts[1];
    day = head.parts[2];
  }
  if (year < 100) year += 2000;  // the program is younger than that
  unsigned hour = head.hour;
  if (head.half != Half::none) {
    if (hour < 1 || hour > 12) return std::nullopt;
    hour = hour % 12 + (head.half == Half::pm ? 12 : 0);
  }
  const std::string clock = head.second
                                ? fmt::format("{:02}:{:02}:{:02}", hour, head.minute, *head.second)
                                : fmt::format("{:02}:{:02}", hour, head.minute);
  std::string out = fmt::format("{:04}-{:02}-{:02}T{}", year, month, day, clock);
  if (!parse_time(out, Zone::utc(), order)) return std::nullopt;
  return out;
}

void ChatDateOrder::see(const ChatLineHead& head) {
  if (head.year_first) return;
  const auto day_first = chat_time(head, DateOrder::day_first);
  const auto month_first = chat_time(head, DateOrder::month_first);
  if (day_first && !month_first) ++day_first_;
  if (month_first && !day_first) ++month_first_;
  if (day_first) {
    if (*day_first < last_day_first_) ++back_day_first_;
    last_day_first_ = *day_first;
  }
  if (month_first) {
    if (*month_first < last_month_first_) ++back_month_first_;
    last_month_first_ = *month_first;
  }
  only_day_first_ = only_day_first_ || head.separator != '/';
  american_ = american_ || (head.half != Half::none && !head.padded);
}

std::pair<DateOrder, std::string_view> ChatDateOrder::order(DateOrder assumed) const {
  if (day_first_ > month_first_) return {DateOrder::day_first, "seen in the dates"};
  if (month_first_ > day_first_) return {DateOrder::month_first, "seen in the dates"};
  if (back_day_first_ < back_month_first_)
    return {DateOrder::day_first, "so the messages run forward"};
  if (back_month_first_ < back_day_first_)
    return {DateOrder::month_first, "so the messages run forward"};
  if (only_day_first_) return {DateOrder::day_first, "as dates with dots or dashes are"};
  if (american_) return {DateOrder::month_first, "as the clock of twelve hours suggests"};
  return {assumed, "assumed: nothing in the dates tells"};
}

std::string_view without_marks(std::string_view text) {
  const auto strip_front = [&] {
    while (!text.empty()) {
      const CodePoint c = decode_utf8(text, 0);
      if (!is_mark(c.value) && !is_blank(c.value)) return;
      text.remove_prefix(c.length);
    }
  };
  strip_front();
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    const CodePoint c = decode_utf8(text, last);
    if (last + c.length != text.size() ||
        (!is_mark(c.value) && !is_blank(c.value) && c.value != '\r' && c.value != '\n'))
      break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

}  // namespace ovillo::intake
