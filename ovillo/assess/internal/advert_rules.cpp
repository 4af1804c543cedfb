// Rules over adverts and time that speak for a person working for themself.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "ovillo/assess/internal/rules.hpp"
#include "ovillo/base/decimal.hpp"

namespace ovillo::assess {

namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

// "150.00 EUR/hour" as an amount and "EUR/hour".
struct Price {
  Int128 amount_minor = 0;  // hundredths
  std::string_view unit;
};

std::optional<Price> read_price(std::string_view canonical) {
  const std::size_t space = canonical.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto amount = parse_decimal(canonical.substr(0, space), DecimalMark::point);
  if (!amount || amount->scale > 2 || amount->unscaled <= 0) return std::nullopt;
  Int128 minor = amount->unscaled;
  for (int scale = amount->scale; scale < 2; ++scale) minor *= 10;
  return Price{minor, canonical.substr(space + 1)};
}

bool is_own(Role role) {
  return role == Role::mentioned || role == Role::subject || role == Role::author;
}

std::set<std::string_view> values_of(const RecordFacts& record, FindKind kind) {
  std::set<std::string_view> out;
  for (std::size_t f = 0; f < record.find_kind.size(); ++f)
    if (record.find_kind[f] == kind && is_own(record.find_role[f]))
      out.insert(record.find_canonical[f]);
  return out;
}

}  // namespace

// Adverts of one phone whose prices in one unit stay together and above the floor.
std::optional<Sighting> see_steady_price(const Rule& rule, const NetworkFacts& facts) {
  struct Held {
    Int128 low = 0, high = 0;
    std::set<std::uint32_t> records;
    std::vector<Evidence> evidence;
  };
  std::map<std::pair<std::string_view, std::string_view>, Held> by_phone_and_unit;
  Sighting out;
  for (std::uint32_t r = 0; r < facts.records.size(); ++r) {
    const RecordFacts& record = facts.records[r];
    if (!looks_at(rule, record.kind)) continue;
    ++out.counts.of;
    const auto phones = values_of(record, FindKind::phone);
    if (phones.size() != 1) continue;
    for (std::uint32_t f = 0; f < record.find_kind.size(); ++f) {
      if (record.find_kind[f] != FindKind::price) continue;
      const auto price = read_price(record.find_canonical[f]);
      if (!price || !rule.floor.contains(std::string(price->unit))) continue;
      Held& held = by_phone_and_unit[{*phones.begin(), price->unit}];
      held.low =
          held.records.empty() ? price->amount_minor : std::min(held.low, price->amount_minor);
      held.high = std::max(held.high, price->amount_minor);
      held.records.insert(r);
      held.evidence.push_back(facts.evidence({r, f}));
    }
  }
  std::set<std::uint32_t> records;
  std::set<std::string_view> phones;
  for (const auto& [key, held] : by_phone_and_unit) {
    const std::int64_t floor = rule.floor.at(std::string(key.second));
    if (static_cast<std::int64_t>(held.records.size()) < rule.min_values) continue;
    if (held.low < Int128{floor} * 100) continue;
    if ((held.high - held.low) * 100 > held.high * rule.tolerance_percent) continue;
    records.insert(held.records.begin(), held.records.end());
    phones.insert(key.first);
    out.evidence.insert(out.evidence.end(), held.evidence.begin(), held.evidence.end());
  }
  out.counts.records = static_cast<std::int64_t>(records.size());
  out.counts.values = static_cast<std::int64_t>(phones.size());
  return enough(rule, std::move(out));
}

// A phone that is the only one in its records, under at most one name and one author, for long.
std::optional<Sighting> see_long_lived_value(const Rule& rule, const NetworkFacts& facts) {
  struct Life {
    std::vector<FindAt> places;
    std::set<std::string_view> names, authors;
    std::optional<std::int64_t> first, last;
    bool shared = false;
  };
  std::map<Value, Life> lives;
  Sighting out;
  for (std::uint32_t r = 0; r < facts.records.size(); ++r) {
    const RecordFacts& record = facts.records[r];
    if (!looks_at(rule, record.kind)) continue;
    ++out.counts.of;
    for (const FindKind kind : rule.finds) {
      const auto values = values_of(record, kind);
      for (std::uint32_t f = 0; f < record.find_kind.size(); ++f) {
        if (record.find_kind[f] != kind || !is_own(record.find_role[f])) continue;
        Life& life = lives[facts.value({r, f})];
        life.places.push_back({r, f});
        life.shared = life.shared || values.size() > 1;
        const auto names = values_of(record, FindKind::name);
        life.names.insert(names.begin(), names.end());
        for (std::uint32_t a = 0; a < record.find_kind.size(); ++a)
          if (record.find_role[a] == Role::author) life.authors.insert(record.find_canonical[a]);
        if (!record.time_utc_s) continue;
        life.first = std::min(life.first.value_or(*record.time_utc_s), *record.time_utc_s);
        life.last = std::max(life.last.value_or(*record.time_utc_s), *record.time_utc_s);
      }
    }
  }
  std::set<std::uint32_t> records;
  for (const auto& [value, life] : lives) {
    if (life.shared || life.names.size() > 1 || life.authors.size() > 1) continue;
    if (!life.first || !life.last) continue;
    const std::int64_t days = (*life.last - *life.first) / kSecondsPerDay;
    if (days < rule.min_days) continue;
    ++out.counts.values;
    out.counts.days = std::max(out.counts.days, days);
    for (const FindAt& at : life.places) {
      records.insert(at.record);
      out.evidence.push_back(facts.evidence(at));
    }
  }
  out.counts.records = static_cast<std::int64_t>(records.size());
  return enough(rule, std::move(out));
}

}  // namespace ovillo::assess
