// Flags that purchases, remittances and the way money passes through can raise.
#include <algorithm>
#include <deque>
#include <set>

#include "ovillo/money/internal/flag_facts.hpp"

namespace ovillo::money {

namespace {

// Rows of calendar weeks for which `enough` holds, given the week's rows.
std::vector<std::uint32_t> in_busy_weeks(
    const FlagFacts& facts, const std::vector<std::uint32_t>& rows,
    const std::function<bool(const std::vector<std::uint32_t>&)>& enough) {
  std::map<std::int64_t, std::vector<std::uint32_t>> weeks;
  for (const std::uint32_t row : rows) weeks[facts.week(row)].push_back(row);
  std::vector<std::uint32_t> out;
  for (const auto& [week, in_week] : weeks)
    if (enough(in_week)) out.insert(out.end(), in_week.begin(), in_week.end());
  std::sort(out.begin(), out.end());
  return out;
}

template <class Look>
void for_each_account(const FlagFacts& facts, const Look& look) {
  for (std::uint32_t a = 0; a < facts.transfers.account.size(); ++a)
    if (facts.is_account(a)) look(a);
}

std::function<bool(const WindowCounts&)> at_least_weeks(std::int64_t weeks) {
  return [weeks](const WindowCounts& window) {
    return static_cast<std::int64_t>(window.n_weeks()) >= weeks;
  };
}

// Whether a row of `rows` (ascending) lies within `near_s` of `time_s`; those that do.
std::vector<std::uint32_t> near(const FlagFacts& facts, const std::vector<std::uint32_t>& rows,
                                std::int64_t time_s, std::int64_t near_s) {
  const auto first =
      std::lower_bound(rows.begin(), rows.end(), time_s - near_s,
                       [&](std::uint32_t row, std::int64_t t) { return facts.time_s(row) < t; });
  std::vector<std::uint32_t> out;
  for (auto at = first; at != rows.end() && facts.time_s(*at) <= time_s + near_s; ++at)
    out.push_back(*at);
  return out;
}

}  // namespace

void see_advert_payments(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  for_each_account(facts, [&](std::uint32_t a) {
    if (facts.input.lawful_payers.contains(facts.transfers.account[a])) return;
    const auto adverts = chosen(
        facts.paid(a), [&](std::uint32_t row) { return facts.is(row, PaymentClass::advert); });
    const auto busy = in_busy_weeks(facts, adverts, [&](const std::vector<std::uint32_t>& week) {
      return static_cast<std::int64_t>(week.size()) >= run["min_in_week"];
    });
    const auto found =
        rows_in_windows(facts, busy, run.window_s(), at_least_weeks(run["min_weeks"]));
    if (!found.empty()) run.hit(a, found);
  });
}

void see_lodging_and_travel(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  const std::int64_t near_s = run["near_days"] * kDay_s;
  for_each_account(facts, [&](std::uint32_t a) {
    const auto travel = chosen(
        facts.paid(a), [&](std::uint32_t row) { return facts.is(row, PaymentClass::travel); });
    const auto stays = chosen(facts.paid(a), [&](std::uint32_t row) {
      return facts.is(row, PaymentClass::lodging) &&
             !near(facts, travel, facts.time_s(row), near_s).empty();
    });
    const auto found =
        rows_in_windows(facts, stays, run.window_s(), [&](const WindowCounts& window) {
          return static_cast<std::int64_t>(window.n_rows()) >= run["min_rows"] &&
                 static_cast<std::int64_t>(window.n_weeks()) >= run["min_weeks"];
        });
    if (found.empty()) return;
    std::set<std::int64_t> weeks;
    auto rows = found;
    for (const std::uint32_t row : found) {
      weeks.insert(facts.week(row));
      const auto beside = near(facts, travel, facts.time_s(row), near_s);
      rows.insert(rows.end(), beside.begin(), beside.end());
    }
    run.hit(a, rows,
            {{"n_rows", std::to_string(found.size())}, {"n_weeks", std::to_string(weeks.size())}});
  });
}

void see_living_costs_for_several(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  for_each_account(facts, [&](std::uint32_t a) {
    const auto found =
        rows_in_windows(facts,
                        chosen(facts.paid(a),
                               [&](std::uint32_t row) {
                                 return facts.is_any(row, bit(PaymentClass::pharmacy) |
                                                              bit(PaymentClass::lingerie));
                               }),
                        run.window_s(), [&](const WindowCounts& window) {
                          const auto at_least = [&](std::size_t n, std::string_view parameter) {
                            return static_cast<std::int64_t>(n) >= run[parameter];
                          };
                          return at_least(window.n_rows(), "min_rows") &&
                                 at_least(window.n_of(PaymentClass::pharmacy), "min_each") &&
                                 at_least(window.n_of(PaymentClass::lingerie), "min_each");
                        });
    if (found.empty()) return;
    run.hit(a, found);
  });
}

void see_places_of_use(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  if (!facts.has_places()) return run.not_looked_for("no row states a place");
  for_each_account(facts, [&](std::uint32_t a) {
    const auto used = chosen(facts.paid(a), [&](std::uint32_t row) {
      return facts.place(row) != 0 &&
             (facts.cash(row) == CashKind::drawn || facts.is(row, PaymentClass::card));
    });
    const auto busy = in_busy_weeks(facts, used, [&](const std::vector<std::uint32_t>& week) {
      std::set<std::uint32_t> places;
      for (const std::uint32_t row : week) places.insert(facts.place(row));
      return static_cast<std::int64_t>(places.size()) >= run["min_places"];
    });
    const auto found =
        rows_in_windows(facts, busy, run.window_s(), at_least_weeks(run["min_weeks"]));
    if (!found.empty()) run.hit(a, found);
  });
}

void see_remittances_to_one(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  for_each_account(facts, [&](std::uint32_t a) {
    const auto found = rows_in_windows(
        facts,
        chosen(facts.received(a),
               [&](std::uint32_t row) {
                 return facts.is(row, PaymentClass::remittance) && facts.transfers.from[row] != a &&
                        facts.is_account(facts.transfers.from[row]);
               }),
        run.window_s(), [&](const WindowCounts& window) {
          return static_cast<std::int64_t>(window.n_payers()) >= run["min_people"] &&
                 static_cast<std::int64_t>(window.n_rows()) >= run["min_rows"];
        });
    if (found.empty()) return;
    std::set<std::uint32_t> senders;
    for (const std::uint32_t row : found) senders.insert(facts.transfers.from[row]);
    run.hit(a, found, {{"n_others", std::to_string(senders.size())}});
  });
}

namespace {

// Payments in whose money had left in time, first in first out, with the payments out that took it.
struct PassedOn {
  std::vector<std::uint32_t> in;                           // all, ascending
  std::map<std::uint32_t, std::vector<std::uint32_t>> by;  // those passed on
};

PassedOn passed_on(const FlagRun& run, std::uint32_t account, std::uint16_t currency) {
  const FlagFacts& facts = run.facts;
  const Transfers& t = facts.transfers;
  struct Lot {
    std::uint32_t row;
    Int128 left;
    Int128 gone_in_time;
    std::vector<std::uint32_t> out;
  };
  std::deque<Lot> lots;
  PassedOn result;
  const auto close = [&](Lot&& lot) {
    if (lot.gone_in_time * 100 >= t.amount[lot.row] * run["min_percent"])
      result.by.emplace(lot.row, std::move(lot.out));
  };
  const auto counts = [&](std::uint32_t row) {
    return t.from[row] != t.to[row] && t.currency[row] == currency;
  };
  const auto in = chosen(facts.received(account), counts);
  const auto out = chosen(facts.paid(account), counts);
  auto next_in = in.begin();
  for (const std::uint32_t payment : out) {
    for (; next_in != in.end() && *next_in < payment; ++next_in)
      lots.push_back({*next_in, t.amount[*next_in], 0, {}});
    Int128 takes = t.amount[payment];
    while (takes > 0 && !lots.empty()) {
      Lot& lot = lots.front();
      const Int128 part = std::min(takes, lot.left);
      takes -= part;
      lot.left -= part;
      if (facts.time_s(payment) - facts.time_s(lot.row) <= run["within_hours"] * 3'600) {
        lot.gone_in_time += part;
        lot.out.push_back(payment);
      }
      if (lot.left > 0) break;
      close(std::move(lot));
      lots.pop_front();
    }
  }
  for (Lot& lot : lots) close(std::move(lot));
  result.in = in;
  return result;
}

}  // namespace

void see_pass_through(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  for_each_account(facts, [&](std::uint32_t a) {
    std::set<std::uint16_t> currencies;
    for (const std::uint32_t row : facts.received(a))
      currencies.insert(facts.transfers.currency[row]);
    for (const std::uint16_t currency : currencies) {
      const PassedOn passed = passed_on(run, a, currency);
      std::vector<std::uint32_t> in;
      for (const auto& [row, out] : passed.by) in.push_back(row);
      const auto found =
          rows_in_windows(facts, in, run.window_s(), [&](const WindowCounts& window) {
            return static_cast<std::int64_t>(window.n_rows()) >= run["min_rows"] &&
                   static_cast<std::int64_t>(window.n_days()) >= run["min_days"];
          });
      if (found.empty()) continue;
      // Near zero all the time: what came in meanwhile and stayed is little.
      const auto meanwhile = chosen(passed.in, [&](std::uint32_t row) {
        return row >= found.front() && row <= found.back();
      });
      if (sum_of(facts, found) * 100 < sum_of(facts, meanwhile) * run["min_percent"]) continue;
      std::set<std::uint32_t> out;
      std::set<std::int64_t> days;
      for (const std::uint32_t row : found) {
        out.insert(passed.by.at(row).begin(), passed.by.at(row).end());
        days.insert(facts.day(row));
      }
      if (static_cast<std::int64_t>(out.size()) * 100 >
          static_cast<std::int64_t>(found.size()) * run["max_out_percent"])
        continue;
      auto rows = found;
      rows.insert(rows.end(), out.begin(), out.end());
      run.hit(a, rows,
              {{"n_rows", std::to_string(found.size())}, {"n_days", std::to_string(days.size())}});
    }
  });
}

}  // namespace ovillo::money
