#include "ovillo/bank/internal/mt940_line.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/bank/internal/values.hpp"

namespace ovillo::bank {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

std::size_t digits_at(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) -
                                  text.begin());
}

struct Day {
  int year, month, day;
};

// Takes YYMMDD.
std::optional<Day> take_day(std::string_view& text) {
  if (digits_at(text) < 6) return std::nullopt;
  const Day day{full_year(small_number(text.substr(0, 2))), small_number(text.substr(2, 2)),
                small_number(text.substr(4, 2))};
  text.remove_prefix(6);
  return day;
}

std::optional<Moment> moment_of(const Day& day, std::string_view written, const Zone& zone,
                                std::string& remark) {
  if (auto moment = day_moment(day.year, day.month, day.day, written, zone)) return moment;
  if (day.day < 29 || day.day > 31) return std::nullopt;
  for (int last = day.day - 1; last >= 28; --last) {
    auto moment = day_moment(day.year, day.month, last, written, zone);
    if (!moment) continue;
    remark = fmt::format("there was no day {}: read as {}", written, format_time(moment->time));
    return moment;
  }
  return std::nullopt;
}

// Takes digits with one decimal mark: a comma, in some files a point.
std::optional<Decimal> take_amount(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && (is_digit(text[n]) || text[n] == ',' || text[n] == '.')) ++n;
  const std::string_view amount = text.substr(0, n);
  const char mark = amount.find(',') == std::string_view::npos ? '.' : ',';
  text.remove_prefix(n);
  return exact_amount(amount, mark);
}

// C, D, RC, RD (takes back a credit, a debit), EC, ED (expected).
LineFault take_mark(std::string_view& text, Entry& entry) {
  const bool two =
      text.size() > 1 && (text[0] == 'R' || text[0] == 'E') && (text[1] == 'C' || text[1] == 'D');
  if (two) {
    const bool reversal = text[0] == 'R';
    if (reversal) entry.reversal = true;
    if (!reversal) entry.status = "PDNG";
    text.remove_prefix(1);
    // A reversed credit takes money out.
    entry.direction = (text[0] == 'C') != reversal ? Direction::credit : Direction::debit;
  } else if (!text.empty() && (text[0] == 'C' || text[0] == 'D')) {
    entry.direction = text[0] == 'C' ? Direction::credit : Direction::debit;
  } else {
    return "no mark of credit or debit behind the dates";
  }
  text.remove_prefix(1);
  return {};
}

BalanceType balance_type(std::string_view tag) {
  if (tag == "60" || tag == "60F") return BalanceType::opening;
  if (tag == "62" || tag == "62F") return BalanceType::closing;
  if (tag == "60M" || tag == "62M") return BalanceType::interim_booked;
  if (tag.starts_with("64")) return BalanceType::closing_available;
  if (tag.starts_with("65")) return BalanceType::forward_available;
  return BalanceType::other;
}

// The entry date has no year: the one that is nearest to the value date.
std::optional<Moment> entry_date(std::string_view written, const Day& value, const Zone& zone,
                                 std::string& remark) {
  Day day{value.year, small_number(written.substr(0, 2)), small_number(written.substr(2, 2))};
  if (day.month - value.month > 6) --day.year;
  if (value.month - day.month > 6) ++day.year;
  return moment_of(day, written, zone, remark);
}

// Type (N, F or S and three characters), customer's reference, "//" bank's reference; what does
// not fit 16 characters and stands before no "//" belongs to the supplementary details.
void read_references(std::string_view text, Entry& entry, std::string_view supplementary) {
  if (text.size() >= 4 && is_letter(text[0])) {
    entry.code = stated(text.substr(0, 4));
    text.remove_prefix(4);
  }
  std::string_view own = text;
  std::string_view rest;
  if (const std::size_t slashes = text.find("//"); slashes != std::string_view::npos) {
    own = text.substr(0, slashes);
    entry.references.servicer = stated(text.substr(slashes + 2));
  } else if (text.size() > 16) {
    // 16 characters, unless a longer word (an IBAN) runs over the border.
    const std::size_t end = text[15] == ' ' ? 16 : std::min(text.find(' ', 16), text.size());
    own = text.substr(0, end);
    rest = text.substr(end);
  }
  entry.references.customer = stated(own);
  std::string joined(trimmed(rest));
  if (!trimmed(supplementary).empty()) {
    if (!joined.empty()) joined += '\n';
    joined += trimmed(supplementary);
  }
  entry.supplementary = stated(joined);
}

}  // namespace

LineFault read_statement_line(std::string_view value, const std::string& currency, const Zone& zone,
                              Entry& entry, std::string& remark) {
  std::string_view text = value;
  const auto value_day = take_day(text);
  if (!value_day) return "it does not begin with a date of six digits";
  entry.value = moment_of(*value_day, value.substr(0, 6), zone, remark);
  if (!entry.value) return fmt::format("\"{}\" is not a date", value.substr(0, 6));
  if (digits_at(text) >= 4) {
    entry.booked = entry_date(text.substr(0, 4), *value_day, zone, remark);
    if (!entry.booked) return fmt::format("\"{}\" is not an entry date", text.substr(0, 4));
    text.remove_prefix(4);
  }
  if (auto fault = take_mark(text, entry); !fault.empty()) return fault;
  if (!text.empty() && is_letter(text[0])) {
    entry.funds_code = text[0];
    text.remove_prefix(1);
  }
  // Some banks break the line before the amount.
  if (text.starts_with('\n')) text.remove_prefix(1);
  const auto amount = take_amount(text);
  if (!amount) return "no amount behind the mark of credit or debit";
  entry.amount = Money{*amount, currency};
  const std::size_t line_end = std::min(text.find('\n'), text.size());
  read_references(text.substr(0, line_end), entry,
                  line_end < text.size() ? text.substr(line_end + 1) : std::string_view());
  return {};
}

LineFault read_mt940_balance(std::string_view tag, std::string_view value, const Zone& zone,
                             Balance& balance) {
  std::string_view text = value;
  balance.code = tag;
  balance.type = balance_type(tag);
  if (text.empty() || (text[0] != 'C' && text[0] != 'D')) return "it begins with neither C nor D";
  balance.direction = text[0] == 'C' ? Direction::credit : Direction::debit;
  text.remove_prefix(1);
  const std::string_view written = text.substr(0, 6);
  const auto day = take_day(text);
  if (!day) return "no date of six digits";
  std::string remark;
  // Some banks write 000000 before the first movement.
  if (written != "000000") {
    balance.date = moment_of(*day, written, zone, remark);
    if (!balance.date) return fmt::format("\"{}\" is not a date", written);
  }
  if (text.size() < 3 || !std::all_of(text.begin(), text.begin() + 3, is_letter))
    return "no currency behind the date";
  balance.amount.currency = text.substr(0, 3);
  text.remove_prefix(3);
  const auto amount = take_amount(text);
  if (!amount || !trimmed(text).empty()) return "no amount behind the currency";
  balance.amount.amount = *amount;
  return {};
}

}  // namespace ovillo::bank
