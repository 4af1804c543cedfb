#include "ovillo/extract/internal/quantity.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "ovillo/extract/internal/amount.hpp"
#include "ovillo/extract/internal/checksum.hpp"
#include "ovillo/extract/internal/hours.hpp"
#include "ovillo/extract/internal/price.hpp"
#include "ovillo/extract/internal/spoken_number.hpp"

namespace ovillo::extract {

namespace {

using text::TokenKind;

constexpr WordClasses kTimeUnit = WordClass::hour | WordClass::half_hour | WordClass::minute |
                                  WordClass::day | WordClass::night | WordClass::week |
                                  WordClass::month;

// ---- ages ---------------------------------------------------------------------------------

// A word for street within three tokens before.
bool near_street(const Scan& scan, std::size_t i) {
  for (std::size_t j = i; j > 0 && j + 3 > i; --j)
    if (scan.is(j - 1, WordClass::street)) return true;
  return false;
}

// "veintitrés años", "twenty one years old".
void find_spoken_age(Scan& scan, const text::NumberWords& numbers, std::size_t unit) {
  constexpr std::size_t kMostWords = 3;
  if (scan.tokens[unit].new_line) return;
  for (std::size_t back = std::min(kMostWords, unit); back > 0; --back) {
    const std::size_t i = unit - back;
    if (!scan.is_kind(i, TokenKind::word) || scan.taken[i] != Taken::free) continue;
    const auto number = spoken_number(scan, numbers, i);
    if (!number || number->end != unit || number->value < 18 || number->value > 79) continue;
    // "vingt ans que j'attends", "zwanzig Jahre in Berlin": a stretch of life.
    const bool stretch =
        unit + 1 < scan.size() && !scan.is_kind(unit + 1, TokenKind::symbol) &&
        (scan.at(unit + 1) == "que" || scan.at(unit + 1) == "in" || scan.at(unit + 1) == "lang");
    if (stretch) return;
    scan.take(i, unit + 1);
    scan.add(FindKind::age, scan.token_span(i, unit + 1), WrittenAs::words, 900,
             std::to_string(number->value));
    return;
  }
}

bool find_age(Scan& scan, std::size_t i) {
  if (scan.length(i) != 2) return false;
  const std::uint32_t age = number_value(scan, i);
  if (age < 10 || age > 79) return false;
  const bool followed = i + 1 < scan.size() && !scan.tokens[i + 1].new_line;
  // "24 a.", "24a", "29j": the short form, before a stop, or glued where no street stands before.
  const bool letter = followed && (scan.at(i + 1) == "a" || scan.at(i + 1) == "j");
  const bool stop =
      letter && scan.glued(i + 2) && (scan.is_symbol(i + 2, '.') || scan.is_symbol(i + 2, ','));
  const bool short_form = stop || (letter && scan.glued(i + 1) && !scan.glued(i + 2) && age >= 18 &&
                                   !scan.glued(i) && !near_street(scan, i));
  const bool unit = followed && scan.is(i + 1, WordClass::age_unit);
  // "5 years experience", "20 anos de experiencia".
  const std::size_t next = i + 2;
  const auto is_word = [&](std::size_t at, std::string_view word) {
    return at < scan.size() && scan.at(at) == word;
  };
  const auto experience = [&] {
    return is_word(next, "que") || is_word(next, "lang") || is_word(next, "experience") ||
           is_word(next, "ervaring") ||
           ((is_word(next, "de") || is_word(next, "d") || is_word(next, "of") ||
             is_word(next, "d'")) &&
            !is_word(next + 1, "edad") && !is_word(next + 1, "idade") && !is_word(next + 1, "age"));
  };
  if (unit && !experience()) {
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
  const bool day_first = scan.length(i) <= 2 && number_value(scan, i) <= 31 &&
                         number_value(scan, i + 2) <= 12 && number_value(scan, i + 2) > 0 &&
                         (scan.length(i + 4) == 4 || scan.length(i + 4) == 2);
  const bool month_first = scan.length(i) <= 2 && number_value(scan, i) <= 12 &&
                           number_value(scan, i + 2) <= 31 && scan.length(i + 4) == 4;
  const bool year_first = scan.length(i) == 4 && number_value(scan, i + 2) <= 12 &&
                          scan.length(i + 4) <= 2 && number_value(scan, i + 4) <= 31;
  return day_first || month_first || year_first ? i + 5 : i;
}

// "22:00", "10h30", "8.30 h". @return one past its last token, or i.
std::size_t time_end(const Scan& scan, std::size_t i) {
  if (scan.length(i) > 2 || number_value(scan, i) > 24) return i;
  if (i + 2 < scan.size() && scan.is_symbol(i + 1, ':') && scan.glued(i + 1) && scan.glued(i + 2) &&
      number_at(scan, i + 2) && scan.length(i + 2) == 2 && number_value(scan, i + 2) < 60 &&
      !(scan.is_symbol(i + 3, ':') && number_at(scan, i + 4) && number_value(scan, i + 4) > 59))
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
                 number_value(scan, i) <= 180
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

// Number tokens i, i + 2 ... joined by signs that touch them, with nothing more hanging on.
bool joined_alone(const Scan& scan, std::size_t i, std::size_t n_numbers) {
  const std::size_t end = i + 2 * n_numbers - 1;
  if (end > scan.size()) return false;
  for (std::size_t j = i + 1; j < end; ++j)
    if (!scan.glued(j)) return false;
  for (std::size_t j = i; j < end; j += 2)
    if (!number_at(scan, j)) return false;
  const bool goes_on = scan.glued(end) && scan.glued(end + 1) && number_at(scan, end + 1);
  const bool comes_from = i >= 2 && scan.glued(i) && scan.glued(i - 1) && number_at(scan, i - 2);
  return !goes_on && !comes_from && !(scan.glued(i) && i > 0 && number_at(scan, i - 1));
}

// "90-60-90": measures of a body. "1,70": a height in metres. @return one past the last, or i.
std::size_t body_end(const Scan& scan, std::size_t i) {
  const auto between = [&](std::size_t j, std::uint32_t low, std::uint32_t high) {
    return scan.length(j) <= 3 && number_value(scan, j) >= low && number_value(scan, j) <= high;
  };
  if (joined_alone(scan, i, 3) && same_sign(scan, i + 1, i + 3) && !scan.is_symbol(i + 1, '.') &&
      between(i, 50, 130) && between(i + 2, 40, 130) && between(i + 4, 50, 130))
    return i + 5;
  const bool joint =
      i + 1 < scan.size() && (scan.is_symbol(i + 1, ',') || scan.is_symbol(i + 1, '.'));
  return joint && joined_alone(scan, i, 2) && scan.at(i) == "1" && scan.length(i + 2) == 2 &&
                 between(i + 2, 40, 99)
             ? i + 3
             : i;
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
       {date_end, time_end, coordinate_end, register_end, enterprise_end, body_end})
    if (const std::size_t end = reader(scan, i); end != i) return end;
  if (around_the_clock(scan, i)) return i + 3;
  if (decimal_with_unit(scan, i)) return i + 4;
  return has_unit(scan, i) ? i + 1 : i;
}

}  // namespace

void find_quantities(Scan& scan, const Vocabulary& vocabulary, const text::NumberWords& numbers) {
  for (std::size_t i = scan.marks.next(0, Mark::quantity); i < scan.size();
       i = scan.marks.next(i + 1, Mark::quantity)) {
    if (scan.is(i, WordClass::age_unit) && !scan.is_kind(i, TokenKind::symbol))
      find_spoken_age(scan, numbers, i);
    if (!number_at(scan, i) || scan.taken[i] != Taken::free) continue;
    if (const std::size_t end = find_hours(scan, i); end != i) {
      i = end - 1;
      continue;
    }
    if (const std::size_t end = find_price_list(scan, vocabulary, i); end != i) {
      i = end - 1;
      continue;
    }
    if (find_price(scan, vocabulary, i) || find_age(scan, i)) continue;
    const std::size_t end = other_end(scan, i);
    scan.take(i, end);
    if (end > i) i = end - 1;
  }
}

void take_references(Scan& scan) {
  constexpr std::size_t kWordsInBetween = 3;
  for (std::size_t i = scan.marks.next(0, Mark::reference); i < scan.size();
       i = scan.marks.next(i + 1, Mark::reference)) {
    if (scan.is(i, WordClass::phone_cue)) continue;
    // The first run of numbers after the cue, with what joins them, up to a phone cue.
    std::size_t n_words = 0;
    bool in_number = false;
    std::size_t j = i + 1;
    for (; j < scan.size() && j < i + 24; ++j) {
      if (scan.is(j, WordClass::phone_cue) || scan.is_symbol(j, '+')) break;
      if (scan.tokens[j].new_line && j > i + 1) break;
      if (number_at(scan, j)) {
        in_number = true;
        scan.taken[j] = Taken::by_other;
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
