// Rules over transfers: earnings passed on, wages sent back, cash at night.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "ovillo/assess/internal/rules.hpp"

namespace ovillo::assess {

namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

struct Transfer {
  std::uint32_t record;
  std::vector<Value> from, to;
  std::int64_t local_day = 0;
  std::int64_t time_utc_s = 0;
};

// Transfers with a time, in the order of time and then of record.
std::vector<Transfer> dated_transfers(const NetworkFacts& facts) {
  std::vector<Transfer> out;
  for (std::uint32_t r = 0; r < facts.records.size(); ++r) {
    const RecordFacts& record = facts.records[r];
    if (record.kind != RecordKind::transfer || !record.time_utc_s) continue;
    const std::int64_t time_utc_s = *record.time_utc_s;
    const std::int64_t local_s = time_utc_s + record.local_offset_s;
    Transfer transfer{r, {}, {}, floor_div(local_s, kSecondsPerDay), time_utc_s};
    for (std::uint32_t f = 0; f < record.find_kind.size(); ++f) {
      if (!is_identifier(record.find_kind[f])) continue;
      if (record.find_role[f] == Role::from) transfer.from.push_back(facts.value({r, f}));
      if (record.find_role[f] == Role::to) transfer.to.push_back(facts.value({r, f}));
    }
    out.push_back(std::move(transfer));
  }
  std::stable_sort(out.begin(), out.end(), [](const Transfer& a, const Transfer& b) {
    return a.time_utc_s < b.time_utc_s;
  });
  return out;
}

// Accounts, wallets, phones that adverts name as a contact, an author or a payer.
std::set<Value> values_of_adverts(const NetworkFacts& facts) {
  std::set<Value> out;
  for (std::uint32_t r = 0; r < facts.records.size(); ++r) {
    if (facts.records[r].kind != RecordKind::advert) continue;
    for (std::uint32_t f = 0; f < facts.records[r].find_kind.size(); ++f)
      if (is_identifier(facts.records[r].find_kind[f])) out.insert(facts.value({r, f}));
  }
  return out;
}

bool has_match(const NetworkFacts& facts, std::uint32_t r, std::uint32_t topic) {
  return std::any_of(facts.matches[r].begin(), facts.matches[r].end(),
                     [&](const auto& match) { return match.topic == topic; });
}

}  // namespace

// Money that reaches an advert's account and leaves it for one other account on the same day, on
// several days.
std::optional<Sighting> see_passed_on_same_day(const Rule& rule, const NetworkFacts& facts) {
  const std::set<Value> of_adverts = values_of_adverts(facts);
  const std::vector<Transfer> transfers = dated_transfers(facts);
  std::map<std::pair<Value, std::int64_t>, std::vector<std::uint32_t>> received;  // by local day
  struct PassedOn {
    std::set<std::int64_t> days;
    std::set<std::uint32_t> records;
  };
  std::map<std::pair<Value, Value>, PassedOn> passed_on;
  for (const Transfer& transfer : transfers) {
    for (const Value& from : transfer.from) {
      const auto incoming = received.find({from, transfer.local_day});
      if (incoming == received.end()) continue;
      for (const Value& to : transfer.to) {
        if (to == from) continue;
        PassedOn& pair = passed_on[{from, to}];
        pair.days.insert(transfer.local_day);
        pair.records.insert(incoming->second.begin(), incoming->second.end());
        pair.records.insert(transfer.record);
      }
    }
    for (const Value& to : transfer.to)
      if (of_adverts.contains(to)) received[{to, transfer.local_day}].push_back(transfer.record);
  }
  Sighting out;
  std::set<Value> accounts;
  std::set<std::uint32_t> records;
  std::set<std::int64_t> days;
  for (const auto& [pair, seen] : passed_on) {
    if (static_cast<std::int64_t>(seen.days.size()) < rule.min_days) continue;
    accounts.insert(pair.first);
    days.insert(seen.days.begin(), seen.days.end());
    records.insert(seen.records.begin(), seen.records.end());
  }
  for (const std::uint32_t r : records) out.evidence.push_back(facts.evidence(r));
  out.counts = {.records = static_cast<std::int64_t>(records.size()),
                .of = static_cast<std::int64_t>(transfers.size()),
                .values = static_cast<std::int64_t>(accounts.size()),
                .days = static_cast<std::int64_t>(days.size())};
  return enough(rule, std::move(out));
}

// A wage (by its words) and, within the window, a transfer back to who paid it.
std::optional<Sighting> see_returned_transfer(const Indicator& indicator, std::size_t i,
                                              const NetworkFacts& facts) {
  const Rule& rule = indicator.rule;
  const std::vector<Transfer> transfers = dated_transfers(facts);
  std::map<std::pair<Value, Value>, const Transfer*> last_wage;  // payer, paid
  std::set<std::uint32_t> records;
  std::set<Value> people;
  std::map<Value, std::int64_t> n_returned;  // by payer
  std::map<Value, std::set<std::uint32_t>> records_of;
  std::map<Value, std::set<Value>> people_of;
  for (const Transfer& transfer : transfers) {
    const bool is_wage = has_match(facts, transfer.record, first_topic(i));
    for (const Value& from : transfer.from)
      for (const Value& to : transfer.to) {
        if (is_wage) {
          last_wage[{from, to}] = &transfer;
          continue;
        }
        const auto wage = last_wage.find({to, from});
        if (wage == last_wage.end()) continue;
        const std::int64_t days = transfer.local_day - wage->second->local_day;
        if (days > rule.window_days) continue;
        ++n_returned[to];
        records_of[to].insert({wage->second->record, transfer.record});
        people_of[to].insert(from);
        last_wage.erase(wage);
      }
  }
  Sighting out;
  for (const auto& [payer, n] : n_returned) {
    if (n < rule.min_values) continue;
    out.counts.over += 1;
    out.counts.days += n;
    records.insert(records_of[payer].begin(), records_of[payer].end());
    people.insert(people_of[payer].begin(), people_of[payer].end());
  }
  for (const std::uint32_t r : records) out.evidence.push_back(facts.evidence(r));
  out.counts.records = static_cast<std::int64_t>(records.size());
  out.counts.values = static_cast<std::int64_t>(people.size());
  out.counts.of = static_cast<std::int64_t>(transfers.size());
  return enough(rule, std::move(out));
}

// Cash by its words, between two hours of local time. A transfer that states only a day says
// nothing about the hour: midnight exactly is left out.
std::optional<Sighting> see_cash_at_night(const Indicator& indicator, std::size_t i,
                                          const NetworkFacts& facts) {
  const Rule& rule = indicator.rule;
  std::map<Value, std::vector<std::uint32_t>> by_account;
  Sighting out;
  for (std::uint32_t r = 0; r < facts.records.size(); ++r) {
    const RecordFacts& record = facts.records[r];
    if (record.kind != RecordKind::transfer || !record.time_utc_s) continue;
    ++out.counts.of;
    const std::int64_t local_s = *record.time_utc_s + record.local_offset_s;
    const std::int64_t second = local_s - floor_div(local_s, kSecondsPerDay) * kSecondsPerDay;
    const std::int64_t hour = second / 3'600;
    if (second == 0 || (hour < rule.from_hour && hour >= rule.to_hour)) continue;
    if (!has_match(facts, r, first_topic(i))) continue;
    for (std::uint32_t f = 0; f < record.find_kind.size(); ++f)
      if (record.find_role[f] == Role::to && is_identifier(record.find_kind[f])) {
        by_account[facts.value({r, f})].push_back(r);
        break;
      }
  }
  for (const auto& [account, records] : by_account) {
    if (static_cast<std::int64_t>(records.size()) < rule.min_records) continue;
    ++out.counts.values;
    out.counts.records += static_cast<std::int64_t>(records.size());
    for (const std::uint32_t r : records) out.evidence.push_back(facts.evidence(r));
  }
  return enough(rule, std::move(out));
}

}  // namespace ovillo::assess
