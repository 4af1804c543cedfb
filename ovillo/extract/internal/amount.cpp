#include "ovillo/extract/internal/amount.hpp"

#include <utility>

namespace ovillo::extract {

namespace {

constexpr std::uint32_t kLongestAmount = 6;  // digits of one group

// "1 400 euros": groups of three after a space, with a currency behind them.
std::size_t spaced_thousands_end(const Scan& scan, std::size_t i) {
  if (scan.length(i) > 3 || scan.at(i)[0] == '0' || scan.glued(i) ||
      (i > 0 && number_at(scan, i - 1)))
    return i;
  std::size_t end = i + 1;
  while (end < scan.size() && end < i + 3 && number_at(scan, end) && scan.length(end) == 3 &&
         !scan.tokens[end].new_line && scan.tokens[end].begin <= scan.tokens[end - 1].end + 2)
    ++end;
  // "600 700 800 euros" are three amounts; "150 000 euros" is one.
  for (std::size_t j = i + 1; j < end; ++j)
    if ((scan.length(i) == 3 || end > i + 2) && scan.at(j) != "000") return i;
  const bool money = end > i + 1 && scan.is(end, WordClass::currency) && !scan.tokens[end].new_line;
  return money ? end : i;
}

Unit single_unit(const Scan& scan, std::size_t i) {
  constexpr std::pair<WordClass, std::string_view> kUnits[] = {
      {WordClass::hour, "hour"}, {WordClass::day, "day"},     {WordClass::night, "night"},
      {WordClass::week, "week"}, {WordClass::month, "month"}, {WordClass::year, "year"}};
  for (const auto& [unit, name] : kUnits)
    if (scan.is(i, unit)) return {name, i, i + 1};
  return {};
}

Unit numbered_unit(const Scan& scan, std::size_t i) {
  const std::uint32_t n = number_value(scan, i);
  // "1/2 h"
  if (n == 1 && scan.is_symbol(i + 1, '/') && number_at(scan, i + 2) && scan.at(i + 2) == "2" &&
      scan.is(i + 3, WordClass::hour))
    return {"half_hour", i, i + 4};
  if (scan.is(i + 1, WordClass::minute)) {
    const std::string_view name = n == 30   ? "half_hour"
                                  : n == 15 ? "quarter_hour"
                                  : n == 60 ? "hour"
                                            : "session";
    return {name, i, i + 2};
  }
  if (scan.is(i + 1, WordClass::hour)) return {n == 1 ? "hour" : "session", i, i + 2};
  return {};
}

}  // namespace

std::uint32_t number_value(const Scan& scan, std::size_t i) {
  std::uint32_t value = 0;
  for (const char c : scan.at(i)) value = value * 10 + static_cast<std::uint32_t>(c - '0');
  return value;
}

std::optional<Amount> read_amount(const Scan& scan, std::size_t i) {
  if (scan.length(i) > kLongestAmount) return std::nullopt;
  Amount amount{i, i + 1, std::string(scan.at(i))};
  if (const std::size_t end = spaced_thousands_end(scan, i); end != i) {
    for (std::size_t j = i + 1; j < end; ++j) amount.text += scan.at(j);
    amount.end = end;
    return amount;
  }
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

Unit read_unit(const Scan& scan, std::size_t i) {
  if (scan.is(i, WordClass::half_hour)) return {"half_hour", i, i + 1};
  if (scan.is(i, WordClass::half)) {
    const std::size_t noun = scan.is_symbol(i + 1, '-') ? i + 2 : i + 1;
    if (scan.is(noun, WordClass::hour)) return {"half_hour", i, noun + 1};
    return {};
  }
  if (number_at(scan, i)) return scan.length(i) <= 2 ? numbered_unit(scan, i) : Unit{};
  if (scan.is(i, WordClass::few) && scan.is(i + 1, WordClass::hour)) return {"session", i, i + 2};
  return single_unit(scan, i);
}

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

Unit unit_before(const Scan& scan, std::size_t i) {
  std::size_t last = i;
  while (last > 0 && last + 2 > i &&
         (scan.is_symbol(last - 1, ':') || scan.is_symbol(last - 1, '-') ||
          scan.is_symbol(last - 1, '=')))
    --last;
  if (last == 0 || scan.tokens[last].new_line) return {};
  for (const std::size_t back : {std::size_t{4}, std::size_t{2}, std::size_t{3}, std::size_t{1}}) {
    if (back > last) continue;
    const Unit unit = read_unit(scan, last - back);
    if (!unit.name.empty() && unit.end == last && scan.taken[unit.begin] != Taken::by_amount)
      return unit;
  }
  return {};
}

}  // namespace ovillo::extract
