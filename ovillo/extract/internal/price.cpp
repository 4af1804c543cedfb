#include "ovillo/extract/internal/price.hpp"

#include <algorithm>
#include <string>

#include "ovillo/base/decimal.hpp"
#include "ovillo/extract/internal/amount.hpp"

namespace ovillo::extract {

namespace {

using text::TokenKind;

std::string price_canonical(const Amount& amount, std::string_view currency,
                            std::size_t minor_digits, std::string_view unit) {
  auto value = parse_decimal(amount.text);
  if (!value) return {};
  while (value->scale < minor_digits) {
    value->unscaled *= 10;
    ++value->scale;
  }
  std::string canonical = format_decimal(*value);
  if (!currency.empty()) canonical += " " + std::string(currency);
  if (!unit.empty()) canonical += "/" + std::string(unit);
  return canonical;
}

// Whether an amount of that unit is what a worker gets, not what somebody pays: the words around
// say.
bool is_wage(const Scan& scan, const Amount& amount, std::string_view unit) {
  constexpr std::size_t kBefore = 16;
  constexpr std::size_t kAfter = 12;
  constexpr std::size_t kRentBefore = 6;
  if (unit != "hour" && unit != "day" && unit != "week" && unit != "month" && unit != "year")
    return false;
  // By the hour people are paid small sums; large ones are prices, whatever stands around.
  if (unit == "hour" && number_value(scan, amount.begin) > 40) return false;
  bool cue = false;
  const std::size_t from = amount.begin - std::min(amount.begin, kBefore);
  const std::size_t to = std::min(scan.size(), amount.end + kAfter);
  for (std::size_t i = from; i < to; ++i) {
    cue = cue || scan.is(i, WordClass::wage_cue);
    if (i < amount.begin && i + kRentBefore >= amount.begin && scan.is(i, WordClass::rent_cue))
      return false;
  }
  return cue;
}

void add_price(Scan& scan, const Vocabulary& vocabulary, const Amount& amount,
               const Vocabulary::Entry* currency, std::string_view unit, std::size_t begin,
               std::size_t end) {
  scan.take(begin, end, Taken::by_amount);
  const Currency* money = currency == nullptr ? nullptr : &vocabulary.currency(currency->currency);
  std::string canonical =
      price_canonical(amount, money == nullptr ? std::string_view{} : money->code,
                      money == nullptr ? 2 : std::min<std::size_t>(money->minor_digits, 2), unit);
  if (canonical.empty()) return;
  scan.add(is_wage(scan, amount, unit) ? FindKind::wage : FindKind::price,
           scan.token_span(begin, end), WrittenAs::plain, currency == nullptr ? 700 : 950,
           std::move(canonical));
}

// "$" in "gr@t1$" or "$3rv1c3" is a letter: a sign inside a word says no currency.
bool is_currency(const Scan& scan, std::size_t i) {
  if (!scan.is(i, WordClass::currency)) return false;
  if (!scan.is_kind(i, TokenKind::symbol)) return true;
  const auto lettered = [&](std::size_t from, std::size_t to) {
    for (std::size_t j = from; j < to; ++j)
      if (scan.is_kind(j, TokenKind::word) && !scan.is(j, WordClass::currency)) return true;
    return false;
  };
  std::size_t begin = i;
  while (begin > 0 && i - begin < 4 && scan.glued(begin)) --begin;
  std::size_t end = i + 1;
  while (end < scan.size() && end - i < 4 && scan.glued(end)) ++end;
  return !lettered(begin, i) && (end == i + 1 || !scan.is_kind(i + 1, TokenKind::word)) &&
         !(scan.is_kind(i + 1, TokenKind::number) && lettered(i + 1, end) && begin == i);
}

// "40 horas", "24 h": a length of time. Only one hour can be what an amount is for.
bool says_duration(const Scan& scan, std::size_t i, const Unit& after) {
  if (after.begin != i + 1 || !scan.is(after.begin, WordClass::hour)) return false;
  const std::string_view word = scan.at(after.begin);
  return word.size() == 1 || word.back() == 's' || word == "uur" || word == "uren" ||
         word == "std" || word == "stunden";
}

// An amount without a currency: "150 la hora", "una hora 150". Only a round-looking one counts.
bool find_bare_price(Scan& scan, const Vocabulary& vocabulary, const Amount& amount) {
  const std::size_t i = amount.begin;
  const std::size_t end = amount.end;
  if (end != i + 1 || scan.length(i) < 2 || scan.length(i) > 4 || number_value(scan, i) < 20)
    return false;
  const bool near = end < scan.size() && !scan.tokens[end].new_line;
  if (scan.glued(i) || (near && scan.glued(end) && !scan.is_kind(end, TokenKind::symbol)))
    return false;
  // The last group of a phone number: "... 30 28 una hora 440". A round amount after a group of
  // another length is none: "123 60 la hora".
  const bool after_number = i > 0 && number_at(scan, i - 1) && scan.taken[i - 1] == Taken::free;
  const bool round = number_value(scan, i) % 10 == 0;
  const Unit after = near ? unit_after(scan, end) : Unit{};
  const bool per = !after.name.empty() && after.begin > end;
  if (after_number && !(per && round && scan.length(i) != scan.length(i - 1))) return false;
  if (says_duration(scan, i, after)) return false;
  const Unit before = unit_before(scan, i);
  if (!before.name.empty() && before.name != "day" && before.name != "month" &&
      before.name != "year" && before.name != "week") {
    // A phone number may follow "hora"; an amount stands alone, or before the next unit.
    const bool next_unit = near && !read_unit(scan, end).name.empty();
    if (near && number_at(scan, end) && !next_unit) return false;
    scan.take(before.begin, before.end, Taken::by_amount);
    add_price(scan, vocabulary, amount, nullptr, before.name, i, i + 1);
    return true;
  }
  const bool plain_day = after.begin == end && scan.is(end, WordClass::day | WordClass::month);
  if (after.name.empty() || (after.name == "session" && !scan.is(after.begin, WordClass::few)) ||
      number_at(scan, end) || plain_day)
    return false;
  add_price(scan, vocabulary, amount, nullptr, after.name, i, after.end);
  return true;
}

// "100/150/200": two or more round amounts joined by strokes. @return one past the last, or i.
std::size_t price_list_end(const Scan& scan, std::size_t i) {
  std::size_t end = i + 1;
  const auto round = [&](std::size_t at) {
    return number_at(scan, at) && scan.length(at) >= 2 && scan.length(at) <= 3 &&
           number_value(scan, at) % 10 == 0 && number_value(scan, at) >= 20;
  };
  if (!round(i) || (i > 0 && scan.glued(i) && scan.is_symbol(i - 1, '/'))) return i;
  while (end + 1 < scan.size() && scan.is_symbol(end, '/') && round(end + 1)) end += 2;
  return end > i + 1 ? end : i;
}

}  // namespace

std::size_t find_price_list(Scan& scan, const Vocabulary& vocabulary, std::size_t i) {
  const std::size_t end = price_list_end(scan, i);
  if (end == i) return i;
  const bool before =
      i > 0 &&
      (scan.is(i - 1, WordClass::price_cue) ||
       (i > 1 && scan.is_kind(i - 1, TokenKind::symbol) && scan.is(i - 2, WordClass::price_cue)));
  const bool money = end < scan.size() && is_currency(scan, end);
  if (before || money || scan.is(end, WordClass::price_cue)) {
    for (std::size_t j = i; j < end; j += 2)
      add_price(scan, vocabulary, {j, j + 1, std::string(scan.at(j))},
                money ? scan.words[end] : nullptr, {}, j, j + 1);
  }
  scan.take(i, end);
  return end;
}

bool find_price(Scan& scan, const Vocabulary& vocabulary, std::size_t i) {
  const auto amount = read_amount(scan, i);
  if (!amount) return false;
  const std::size_t end = amount->end;
  const bool near = end < scan.size() && !scan.tokens[end].new_line;
  // "900194 £80": a sign that touches the next number is that number's.
  const bool of_next = near && scan.is_kind(end, TokenKind::symbol) && !scan.glued(end) &&
                       scan.glued(end + 1) && number_at(scan, end + 1);
  if (near && !of_next && is_currency(scan, end)) {
    const Unit unit = unit_after(scan, end + 1);
    const Unit before = unit.name.empty() ? unit_before(scan, i) : Unit{};
    if (!before.name.empty()) scan.take(before.begin, before.end, Taken::by_amount);
    add_price(scan, vocabulary, *amount, scan.words[end],
              unit.name.empty() ? before.name : unit.name, i,
              unit.name.empty() ? end + 1 : unit.end);
    return true;
  }
  if (i > 0 && is_currency(scan, i - 1) && scan.taken[i - 1] == Taken::free &&
      !scan.tokens[i].new_line) {
    const Unit unit = unit_after(scan, end);
    add_price(scan, vocabulary, *amount, scan.words[i - 1], unit.name, i - 1,
              unit.name.empty() ? end : unit.end);
    return true;
  }
  // "4500,-" is how the Dutch write round euros.
  if (near && scan.is_symbol(end, ',') && scan.glued(end) && scan.is_symbol(end + 1, '-') &&
      scan.glued(end + 1)) {
    const Vocabulary::Entry& euro = vocabulary.find(text::token_hash("euro"));
    add_price(scan, vocabulary, *amount, &euro, {}, i, end);
    return true;
  }
  return find_bare_price(scan, vocabulary, *amount);
}

}  // namespace ovillo::extract
