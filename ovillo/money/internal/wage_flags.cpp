// Flags that wages can raise: paid to one account, drawn together, returned; and no wages at all.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ovillo/base/decimal.hpp"
#include "ovillo/money/internal/flag_facts.hpp"

namespace ovillo::money {

namespace {

std::uint32_t n_accounts(const FlagFacts& facts) {
  return static_cast<std::uint32_t>(facts.transfers.account.size());
}

// What a payer pays an account as wages on one day, and the time within which what goes out again
// counts: up to the next wage of the payer.
struct Wage {
  std::vector<std::uint32_t> rows;  // of one day and currency
  std::uint32_t worker = 0;
  Int128 amount = 0;
  std::int64_t until_s = 0;
};

bool is_wage(const FlagFacts& facts, std::uint32_t row) {
  const Transfers& t = facts.transfers;
  return facts.is(row, PaymentClass::wage) && facts.cash(row) == CashKind::none &&
         t.from[row] != t.to[row] && facts.is_account(t.from[row]) && facts.is_account(t.to[row]);
}

std::vector<Wage> wages_of(const FlagFacts& facts, std::uint32_t payer, std::int64_t window_s) {
  const Transfers& t = facts.transfers;
  std::vector<Wage> out;
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::size_t> last;  // by worker and currency
  for (const std::uint32_t row : facts.paid(payer)) {
    if (!is_wage(facts, row)) continue;
    const auto [known, is_first] = last.try_emplace({t.to[row], t.currency[row]}, out.size());
    if (!is_first) {
      Wage& before = out[known->second];
      if (facts.day(before.rows.front()) == facts.day(row)) {
        before.rows.push_back(row);
        before.amount += t.amount[row];
        continue;
      }
      before.until_s = std::min(before.until_s, t.time_s[row] - 1);
      known->second = out.size();
    }
    out.push_back({{row}, t.to[row], t.amount[row], t.time_s[row] + window_s});
  }
  return out;
}

// Rows of `rows` (ascending) from the wage on until its time ends, in its currency. A row of the
// same second counts: many files state days only.
std::vector<std::uint32_t> after_wage(const FlagFacts& facts, const Wage& wage,
                                      std::span<const std::uint32_t> rows,
                                      const std::function<bool(std::uint32_t)>& wanted) {
  const auto first = std::lower_bound(
      rows.begin(), rows.end(), facts.time_s(wage.rows.front()),
      [&](std::uint32_t row, std::int64_t time) { return facts.time_s(row) < time; });
  std::vector<std::uint32_t> out;
  for (auto at = first; at != rows.end() && facts.time_s(*at) <= wage.until_s; ++at)
    if (facts.transfers.currency[*at] == facts.transfers.currency[wage.rows.front()] && wanted(*at))
      out.push_back(*at);
  return out;
}

std::vector<std::uint32_t> draws_after(const FlagFacts& facts, const Wage& wage) {
  return after_wage(facts, wage, facts.paid(wage.worker),
                    [&](std::uint32_t row) { return facts.cash(row) == CashKind::drawn; });
}

bool is_share(Int128 part, Int128 whole, std::int64_t percent) {
  return part * 100 >= whole * percent;
}

// What went on to one collector from the wages of one payer.
struct Returned {
  std::set<std::uint32_t> wages, workers, rows;
  void add(const Wage& wage, const std::vector<std::uint32_t>& more) {
    wages.insert(wage.rows.front());
    workers.insert(wage.worker);
    rows.insert(wage.rows.begin(), wage.rows.end());
    rows.insert(more.begin(), more.end());
  }
};
// Of no account.
constexpr std::uint32_t kNoAccount = 0xffff'ffff;
using ByCollector = std::map<std::uint32_t, Returned>;

// One hit of the payer for all collectors that got enough.
void tell_returned(FlagRun& run, std::uint32_t payer, const ByCollector& returned) {
  std::set<std::uint32_t> rows, wages, workers;
  std::vector<std::string> collectors;
  for (const auto& [collector, what] : returned) {
    if (static_cast<std::int64_t>(what.wages.size()) < run["min_returns"]) continue;
    if (collector != payer && static_cast<std::int64_t>(what.workers.size()) < run["min_workers"])
      continue;
    rows.insert(what.rows.begin(), what.rows.end());
    wages.insert(what.wages.begin(), what.wages.end());
    workers.insert(what.workers.begin(), what.workers.end());
    collectors.push_back(collector == payer ? std::string("the payer")
                                            : std::string(run.facts.transfers.account[collector]));
  }
  if (rows.empty()) return;
  run.hit(payer, {rows.begin(), rows.end()},
          {{"n_returns", std::to_string(wages.size())},
           {"workers", std::to_string(workers.size())},
           {"collectors", fmt::format("{}", fmt::join(collectors, ", "))}});
}

}  // namespace

void see_wages_to_one_account(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!facts.is_account(a)) continue;
    std::map<std::pair<std::uint32_t, std::int64_t>, std::vector<std::uint32_t>> by_payer_day;
    for (const std::uint32_t row : facts.received(a))
      if (is_wage(facts, row))
        by_payer_day[{facts.transfers.from[row], facts.day(row)}].push_back(row);
    std::map<std::uint32_t, std::vector<std::vector<std::uint32_t>>> days;  // by payer
    for (auto& [key, rows] : by_payer_day)
      if (static_cast<std::int64_t>(rows.size()) >= run["min_wages"])
        days[key.first].push_back(std::move(rows));
    std::vector<std::uint32_t> found;
    std::vector<std::string_view> payers;
    for (const auto& [payer, on_days] : days) {
      if (static_cast<std::int64_t>(on_days.size()) < run["min_days"]) continue;
      payers.push_back(facts.transfers.account[payer]);
      for (const auto& rows : on_days) found.insert(found.end(), rows.begin(), rows.end());
    }
    if (!found.empty()) run.hit(a, found, {{"payers", fmt::format("{}", fmt::join(payers, ", "))}});
  }
}

void see_wages_drawn_together(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  struct Group {
    std::set<std::uint32_t> workers, wages, rows;
  };
  for (std::uint32_t payer = 0; payer < n_accounts(facts); ++payer) {
    std::map<std::pair<std::int64_t, std::uint32_t>, Group> groups;  // by day and place of drawing
    for (const Wage& wage : wages_of(facts, payer, run.window_s())) {
      std::map<std::pair<std::int64_t, std::uint32_t>, std::vector<std::uint32_t>> draws;
      for (const std::uint32_t row : draws_after(facts, wage))
        draws[{facts.day(row), facts.place(row)}].push_back(row);
      for (const auto& [key, rows] : draws) {
        if (!is_share(sum_of(facts, rows), wage.amount, run["min_percent"])) continue;
        Group& group = groups[key];
        group.workers.insert(wage.worker);
        group.wages.insert(wage.rows.front());
        group.rows.insert(wage.rows.begin(), wage.rows.end());
        group.rows.insert(rows.begin(), rows.end());
      }
    }
    std::set<std::uint32_t> rows, workers;
    std::set<std::int64_t> draw_days, pay_days;
    for (const auto& [key, group] : groups) {
      if (static_cast<std::int64_t>(group.workers.size()) < run["min_workers"]) continue;
      rows.insert(group.rows.begin(), group.rows.end());
      workers.insert(group.workers.begin(), group.workers.end());
      draw_days.insert(key.first);
      for (const std::uint32_t wage : group.wages) pay_days.insert(facts.day(wage));
    }
    const std::size_t n_days = std::min(draw_days.size(), pay_days.size());
    if (rows.empty() || static_cast<std::int64_t>(n_days) < run["min_days"]) continue;
    run.hit(payer, {rows.begin(), rows.end()},
            {{"n_days", std::to_string(n_days)}, {"workers", std::to_string(workers.size())}});
  }
}

namespace {

// Cash paid in by nobody named, by account and by amount.
class UnnamedCash {
 public:
  explicit UnnamedCash(const FlagFacts& facts) : facts_(facts) {
    for (std::uint32_t row = 0; row < facts.transfers.size(); ++row) {
      if (!is_unnamed(row)) continue;
      by_amount_[{facts.transfers.currency[row], facts.transfers.amount[row]}].push_back(row);
      ++n_[facts.transfers.to[row]];
    }
  }
  [[nodiscard]] bool is_unnamed(std::uint32_t row) const {
    const Transfers& t = facts_.transfers;
    return facts_.cash(row) == CashKind::paid_in &&
           (!facts_.is_account(t.from[row]) || t.from[row] == t.to[row]);
  }
  [[nodiscard]] std::size_t n_of(std::uint32_t account) const {
    const auto known = n_.find(account);
    return known == n_.end() ? 0 : known->second;
  }
  /// Of that amount, to another account than `not_to`, in [from_s, until_s].
  [[nodiscard]] std::vector<std::uint32_t> of(std::uint16_t currency, Int128 amount,
                                              std::uint32_t not_to, std::int64_t from_s,
                                              std::int64_t until_s) const {
    std::vector<std::uint32_t> out;
    const auto known = by_amount_.find({currency, amount});
    if (known == by_amount_.end()) return out;
    const auto& rows = known->second;
    const auto first = std::lower_bound(
        rows.begin(), rows.end(), from_s,
        [&](std::uint32_t row, std::int64_t time) { return facts_.time_s(row) < time; });
    for (auto at = first; at != rows.end() && facts_.time_s(*at) <= until_s; ++at)
      if (facts_.transfers.to[*at] != not_to) out.push_back(*at);
    return out;
  }

 private:
  const FlagFacts& facts_;
  std::map<std::pair<std::uint16_t, Int128>, std::vector<std::uint32_t>> by_amount_;
  std::map<std::uint32_t, std::size_t> n_;
};

// Cash that the worker hands to another by name.
void see_handed_over(const FlagRun& run, const Wage& wage, ByCollector& returned) {
  const FlagFacts& facts = run.facts;
  std::map<std::uint32_t, std::vector<std::uint32_t>> to;
  for (const std::uint32_t row :
       after_wage(facts, wage, facts.paid(wage.worker), [&](std::uint32_t r) {
         return facts.cash(r) == CashKind::paid_in && facts.transfers.to[r] != wage.worker;
       }))
    to[facts.transfers.to[row]].push_back(row);
  for (const auto& [collector, rows] : to)
    if (is_share(sum_of(facts, rows), wage.amount, run["min_percent"]))
      returned[collector].add(wage, rows);
}

struct Pool {
  Int128 drawn = 0;
  Int128 wages = 0;
  std::int64_t from_s = 0;
  std::int64_t until_s = 0;
  std::vector<std::pair<Wage, std::vector<std::uint32_t>>> parts;
  std::set<std::uint32_t> workers;
};

}  // namespace

void see_wages_returned_in_cash(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  const Transfers& t = facts.transfers;
  const UnnamedCash unnamed(facts);
  for (std::uint32_t payer = 0; payer < n_accounts(facts); ++payer) {
    ByCollector named;
    ByCollector matched;
    std::map<std::uint32_t, std::set<std::uint32_t>> deposits;     // matched ones, by collector
    std::map<std::pair<std::int64_t, std::uint16_t>, Pool> pools;  // by pay day and currency
    for (const Wage& wage : wages_of(facts, payer, run.window_s())) {
      see_handed_over(run, wage, named);
      const auto draws = draws_after(facts, wage);
      const Int128 drawn = sum_of(facts, draws);
      if (draws.empty() || !is_share(drawn, wage.amount, run["min_percent"])) continue;
      for (const std::uint32_t draw : draws)
        if (is_share(t.amount[draw], wage.amount, run["min_percent"]))
          for (const std::uint32_t deposit : unnamed.of(
                   t.currency[draw], t.amount[draw], wage.worker, t.time_s[draw], wage.until_s)) {
            matched[t.to[deposit]].add(wage, {draw, deposit});
            deposits[t.to[deposit]].insert(deposit);
          }
      Pool& pool = pools[{facts.day(wage.rows.front()), t.currency[wage.rows.front()]}];
      pool.drawn += drawn;
      pool.wages += wage.amount;
      pool.from_s = std::max(pool.from_s, t.time_s[draws.back()]);
      pool.until_s = std::max(pool.until_s, wage.until_s);
      pool.parts.emplace_back(wage, draws);
      pool.workers.insert(wage.worker);
    }
    // One sum paid in after several have drawn: to the payer a share of it will do, since that is
    // whose account it is; to anybody else it must be the whole of what was drawn.
    for (const auto& [key, pool] : pools) {
      if (static_cast<std::int64_t>(pool.workers.size()) < run["min_workers"]) continue;
      auto one_sum = unnamed.of(key.second, pool.drawn, kNoAccount, pool.from_s, pool.until_s);
      for (const std::uint32_t row : facts.received(payer))
        if (t.time_s[row] >= pool.from_s && t.time_s[row] <= pool.until_s &&
            unnamed.is_unnamed(row) && t.currency[row] == key.second &&
            t.amount[row] < pool.drawn && is_share(t.amount[row], pool.wages, run["min_percent"]))
          one_sum.push_back(row);
      for (const std::uint32_t deposit : one_sum) {
        if (pool.workers.contains(t.to[deposit])) continue;
        deposits[t.to[deposit]].insert(deposit);
        for (const auto& [wage, draws] : pool.parts) {
          auto rows = draws;
          rows.push_back(deposit);
          matched[t.to[deposit]].add(wage, rows);
        }
      }
    }
    for (const auto& [collector, what] : matched) {
      if (static_cast<std::int64_t>(deposits[collector].size()) * 100 <
          static_cast<std::int64_t>(unnamed.n_of(collector)) * run["min_share_of_deposits"])
        continue;
      Returned& all = named[collector];
      all.wages.insert(what.wages.begin(), what.wages.end());
      all.workers.insert(what.workers.begin(), what.workers.end());
      all.rows.insert(what.rows.begin(), what.rows.end());
    }
    tell_returned(run, payer, named);
  }
}

void see_wages_returned_by_transfer(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  const Transfers& t = facts.transfers;
  for (std::uint32_t payer = 0; payer < n_accounts(facts); ++payer) {
    ByCollector returned;
    for (const Wage& wage : wages_of(facts, payer, run.window_s())) {
      std::map<std::uint32_t, std::vector<std::uint32_t>> to;
      for (const std::uint32_t row :
           after_wage(facts, wage, facts.paid(wage.worker), [&](std::uint32_t r) {
             return facts.cash(r) == CashKind::none && t.to[r] != wage.worker &&
                    facts.is_account(t.to[r]) && !is_wage(facts, r);
           }))
        to[t.to[row]].push_back(row);
      for (const auto& [collector, rows] : to)
        if (is_share(sum_of(facts, rows), wage.amount, run["min_percent"]))
          returned[collector].add(wage, rows);
    }
    tell_returned(run, payer, returned);
  }
}

void see_recruitment_fees(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!facts.is_account(a)) continue;
    const auto found =
        rows_in_windows(facts,
                        chosen(facts.received(a),
                               [&](std::uint32_t row) {
                                 return facts.is(row, PaymentClass::recruitment_fee) &&
                                        facts.is_account(facts.transfers.from[row]);
                               }),
                        run.window_s(), [&](const WindowCounts& window) {
                          return static_cast<std::int64_t>(window.n_payers()) >= run["min_people"];
                        });
    if (found.empty()) continue;
    std::set<std::uint32_t> payers;
    for (const std::uint32_t row : found) payers.insert(facts.transfers.from[row]);
    run.hit(a, found, {{"n_others", std::to_string(payers.size())}});
  }
}

namespace {

// Whether the account is a firm of a trade that lives on labour, by its holder's sector, its own
// name, or what it is paid for.
bool lives_on_labour(const FlagFacts& facts, std::uint32_t account) {
  const auto says = [&](std::string_view words, WordPlace place) {
    return (facts.read(words, place) & bit(PaymentClass::labour_trade)) != 0;
  };
  if (const Holder* holder = facts.holder_of(account); holder != nullptr)
    if (says(holder->sector, WordPlace::text) || says(holder->name, WordPlace::names)) return true;
  if (says(facts.transfers.account[account], WordPlace::names)) return true;
  constexpr int kRows = 3;
  int n = 0;
  for (const std::uint32_t row : facts.received(account))
    if (facts.is(row, PaymentClass::labour_trade) &&
        says(facts.transfers.text[row], WordPlace::text) && ++n >= kRows)
      return true;
  return false;
}

}  // namespace

void see_no_payroll_at_growth(FlagRun& run) {
  const FlagFacts& facts = run.facts;
  const Transfers& t = facts.transfers;
  if (!facts.has_words()) return run.not_looked_for("no row states what it was for");
  for (std::uint32_t a = 0; a < n_accounts(facts); ++a) {
    if (!facts.is_account(a)) continue;
    const bool pays_people =
        std::any_of(facts.paid(a).begin(), facts.paid(a).end(), [&](std::uint32_t row) {
          return facts.is_any(row, bit(PaymentClass::wage) | bit(PaymentClass::payroll_cost));
        });
    if (pays_people) continue;
    std::map<std::uint16_t, std::map<std::int64_t, std::vector<std::uint32_t>>> months;
    for (const std::uint32_t row : facts.received(a))
      if (t.from[row] != a) months[t.currency[row]][facts.month(row)].push_back(row);
    for (const auto& [currency, by_month] : months) {
      const std::int64_t first = by_month.begin()->first;
      const std::int64_t n_months = by_month.rbegin()->first - first + 1;
      if (n_months < run["min_months"]) continue;
      const std::int64_t third = n_months / 3;
      Int128 all = 0;
      Int128 begin = 0;
      Int128 end = 0;
      std::vector<std::uint32_t> rows;
      for (const auto& [month, in_month] : by_month) {
        const Int128 sum = sum_of(facts, in_month);
        all += sum;
        if (month - first < third) begin += sum;
        if (month - first >= n_months - third) end += sum;
        rows.insert(rows.end(), in_month.begin(), in_month.end());
      }
      if (all < run.units("min_amount") * n_months ||
          end * 100 < begin * (100 + run["min_percent"]) || !lives_on_labour(facts, a))
        continue;
      run.hit(
          a, rows,
          {{"n_months", std::to_string(n_months)},
           {"average", std::to_string(static_cast<std::int64_t>(all / n_months / facts.units(1)))},
           {"growth", std::to_string(static_cast<std::int64_t>(end * 100 / begin) - 100)}});
    }
  }
}

}  // namespace ovillo::money
