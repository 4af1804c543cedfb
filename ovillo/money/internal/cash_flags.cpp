// Flags that cash paid in and drawn can raise.
#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "ovillo/money/internal/flag_facts.hpp"

namespace ovillo::money {

namespace {

std::uint32_t n_accounts(const FlagFacts& facts) {
  return static_cast<std::uint32_t>(facts.transfers.account.size());
}

std::vector<std::uint32_t> paid_in(const FlagFacts& facts, std::uint32_t account) {
  return chosen(facts.received(account),
                [&](std::uint32_t row) { return facts.cash(row) == CashKind::paid_in; });
}

std::vector<std::uint32_t> drawn(const FlagFacts& facts, std::uint32_t account) {
  return chosen(facts.paid(account),
                [&](std::uint32_t row) { return facts.cash(row) == CashKind::drawn; });
}

std::vector<std::uint32_t> merged(const std::vector<std::uint32_t>& a,
                                  const std::vector<std::uint32_t>& b) {
  std::vector<std::uint32_t> out;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

std::vector<std::uint32_t> of_currency(const FlagFacts& facts,
                                       const std::vector<std::uint32_t>& rows,
                                       std::uint16_t currency) {
  return chosen(rows, [&](std::uint32_t row) { return facts.transfers.currency[row] == currency; });
}

std::set<std::uint16_t> currencies_of(const FlagFacts& facts,
                                      const std::vector<std::uint32_t>& rows) {
  std::set<std::uint16_t> out;
  for (const std::uint32_t row : rows) out.insert(facts.transfers.currency[row]);
  return out;
}

std::size_t n_places(const FlagFacts& facts, const std::vector<std::uint32_t>& rows) {
  std::set<std::uint32_t> places;
  for (const std::uint32_t row : rows) places.insert(facts.place(row));
  return places.size();
}

// Minutes since midnight of "HH:MM", "HH.MM", "HH".
std::optional<int> clock_minutes(std::string_view text) {
  int hours = 0;
  int minutes = 0;
  std::size_t at = 0;
  const auto number = [&](int& value) {
    const std::size_t begin = at;
    for (; at < text.size() && at - begin < 2 && text[at] >= '0' && text[at] <= '9'; ++at)
      value = value * 10 + (text[at] - '0');
    return at > begin;
  };
  if (!number(hours)) return std::nullopt;
  if (at < text.size()) {
    if (text[at] != ':' && text[at] != '.' && text[at] != 'h') return std::nullopt;
    ++at;
    if (at < text.size() && !number(minutes)) return std::nullopt;
  }
  if (at != text.size() || hours > 24 || minutes > 59) return std::nullopt;
  return (hours * 60 + minutes) % 1'440;
}

bool is_business(const FlagFacts& facts, std::uint32_t account) {
  const Holder* holder = facts.holder_of(account);
  return holder != nullptr &&
         (facts.read(holder->kind, WordPlace::text) & bit(PaymentClass::business)) != 0;
}

}  // namespace

void see_cash_at_night(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  if (!facts.has_hours()) return run.not_looked_for("no row states an hour");
  if (!facts.has_places()) return run.not_looked_for("no row states a place");
  const auto from = run["from_hour"];
  const auto to = run["to_hour"];
  const auto at_night = [&](std::uint32_t row) {
    const auto minute = facts.minute_of_day(row);
    if (!minute || facts.place(row) == 0) return false;
    const std::int64_t hour = *minute / 60;
    return from < to ? hour >= from && hour < to : hour >= from || hour < to;
  };
  // The hours after midnight belong to the night that began the day before.
  const auto n_nights = [&](const std::vector<std::uint32_t>& rows) {
    std::set<std::int64_t> nights;
    for (const std::uint32_t row : rows) nights.insert((facts.local_s(row) - to * 3'600) / kDay_s);
    return nights.size();
  };
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!facts.is_account(a)) continue;
    const auto rows = chosen(merged(paid_in(facts, a), drawn(facts, a)), at_night);
    const auto found =
        rows_in_windows(facts, rows, run.window_s(), [&](const WindowCounts& window) {
          return static_cast<std::int64_t>(window.n_rows()) >= run["min_rows"] &&
                 static_cast<std::int64_t>(window.n_days()) >= run["min_days"] &&
                 static_cast<std::int64_t>(window.n_places()) >= run["min_places"];
        });
    const auto nights = n_nights(found);
    if (found.empty() || static_cast<std::int64_t>(nights) < run["min_days"]) continue;
    run.hit(a, found, {{"n_days", std::to_string(nights)}});
  }
}

void see_funnel_account(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  if (!facts.has_places()) return run.not_looked_for("no row states a place");
  const std::int64_t draw_s = run["draw_days"] * kDay_s;
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!facts.is_account(a)) continue;
    const auto all_in = paid_in(facts, a);
    const auto all_out = drawn(facts, a);
    for (const std::uint16_t currency : currencies_of(facts, all_in)) {
      const auto in = chosen(of_currency(facts, all_in, currency), [&](std::uint32_t row) {
        return facts.place(row) != 0 && facts.transfers.amount[row] < run.units("below_amount");
      });
      std::set<std::uint32_t> in_places;
      for (const std::uint32_t row : in) in_places.insert(facts.place(row));
      const auto out = chosen(of_currency(facts, all_out, currency), [&](std::uint32_t row) {
        return facts.place(row) != 0 && !in_places.contains(facts.place(row));
      });
      // A later draw within the days allowed; rows stand in order of time.
      const auto next_draw = [&](std::uint32_t row) {
        const auto next = std::upper_bound(out.begin(), out.end(), row);
        return next != out.end() && facts.time_s(*next) - facts.time_s(row) <= draw_s;
      };
      const auto deposits = rows_in_windows(
          facts, chosen(in, next_draw), run.window_s(), [&](const WindowCounts& window) {
            return static_cast<std::int64_t>(window.n_rows()) >= run["min_rows"];
          });
      if (deposits.empty()) continue;
      const auto draws = chosen(out, [&](std::uint32_t row) {
        const auto next = std::upper_bound(deposits.begin(), deposits.end(), row);
        return next != deposits.begin() && facts.time_s(row) - facts.time_s(*(next - 1)) <= draw_s;
      });
      if (sum_of(facts, draws) * 100 < sum_of(facts, deposits) * run["min_percent"]) continue;
      const auto in_words = n_places(facts, deposits);
      const auto out_words = n_places(facts, draws);
      run.hit(a, merged(deposits, draws),
              {{"n_deposits", std::to_string(deposits.size())},
               {"n_draws", std::to_string(draws.size())},
               {"deposit_places", in_words == 1 ? facts.place_name(deposits.front())
                                                : fmt::format("{} places", in_words)},
               {"draw_places", out_words == 1 ? facts.place_name(draws.front())
                                              : fmt::format("{} other places", out_words)}});
    }
  }
}

void see_cash_outside_hours(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  bool known = false;
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!is_business(facts, a)) continue;
    const Holder& holder = *facts.holder_of(a);
    const auto opens = clock_minutes(holder.opens);
    const auto closes = clock_minutes(holder.closes);
    if (!opens || !closes) continue;
    known = true;
    const auto end = *closes + static_cast<int>(run["slack_hours"]) * 60;
    const int open_for = (end - *opens + 2 * 1'440) % 1'440;
    const bool always = (*closes - *opens + 1'440) % 1'440 + run["slack_hours"] * 60 >= 1'440;
    const auto found = rows_in_windows(
        facts,
        chosen(paid_in(facts, a),
               [&](std::uint32_t row) {
                 const auto minute = facts.minute_of_day(row);
                 return minute && !always && (*minute - *opens + 1'440) % 1'440 > open_for;
               }),
        run.window_s(), [&](const WindowCounts& window) {
          return static_cast<std::int64_t>(window.n_rows()) >= run["min_rows"];
        });
    if (!found.empty()) run.hit(a, found, {{"opens", holder.opens}, {"closes", holder.closes}});
  }
  if (!known) run.not_looked_for("no business with its opening hours is given (--holders)");
}

void see_cash_without_sales(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  bool known = false;
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!is_business(facts, a)) continue;
    known = true;
    const std::vector<std::uint32_t> in(facts.received(a).begin(), facts.received(a).end());
    for (const std::uint16_t currency : currencies_of(facts, in)) {
      const auto all = of_currency(facts, in, currency);
      const auto cash = of_currency(facts, paid_in(facts, a), currency);
      const Int128 cash_sum = sum_of(facts, cash);
      const Int128 all_sum = sum_of(facts, all);
      if (static_cast<std::int64_t>(cash.size()) < run["min_rows"] ||
          cash_sum < run.units("min_amount") || cash_sum * 100 < all_sum * run["min_percent"])
        continue;
      run.hit(a, cash,
              {{"percent", std::to_string(static_cast<std::int64_t>(cash_sum * 100 / all_sum))}});
    }
  }
  if (!known) run.not_looked_for("no holder is said to be a business (--holders)");
}

void see_below_threshold(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  const Int128 threshold = run.units("threshold_amount");
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!facts.is_account(a)) continue;
    const auto deposits = paid_in(facts, a);
    const auto over = chosen(
        deposits, [&](std::uint32_t row) { return facts.transfers.amount[row] >= threshold; });
    // Who pays in more than the threshold near by does not keep below it.
    const auto near_one_over = [&](std::uint32_t row) {
      const auto first = std::lower_bound(
          over.begin(), over.end(), facts.time_s(row) - run.window_s(),
          [&](std::uint32_t other, std::int64_t time) { return facts.time_s(other) < time; });
      return first != over.end() && facts.time_s(*first) <= facts.time_s(row) + run.window_s();
    };
    const auto found = rows_in_windows(
        facts,
        chosen(deposits,
               [&](std::uint32_t row) {
                 const Int128 amount = facts.transfers.amount[row];
                 return amount < threshold && amount * 100 >= threshold * run["min_percent"] &&
                        !near_one_over(row);
               }),
        run.window_s(), [&](const WindowCounts& window) {
          return static_cast<std::int64_t>(window.n_rows()) >= run["min_rows"];
        });
    if (!found.empty()) run.hit(a, found);
  }
}

void see_many_branches_one_day(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  if (!facts.has_places()) return run.not_looked_for("no row states a place");
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!facts.is_account(a)) continue;
    std::map<std::int64_t, std::set<std::uint32_t>> places;  // by day
    const auto deposits = paid_in(facts, a);
    for (const std::uint32_t row : deposits)
      if (facts.place(row) != 0) places[facts.day(row)].insert(facts.place(row));
    const auto found =
        rows_in_windows(facts,
                        chosen(deposits,
                               [&](std::uint32_t row) {
                                 return facts.place(row) != 0 &&
                                        static_cast<std::int64_t>(places[facts.day(row)].size()) >=
                                            run["min_places"];
                               }),
                        run.window_s(), [&](const WindowCounts& window) {
                          return static_cast<std::int64_t>(window.n_days()) >= run["min_days"];
                        });
    if (!found.empty()) run.hit(a, found);
  }
}

void see_third_party_cash(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!facts.is_account(a)) continue;
    const auto found =
        rows_in_windows(facts,
                        chosen(paid_in(facts, a),
                               [&](std::uint32_t row) {
                                 const std::uint32_t payer = facts.transfers.from[row];
                                 return payer != a && facts.is_account(payer);
                               }),
                        run.window_s(), [&](const WindowCounts& window) {
                          return static_cast<std::int64_t>(window.n_payers()) >= run["min_people"];
                        });
    if (found.empty()) continue;
    std::set<std::uint32_t> others;
    for (const std::uint32_t row : found) others.insert(facts.transfers.from[row]);
    run.hit(a, found, {{"n_others", std::to_string(others.size())}});
  }
}

void see_round_cash(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  const Int128 unit = run.units("round_to");
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!facts.is_account(a)) continue;
    const auto deposits = paid_in(facts, a);
    const auto round = chosen(
        deposits, [&](std::uint32_t row) { return facts.transfers.amount[row] % unit == 0; });
    const auto found =
        rows_in_windows(facts, round, run.window_s(), [&](const WindowCounts& window) {
          return static_cast<std::int64_t>(window.n_rows()) >= run["min_rows"];
        });
    if (found.empty()) continue;
    const auto meanwhile = std::count_if(deposits.begin(), deposits.end(), [&](std::uint32_t row) {
      return row >= found.front() && row <= found.back();
    });
    if (static_cast<std::int64_t>(found.size()) * 100 < meanwhile * run["min_percent"]) continue;
    run.hit(a, found);
  }
}

void see_cash_to_untraceable(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  constexpr PaymentClasses kUntraceable =
      bit(PaymentClass::prepaid) | bit(PaymentClass::crypto) | bit(PaymentClass::processor);
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!facts.is_account(a)) continue;
    const auto deposits = paid_in(facts, a);
    if (deposits.empty()) continue;
    std::map<std::uint32_t, std::vector<std::uint32_t>> before;  // by payment
    for (const std::uint32_t row : facts.paid(a)) {
      if (!facts.is_any(row, kUntraceable)) continue;
      std::vector<std::uint32_t> cash;
      for (auto at = std::lower_bound(deposits.begin(), deposits.end(), row);
           at != deposits.begin() &&
           facts.time_s(row) - facts.time_s(*(at - 1)) <= run["within_days"] * kDay_s;
           --at)
        if (facts.transfers.currency[*(at - 1)] == facts.transfers.currency[row])
          cash.push_back(*(at - 1));
      if (sum_of(facts, cash) * 100 >= facts.transfers.amount[row] * run["min_percent"] &&
          !cash.empty())
        before.emplace(row, std::move(cash));
    }
    std::vector<std::uint32_t> payments;
    for (const auto& [row, cash] : before) payments.push_back(row);
    const auto found =
        rows_in_windows(facts, payments, run.window_s(), [&](const WindowCounts& window) {
          return static_cast<std::int64_t>(window.n_rows()) >= run["min_rows"];
        });
    if (found.empty()) continue;
    auto rows = found;
    for (const std::uint32_t row : found)
      rows.insert(rows.end(), before[row].begin(), before[row].end());
    run.hit(a, rows, {{"n_rows", std::to_string(found.size())}});
  }
}

}  // namespace ovillo::money
