#include "ovillo/extract/internal/quantity.hpp"

#include <array>
#include <optional>

#include "ovillo/base/decimal.hpp"
#include "ovillo/extract/internal/checksum.hpp"

namespace ovillo::extract {

namespace {

using text::TokenKind;

constexpr std::uint32_t kLongestAmount = 6;  // digits of one group
constexpr WordClasses kTimeUnit = WordClass::hour | WordClass::half_hour | WordClass::minute |
                                  WordClass::day | WordClass::night | WordClass::week |
                                  WordClass::month;

bool number_at(const Scan& scan, std::size_t i) { return scan.is_kind(i, TokenKind::number); }

std::uint32_t value_of(const Scan& scan, std::size_t i) {
  std::uint32_t value = 0;
  for (const char c : scan.at(i)) value = value * 10 + static_cast<std::uint32_t>(c - '0');
  return value;
}

// ---- amounts: a number with its thousands and decimals -------------------------------------

struct Amount {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

// The amount that starts at number token i: "150", "1.500", "12,50", "1 500" before a currency.
std::optional<Amount> read_amount(const Scan& scan, std::size_t i) {
  if (scan.length(i) > kLongestAmount) return std::nullopt;
  Amount amount{i, i + 1, std::string(scan.at(i))};
  while (amount.end + 1 < scan.size() && amount.end < i + 6) {
    const std::size_t mark = amount.end;
    const bool joint =
        scan.is_symbol(mark, '.') || scan.is_symbol(mark, ',') || scan.is_symbol(mark, '\'');
    if (!joint || !scan.glued(mark) || !scan.glued(mark + 1) || !number_at(scan, mark + 1)) break;
    if (scan.length(mark + 1) > 3) break;
    amount.text += scan.at(mark);
    amount.text += scan.at(mark + 1);
    amount.end = mark + 2;
  }
  return amount;
}

// ---- units of time ------------------------------------------------------------------------

struct Unit {
  std::string_view name;  // empty: none
  std::size_t end = 0;
};

// A unit of time at token i, with a number or "half" before it: "hora", "media hora", "30 min",
// "1h", "half hour", "demi heure".
Unit read_unit(const Scan& scan, std::size_t i) {
  if (scan.is(i, WordClass::half_hour)) return {"half_hour", i + 1};
  if (scan.is(i, WordClass::half)) {
    const std::size_t noun = scan.is_symbol(i + 1, '-') ? i + 2 : i + 1;
    if (scan.is(noun, WordClass::hour)) return {"half_hour", noun + 1};
    return {};
  }
  if (number_at(scan, i) && scan.length(i) <= 2) {
    const std::uint32_t n = value_of(scan, i);
    if (scan.is(i + 1, WordClass::minute)) {
      if (n == 30) return {"half_hour", i + 2};
      if (n == 15) return {"quarter_hour", i + 2};
      if (n == 60) return {"hour", i + 2};
      return {"session", i + 2};
    }
    if (scan.is(i + 1, WordClass::hour)) return {n == 1 ? "hour" : "session", i + 2};
    return {};
  }
  constexpr std::pair<WordClass, std::string_view> kUnits[] = {
      {WordClass::hour, "hour"}, {WordClass::day, "day"},     {WordClass::night, "night"},
      {WordClass::week, "week"}, {WordClass::month, "month"}, {WordClass::year, "year"}};
  for (const auto& [unit, name] : kUnits)
    if (scan.is(i, unit)) return {name, i + 1};
  return {};
}

// A unit after an amount, past "la", "por", "/", "x" ...
Unit unit_after(const Scan& scan, std::size_t i) {
  std::size_t j = i;
  while (j < scan.size() && j < i + 3 && scan.is(j, WordClass::per) && !scan.tokens[j].new_line) {
    const Unit unit = read_unit(scan, j);
    if (!unit.name.empty()) return unit;
    ++j;
  }
  if (j < scan.size() && scan.tokens[j].new_line) return {};
  return read_unit(scan, j);
}

// A unit that ends right before token i: "una hora 150", "1h: 100".
Unit unit_before(const Scan& scan, std::size_t i) {
  std::size_t last = i;
  while (last > 0 && last + 2 > i &&
         (scan.is_symbol(last - 1, ':') || scan.is_symbol(last - 1, '-') ||
          scan.is_symbol(last - 1, '=')))
    --last;
  if (last == 0 || scan.tokens[last].new_line) return {};
  for (const std::size_t back : {std::size_t{2}, std::size_t{3}, std::size_t{1}}) {
    if (back > last) continue;
    const Unit unit = read_unit(scan, last - back);
    if (!unit.name.empty() && unit.end == last) {
      // "24 h 612..." is opening time; a bare "h" needs its number.
      return unit;
    }
  }
  return {};
}

// ---- prices -------------------------------------------------------------------------------

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

void add_price(Scan& scan, const Vocabulary& vocabulary, const Amount& amount,
               const Vocabulary::Entry* currency, std::string_view unit, std::size_t begin,
               std::size_t end) {
  scan.take(begin, end);
  std::string canonical =
      currency == nullptr
          ? price_canonical(amount, {}, 2, unit)
          : price_canonical(
                amount, vocabulary.currency(currency->currency).code,
                std::min<std::size_t>(vocabulary.currency(currency->currency).minor_digits, 2),
                unit);
  if (canonical.empty()) return;
  scan.add(FindKind::price, scan.token_span(begin, end), WrittenAs::plain,
           currency == nullptr ? 700 : 950, std::move(canonical));
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
    add_price(scan, vocabulary, *amount, scan.words[end],
              unit.name.empty() ? unit_before(scan, i).name : unit.name, i,
              unit.name.empty() ? end + 1 : unit.end);
    return true;
  }
  if (i > 0 && is_currency(scan, i - 1) && scan.taken[i - 1] == 0 && !scan.tokens[i].new_line) {
    const Unit unit = unit_after(scan, end);
    add_price(scan, vocabulary, *amount, scan.words[i - 1], unit.name, i - 1,
              unit.name.empty() ? end : unit.end);
    return true;
  }
  // Without a currency only a round-looking amount with a unit: "150 la hora", "una hora 150".
  if (amount->end != i + 1 || scan.length(i) < 2 || scan.length(i) > 4 || value_of(scan, i) < 20)
    return false;
  // The last group of a phone number: "... 30 28 una hora 440".
  if (i > 0 && number_at(scan, i - 1) && scan.taken[i - 1] == 0) return false;
  if (scan.glued(i) || (near && scan.glued(end) && !scan.is_kind(end, TokenKind::symbol)))
    return false;
  const Unit after = near ? unit_after(scan, end) : Unit{};
  if (!after.name.empty() && after.name != "session" && !number_at(scan, end) &&
      !(scan.is(end, WordClass::hour) && value_of(scan, i) == 24) &&
      !(after.end == end + 1 && scan.is(end, WordClass::day | WordClass::month))) {
    add_price(scan, vocabulary, *amount, nullptr, after.name, i, after.end);
    return true;
  }
  const Unit before = unit_before(scan, i);
  if (before.name == "hour" || before.name == "half_hour") {
    // A phone number may follow "hora"; an amount stands alone.
    if (near && number_at(scan, end)) return false;
    add_price(scan, vocabulary, *amount, nullptr, before.name, i, i + 1);
    return true;
  }
  return false;
}

// ---- ages ---------------------------------------------------------------------------------

bool find_age(Scan& scan, std::size_t i) {
  if (scan.length(i) != 2 || scan.tokens[i].new_line) {
    if (scan.length(i) != 2) return false;
  }
  const std::uint32_t age = value_of(scan, i);
  if (age < 10 || age > 79) return false;
  const bool followed = i + 1 < scan.size() && !scan.tokens[i + 1].new_line;
  // "24 a.", "24a": the short form, before a stop or the end.
  const bool short_form = followed && scan.at(i + 1) == "a" &&
                          (scan.is_symbol(i + 2, '.') || scan.is_symbol(i + 2, ',')) &&
                          scan.glued(i + 2);
  const bool unit = followed && scan.is(i + 1, WordClass::age_unit);
  // "5 years experience", "20 anos de experiencia".
  const std::size_t next = i + 2;
  const auto is_word = [&](std::size_t at, std::string_view word) {
    return at < scan.size() && scan.at(at) == word;
  };
  const bool experience =
      is_word(next, "experience") || is_word(next, "ervaring") ||
      ((is_word(next, "de") || is_word(next, "d") || is_word(next, "of") || is_word(next, "d'")) &&
       !is_word(next + 1, "edad") && !is_word(next + 1, "idade") && !is_word(next + 1, "age"));
  if (unit && !experience) {
    scan.take(i, i + 2);
    scan.add(FindKind::age, scan.token_span(i, i + 2), WrittenAs::plain, 950,
             std::string(scan.at(i)));
    return true;
  }
  if (short_form && age >= 14) {
    scan.take(i, i + 2);
    scan.add(FindKind::age, scan.token_span(i, i + 2), WrittenAs::plain, 800,
             std::string(scan.at(i)));
    return true;
  }
  // "i am 24", "edad: 24", "idade 24", "age 24", "leeftijd 24".
  const std::size_t label = i > 0 && scan.is_symbol(i - 1, ':') ? i - 1 : i;
  const bool labelled = label > 0 && (is_word(label - 1, "edad") || is_word(label - 1, "idade") ||
                                      is_word(label - 1, "age") || is_word(label - 1, "leeftijd") ||
                                      is_word(label - 1, "alter"));
  const bool i_am = i > 1 && is_word(i - 1, "am") && is_word(i - 2, "i");
  const bool more_digits = followed && (number_at(scan, i + 1) || scan.glued(i + 1)) &&
                           !scan.is_symbol(i + 1, '.') && !scan.is_symbol(i + 1, ',');
  if (!(labelled || i_am) || more_digits) return false;
  scan.take(i, i + 1);
  scan.add(FindKind::age, scan.token_span(i, i + 1), WrittenAs::plain, 850,
           std::string(scan.at(i)));
  return true;
}

// ---- what is neither price, age nor phone --------------------------------------------------

bool same_sign(const Scan& scan, std::size_t a, std::size_t b) {
  return scan.at(a) == scan.at(b) &&
         (scan.is_symbol(a, '/') || scan.is_symbol(a, '-') || scan.is_symbol(a, '.'));
}

// "12/03/2026", "3-4-26", "2026-03-12". @return one past its last token, or i.
std::size_t date_end(const Scan& scan, std::size_t i) {
  if (i + 4 >= scan.size() || !number_at(scan, i + 2) || !number_at(scan, i + 4)) return i;
  if (!same_sign(scan, i + 1, i + 3)) return i;
  for (std::size_t j = i + 1; j < i + 5; ++j)
    if (!scan.glued(j)) return i;
  const bool goes_on =
      i + 6 < scan.size() && scan.glued(i + 5) && scan.glued(i + 6) && number_at(scan, i + 6);
  const bool comes_from = i >= 2 && scan.glued(i) && scan.glued(i - 1) && number_at(scan, i - 2);
  if (goes_on || comes_from) return i;
  if (scan.length(i) > 4 || scan.length(i + 2) > 2 || scan.length(i + 4) > 4) return i;
  const bool day_first = scan.length(i) <= 2 && value_of(scan, i) <= 31 &&
                         value_of(scan, i + 2) <= 12 && value_of(scan, i + 2) > 0 &&
                         (scan.length(i + 4) == 4 || scan.length(i + 4) == 2);
  const bool month_first = scan.length(i) <= 2 && value_of(scan, i) <= 12 &&
                           value_of(scan, i + 2) <= 31 && scan.length(i + 4) == 4;
  const bool year_first = scan.length(i) == 4 && value_of(scan, i + 2) <= 12 &&
                          scan.length(i + 4) <= 2 && value_of(scan, i + 4) <= 31;
  return day_first || month_first || year_first ? i + 5 : i;
}

// "22:00", "10h30", "8.30 h". @return one past its last token, or i.
std::size_t time_end(const Scan& scan, std::size_t i) {
  if (scan.length(i) > 2 || value_of(scan, i) > 24) return i;
  if (i + 2 < scan.size() && scan.is_symbol(i + 1, ':') && scan.glued(i + 1) && scan.glued(i + 2) &&
      number_at(scan, i + 2) && scan.length(i + 2) == 2 && value_of(scan, i + 2) < 60 &&
      !(scan.is_symbol(i + 3, ':') && number_at(scan, i + 4) && value_of(scan, i + 4) > 59))
    return i + 3;
  if (scan.is(i + 1, WordClass::hour) && scan.glued(i + 1)) {
    const bool minutes = i + 2 < scan.size() && number_at(scan, i + 2) && scan.glued(i + 2) &&
                         scan.length(i + 2) == 2;
    return minutes ? i + 3 : i + 2;
  }
  return i;
}

// "41.3874", "-2,168601": a decimal with four or more places is a coordinate.
std::size_t coordinate_end(const Scan& scan, std::size_t i) {
  if (i + 2 >= scan.size() || scan.length(i) > 3) return i;
  const bool joint = scan.is_symbol(i + 1, '.') || scan.is_symbol(i + 1, ',');
  if (!joint || !scan.glued(i + 1) || !scan.glued(i + 2) || !number_at(scan, i + 2)) return i;
  const bool goes_on = scan.glued(i + 3) && scan.glued(i + 4) && number_at(scan, i + 4);
  const bool comes_from = i >= 2 && scan.glued(i) && scan.glued(i - 1) && number_at(scan, i - 2);
  return !goes_on && !comes_from && scan.length(i + 2) >= 4 && scan.length(i + 2) <= 8 &&
                 value_of(scan, i) <= 180
             ? i + 3
             : i;
}

// "85.07.30-033.28": the Belgian register number's shape.
std::size_t register_end(const Scan& scan, std::size_t i) {
  constexpr std::array<std::uint32_t, 5> kGroups = {2, 2, 2, 3, 2};
  if (i + 8 >= scan.size()) return i;
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    if (!number_at(scan, i + 2 * g) || scan.length(i + 2 * g) != kGroups[g]) return i;
    if (g > 0 && !scan.is_kind(i + 2 * g - 1, TokenKind::symbol)) return i;
  }
  return i + 9;
}

// "0452.000.069" with its check digits: a Belgian enterprise number.
std::size_t enterprise_end(const Scan& scan, std::size_t i) {
  if (i + 4 >= scan.size() || scan.length(i) != 4 || !number_at(scan, i + 2) ||
      !number_at(scan, i + 4) || scan.length(i + 2) != 3 || scan.length(i + 4) != 3)
    return i;
  if (!scan.is_symbol(i + 1, '.') || !scan.is_symbol(i + 3, '.')) return i;
  const std::string digits =
      std::string(scan.at(i)) + std::string(scan.at(i + 2)) + std::string(scan.at(i + 4));
  return belgian_enterprise_holds(digits) ? i + 5 : i;
}

// "100/150/200": two or more round amounts joined by strokes or dashes.
std::size_t price_list_end(const Scan& scan, std::size_t i) {
  std::size_t end = i + 1;
  std::size_t n = 1;
  const auto round = [&](std::size_t at) {
    return number_at(scan, at) && scan.length(at) >= 2 && scan.length(at) <= 3 &&
           value_of(scan, at) % 10 == 0 && value_of(scan, at) >= 20;
  };
  if (!round(i) || (i > 0 && scan.glued(i) && scan.is_symbol(i - 1, '/'))) return i;
  while (end + 1 < scan.size() && scan.is_symbol(end, '/') && round(end + 1)) {
    end += 2;
    ++n;
  }
  return n >= 2 ? end : i;
}

// A number before a unit of measure or of time is no part of a phone number.
bool has_unit(const Scan& scan, std::size_t i) {
  if (scan.length(i) > 4 || i + 1 >= scan.size() || scan.tokens[i + 1].new_line) return false;
  const bool glued = scan.glued(i + 1);
  const bool longer = scan.length(i + 1) > 1;
  if (scan.is(i + 1, WordClass::measure | kTimeUnit) && (glued || longer)) return true;
  return scan.is(i + 1, WordClass::hour) || scan.is_symbol(i + 1, '%');
}

// "1,70 m": the number with its decimals is one measure.
bool decimal_with_unit(const Scan& scan, std::size_t i) {
  if (i + 3 >= scan.size() || scan.length(i) > 3) return false;
  const bool joint = scan.is_symbol(i + 1, ',') || scan.is_symbol(i + 1, '.');
  return joint && scan.glued(i + 1) && scan.glued(i + 2) && number_at(scan, i + 2) &&
         scan.length(i + 2) <= 2 && scan.is(i + 3, WordClass::measure);
}

// "24/7", "7/7", "24h/24".
bool around_the_clock(const Scan& scan, std::size_t i) {
  if (i + 2 >= scan.size() || !scan.is_symbol(i + 1, '/') || !number_at(scan, i + 2)) return false;
  const std::string_view left = scan.at(i);
  const std::string_view right = scan.at(i + 2);
  return (left == "24" || left == "7") && (right == "7" || right == "24" || right == "365");
}

std::size_t other_end(const Scan& scan, std::size_t i) {
  for (const auto reader :
       {date_end, time_end, coordinate_end, register_end, enterprise_end, price_list_end})
    if (const std::size_t end = reader(scan, i); end != i) return end;
  if (around_the_clock(scan, i)) return i + 3;
  if (decimal_with_unit(scan, i)) return i + 4;
  return has_unit(scan, i) ? i + 1 : i;
}

}  // namespace

void find_quantities(Scan& scan, const Vocabulary& vocabulary) {
  for (std::size_t i = 0; i < scan.size(); ++i) {
    if (!number_at(scan, i) || scan.taken[i] != 0) continue;
    if (find_price(scan, vocabulary, i) || find_age(scan, i)) continue;
    const std::size_t end = other_end(scan, i);
    scan.take(i, end);
    if (end > i) i = end - 1;
  }
}

void take_references(Scan& scan) {
  constexpr std::size_t kWordsInBetween = 3;
  for (std::size_t i = 0; i < scan.size(); ++i) {
    if (!scan.is(i, WordClass::id_cue) || scan.is(i, WordClass::phone_cue)) continue;
    // The first run of numbers after the cue, with what joins them, up to a phone cue.
    std::size_t n_words = 0;
    bool in_number = false;
    std::size_t j = i + 1;
    for (; j < scan.size() && j < i + 24; ++j) {
      if (scan.is(j, WordClass::phone_cue) || scan.is_symbol(j, '+')) break;
      if (scan.tokens[j].new_line && j > i + 1) break;
      if (number_at(scan, j)) {
        in_number = true;
        scan.taken[j] = 1;
      } else if (scan.is_kind(j, TokenKind::word) && !scan.glued(j)) {
        if (in_number || ++n_words > kWordsInBetween) break;
      } else if (in_number && (scan.is_symbol(j, ',') || scan.is_symbol(j, ';') ||
                               scan.is_symbol(j, '|') || scan.is_symbol(j, '!'))) {
        break;
      }
    }
  }
}

}  // namespace ovillo::extract
