#include "ovillo/assess/internal/rules.hpp"

#include <algorithm>
#include <tuple>

namespace ovillo::assess {

namespace {

bool contains(const auto& list, const auto& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::int64_t n_looked_at(const Rule& rule, const NetworkFacts& facts) {
  return std::count_if(facts.records.begin(), facts.records.end(),
                       [&](const RecordFacts& r) { return looks_at(rule, r.kind); });
}

/// Calls body(FindAt) for each find that the rule's kinds, finds and roles name.
template <class Body>
void for_each_find(const Rule& rule, const NetworkFacts& facts, Body&& body) {
  for (std::uint32_t r = 0; r < facts.records.size(); ++r) {
    const RecordFacts& record = facts.records[r];
    if (!looks_at(rule, record.kind)) continue;
    for (std::uint32_t f = 0; f < record.find_kind.size(); ++f) {
      if (!rule.finds.empty() && !contains(rule.finds, record.find_kind[f])) continue;
      if (!rule.roles.empty() && !contains(rule.roles, record.find_role[f])) continue;
      body(FindAt{r, f});
    }
  }
}

bool is_contact_role(Role role) {
  return role == Role::mentioned || role == Role::subject || role == Role::author;
}

// Whether find f of a record is what "over" asks for.
bool is_over(std::string_view over, FindKind kind, Role role) {
  if (over == "author") return role == Role::author;
  if (over == "name")
    return kind == FindKind::name && role != Role::author && is_contact_role(role);
  return kind == FindKind::phone && is_contact_role(role);
}

std::set<Value> values_over(const NetworkFacts& facts, const std::vector<FindAt>& places,
                            std::string_view over) {
  std::set<Value> out;
  for (const FindAt& at : places) {
    const RecordFacts& record = facts.records[at.record];
    for (std::uint32_t f = 0; f < record.find_kind.size(); ++f)
      if (is_over(over, record.find_kind[f], record.find_role[f]))
        out.insert(facts.value({at.record, f}));
  }
  return out;
}

// What the places are spread over: authors where any is stated, and only then names. A name may be
// misread, or one of several that a person uses; an account is the platform's own word.
std::set<Value> spread_over(const Rule& rule, const NetworkFacts& facts,
                            const std::vector<FindAt>& places) {
  for (const std::string& what : rule.over)
    if (auto values = values_over(facts, places, what); !values.empty()) return values;
  return {};
}

std::int64_t n_records(const std::vector<FindAt>& places) {
  std::int64_t n = 0;
  for (std::size_t i = 0; i < places.size(); ++i)
    n += i == 0 || places[i].record != places[i - 1].record;
  return n;
}

}  // namespace

bool is_identifier(FindKind kind) {
  switch (kind) {
    case FindKind::phone:
    case FindKind::email:
    case FindKind::handle:
    case FindKind::iban:
    case FindKind::account:
    case FindKind::card:
    case FindKind::wallet:
      return true;
    default:
      return false;
  }
}

bool looks_at(const Rule& rule, RecordKind kind) {
  return rule.kinds.empty() || contains(rule.kinds, kind);
}

std::optional<Sighting> enough(const Rule& rule, Sighting sighting) {
  auto& evidence = sighting.evidence;
  const auto key = [](const Evidence& e) {
    return std::tuple(e.record, e.column, e.span.begin, e.span.end);
  };
  std::sort(evidence.begin(), evidence.end(),
            [&](const Evidence& a, const Evidence& b) { return key(a) < key(b); });
  evidence.erase(std::unique(evidence.begin(), evidence.end()), evidence.end());
  const Counts& n = sighting.counts;
  if (n.records == 0 || n.records < rule.min_records) return std::nullopt;
  if (n.records * 100 < n.of * rule.min_share_percent) return std::nullopt;
  return sighting;
}

std::optional<Sighting> see(const Indicator& indicator, std::size_t i, const NetworkFacts& facts) {
  const Rule& rule = indicator.rule;
  switch (rule.kind) {
    case RuleKind::phrases:
      return see_phrases(indicator, i, facts);
    case RuleKind::texts_share_value:
      return see_texts_share_value(indicator, i, facts);
    case RuleKind::written_as:
      return see_written_as(rule, facts);
    case RuleKind::values_in_template:
      return see_values_in_template(rule, facts);
    case RuleKind::value_over_many:
      return see_value_over_many(rule, facts);
    case RuleKind::steady_price:
      return see_steady_price(rule, facts);
    case RuleKind::long_lived_value:
      return see_long_lived_value(rule, facts);
    case RuleKind::age_under:
      return see_age_under(rule, facts);
    case RuleKind::passed_on_same_day:
      return see_passed_on_same_day(rule, facts);
    case RuleKind::returned_transfer:
      return see_returned_transfer(indicator, i, facts);
    case RuleKind::cash_at_night:
      return see_cash_at_night(indicator, i, facts);
    case RuleKind::kinds_absent:
    case RuleKind::role_absent:
    case RuleKind::employers_unknown:
    case RuleKind::always:
      return see_absence(rule, facts);
  }
  return std::nullopt;
}

std::optional<Sighting> see_phrases(const Indicator& indicator, std::size_t i,
                                    const NetworkFacts& facts) {
  const Rule& rule = indicator.rule;
  Sighting out;
  out.counts.of = n_looked_at(rule, facts);
  for (std::size_t r = 0; r < facts.records.size(); ++r) {
    if (!looks_at(rule, facts.records[r].kind)) continue;
    bool seen = false;
    for (const auto& match : facts.matches[r]) {
      if (match.topic != first_topic(i)) continue;
      out.evidence.push_back(match.evidence);
      seen = true;
    }
    out.counts.records += seen;
  }
  return enough(rule, std::move(out));
}

// A record of the first text and another of the second that name one contact; a record that is both
// is neither.
std::optional<Sighting> see_texts_share_value(const Indicator& indicator, std::size_t i,
                                              const NetworkFacts& facts) {
  const Rule& rule = indicator.rule;
  struct Sides {
    std::vector<std::uint32_t> first, second;
  };
  std::map<Value, Sides> by_value;
  std::vector<const Evidence*> shown(facts.records.size(), nullptr);
  std::vector<char> is_first(facts.records.size(), 0), is_second(facts.records.size(), 0);
  for (std::size_t r = 0; r < facts.records.size(); ++r)
    for (const auto& match : facts.matches[r]) {
      if (match.topic != first_topic(i) && match.topic != second_topic(i)) continue;
      (match.topic == first_topic(i) ? is_first : is_second)[r] = 1;
      if (shown[r] == nullptr) shown[r] = &match.evidence;
    }
  for_each_find(rule, facts, [&](FindAt at) {
    if (is_first[at.record] == is_second[at.record]) return;
    Sides& sides = by_value[facts.value(at)];
    (is_first[at.record] ? sides.first : sides.second).push_back(at.record);
  });
  Sighting out;
  std::set<std::uint32_t> records;
  for (const auto& [value, sides] : by_value) {
    if (sides.first.empty() || sides.second.empty()) continue;
    ++out.counts.values;
    records.insert(sides.first.begin(), sides.first.end());
    records.insert(sides.second.begin(), sides.second.end());
  }
  for (const std::uint32_t r : records) out.evidence.push_back(*shown[r]);
  out.counts.records = static_cast<std::int64_t>(records.size());
  out.counts.of = n_looked_at(rule, facts);
  return enough(rule, std::move(out));
}

std::optional<Sighting> see_written_as(const Rule& rule, const NetworkFacts& facts) {
  Sighting out;
  std::set<std::uint32_t> records;
  std::set<Value> values;
  for_each_find(rule, facts, [&](FindAt at) {
    if (!contains(rule.written_as, facts.records[at.record].find_written_as[at.find])) return;
    records.insert(at.record);
    values.insert(facts.value(at));
    out.evidence.push_back(facts.evidence(at));
  });
  out.counts = {.records = static_cast<std::int64_t>(records.size()),
                .of = n_looked_at(rule, facts),
                .values = static_cast<std::int64_t>(values.size())};
  return enough(rule, std::move(out));
}

std::optional<Sighting> see_values_in_template(const Rule& rule, const NetworkFacts& facts) {
  std::map<std::int32_t, std::vector<FindAt>> by_template;
  for_each_find(rule, facts, [&](FindAt at) {
    const std::int32_t cluster = facts.records[at.record].cluster;
    if (cluster >= 0) by_template[cluster].push_back(at);
  });
  Sighting out;
  std::set<Value> all;
  for (const auto& [cluster, places] : by_template) {
    std::set<Value> values;
    for (const FindAt& at : places) values.insert(facts.value(at));
    if (static_cast<std::int64_t>(values.size()) < rule.min_values) continue;
    const auto authors = static_cast<std::int64_t>(values_over(facts, places, "author").size());
    if (authors > 0 && authors < rule.min_authors) continue;
    ++out.counts.over;
    all.insert(values.begin(), values.end());
    out.counts.records += n_records(places);
    for (const FindAt& at : places) out.evidence.push_back(facts.evidence(at));
  }
  out.counts.values = static_cast<std::int64_t>(all.size());
  out.counts.of = n_looked_at(rule, facts);
  return enough(rule, std::move(out));
}

std::optional<Sighting> see_value_over_many(const Rule& rule, const NetworkFacts& facts) {
  std::map<Value, std::vector<FindAt>> by_value;
  for_each_find(rule, facts, [&](FindAt at) { by_value[facts.value(at)].push_back(at); });
  Sighting out;
  for (const auto& [value, places] : by_value) {
    const bool accredited = facts.employers.contains(value.second);
    if (accredited ? rule.accredited == Accredited::never : rule.accredited == Accredited::only)
      continue;
    if (n_records(places) < rule.min_records) continue;
    const auto over = static_cast<std::int64_t>(spread_over(rule, facts, places).size());
    if (over < rule.min_over) continue;
    ++out.counts.values;
    out.counts.over = std::max(out.counts.over, over);
    out.counts.records += n_records(places);
    for (const FindAt& at : places) out.evidence.push_back(facts.evidence(at));
  }
  out.counts.of = n_looked_at(rule, facts);
  if (out.counts.values < rule.min_values) return std::nullopt;
  return enough(rule, std::move(out));
}

std::optional<Sighting> see_age_under(const Rule& rule, const NetworkFacts& facts) {
  Sighting out;
  for (std::uint32_t r = 0; r < facts.records.size(); ++r)
    for (const Evidence& evidence : stated_ages_under(rule, facts.records[r])) {
      out.evidence.push_back(evidence);
      ++out.counts.records;
      break;
    }
  return enough(rule, std::move(out));
}

std::vector<Evidence> stated_ages_under(const Rule& rule, const RecordFacts& record) {
  std::vector<Evidence> out;
  if (!looks_at(rule, record.kind)) return out;
  for (std::size_t f = 0; f < record.find_kind.size(); ++f) {
    if (record.find_kind[f] != FindKind::age) continue;
    if (!rule.written_as.empty() && !contains(rule.written_as, record.find_written_as[f])) continue;
    std::int64_t age = 0;
    for (const char c : record.find_canonical[f])
      age = c >= '0' && c <= '9' && age < 1000 ? age * 10 + (c - '0') : 1000;
    if (age >= rule.age_from && age < rule.age_below)
      out.push_back({record.index, record.find_column[f], record.find_span[f]});
  }
  return out;
}

// What nobody could see in these files. It rests on no record: evidence stays empty.
std::optional<Sighting> see_absence(const Rule& rule, const NetworkFacts& facts) {
  const auto any_record = [&](auto&& test) {
    return std::any_of(facts.records.begin(), facts.records.end(), test);
  };
  const auto has_role = [&](const RecordFacts& record) {
    return std::any_of(record.find_role.begin(), record.find_role.end(),
                       [&](Role role) { return contains(rule.roles, role); });
  };
  const bool looked = any_record([&](const RecordFacts& r) { return looks_at(rule, r.kind); });
  bool unknown = true;
  switch (rule.kind) {
    case RuleKind::kinds_absent:
      unknown = !looked;
      break;
    case RuleKind::role_absent:
      unknown = looked && !any_record(has_role);
      break;
    case RuleKind::employers_unknown:
      unknown = facts.employers.empty() && any_record(has_role);
      break;
    default:
      unknown = looked;
      break;
  }
  if (!unknown) return std::nullopt;
  return Sighting{};
}

}  // namespace ovillo::assess
