#include "ovillo/money/internal/flag_facts.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

namespace ovillo::money {

namespace {

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Classes of texts that come again and again, each read once.
class ReadOnce {
 public:
  ReadOnce(const PaymentWords& words, WordPlace place) : words_(words), place_(place) {}
  PaymentClasses operator()(std::string_view text) {
    const auto known = known_.find(text);
    if (known != known_.end()) return known->second;
    return known_.emplace(text, words_.read(text, place_)).first->second;
  }

 private:
  const PaymentWords& words_;
  WordPlace place_;
  std::unordered_map<std::string_view, PaymentClasses> known_;
};

}  // namespace

FlagFacts::FlagFacts(const FlagInput& given, const PaymentWords& words)
    : input(given), transfers(given.transfers), words_(words) {
  std::vector<PaymentClasses> of_name;
  for (std::size_t a = 0; a < transfers.account.size(); ++a) {
    const std::string_view name = transfers.account[a];
    of_name.push_back(words_.read(name, WordPlace::names));
    const auto desk = bit(PaymentClass::cash_desk) | bit(PaymentClass::machine);
    real_.push_back(name != kNotStated && (of_name.back() & desk) == 0 ? 1 : 0);
  }
  ReadOnce text(words_, WordPlace::text);
  ReadOnce channel(words_, WordPlace::channel);
  std::map<std::string, std::uint32_t> places;
  for (std::uint32_t i = 0; i < transfers.size(); ++i) {
    PaymentClasses said = text(transfers.text[i]) | channel(transfers.channel[i]);
    const std::uint32_t from = transfers.from[i];
    const std::uint32_t to = transfers.to[i];
    const bool one_side = (real_[from] != 0) != (real_[to] != 0);
    const bool desk = ((of_name[from] | of_name[to]) &
                       (bit(PaymentClass::cash_desk) | bit(PaymentClass::machine))) != 0;
    const bool cash = (said & (bit(PaymentClass::cash) | bit(PaymentClass::machine))) != 0 || desk;
    // The payee's name says what a payment was for, the payer's what was sold to them.
    classes_.push_back(said | of_name[from] | of_name[to]);
    CashKind kind = CashKind::none;
    if (cash && one_side) {
      kind = real_[from] != 0 ? CashKind::drawn : CashKind::paid_in;
    } else if (cash && real_[from] != 0 && (said & bit(PaymentClass::remittance)) == 0) {
      kind = (said & bit(PaymentClass::withdrawal)) != 0 ? CashKind::drawn : CashKind::paid_in;
    }
    cash_.push_back(kind);
    has_hours_ |= transfers.has_hour[i] != 0;
    has_words_ |= !transfers.text[i].empty() || !transfers.channel[i].empty();
    const std::string place = spaced_words(transfers.place[i]);
    has_places_ |= place != " ";
    place_.push_back(place == " "
                         ? 0
                         : places.try_emplace(place, static_cast<std::uint32_t>(places.size() + 1))
                               .first->second);
  }
  index_rows();
  for (std::uint32_t h = 0; h < input.holders.size(); ++h) {
    const auto [known, is_new] = holder_.try_emplace(input.holders[h].account, h);
    if (!is_new && input.holders[h].row < input.holders[known->second].row) known->second = h;
  }
}

void FlagFacts::index_rows() {
  const std::size_t n = transfers.account.size();
  out_begin_.assign(n + 1, 0);
  in_begin_.assign(n + 1, 0);
  for (std::uint32_t i = 0; i < transfers.size(); ++i) {
    ++out_begin_[transfers.from[i] + 1];
    ++in_begin_[transfers.to[i] + 1];
  }
  for (std::size_t a = 0; a < n; ++a) {
    out_begin_[a + 1] += out_begin_[a];
    in_begin_[a + 1] += in_begin_[a];
  }
  out_.resize(transfers.size());
  in_.resize(transfers.size());
  std::vector<std::uint64_t> out_at(out_begin_), in_at(in_begin_);
  for (std::uint32_t i = 0; i < transfers.size(); ++i) {
    out_[out_at[transfers.from[i]]++] = i;
    in_[in_at[transfers.to[i]]++] = i;
  }
}

std::string FlagFacts::place_name(std::uint32_t row) const {
  return place_[row] == 0 ? std::string("a place not stated") : std::string(transfers.place[row]);
}

std::int64_t FlagFacts::day(std::uint32_t row) const { return floor_div(local_s(row), kDay_s); }
// 1970-01-01 was a Thursday.
std::int64_t FlagFacts::week(std::uint32_t row) const { return floor_div(day(row) + 3, 7); }

// Months of the proleptic Gregorian calendar, counted from March so that leap days come last.
std::int64_t FlagFacts::month(std::uint32_t row) const {
  const std::int64_t z = day(row) + 719'468;
  const std::int64_t era = floor_div(z, 146'097);
  const std::int64_t of_era = z - era * 146'097;
  const std::int64_t year = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t march_month = (5 * of_year + 2) / 153;
  return 12 * (year + era * 400) + march_month + 2;
}

std::optional<int> FlagFacts::minute_of_day(std::uint32_t row) const {
  if (transfers.has_hour[row] == 0) return std::nullopt;
  return static_cast<int>((local_s(row) - day(row) * kDay_s) / 60);
}

Int128 FlagFacts::units(std::int64_t units) const {
  Int128 out = units;
  for (int i = 0; i < transfers.scale; ++i) out *= 10;
  return out;
}

const Holder* FlagFacts::holder_of(std::uint32_t account) const {
  const auto known = holder_.find(transfers.account[account]);
  return known == holder_.end() ? nullptr : &input.holders[known->second];
}

std::uint32_t FlagFacts::holder_index(std::uint32_t account) const {
  return holder_.find(transfers.account[account])->second;
}

void FlagRun::hit(std::uint32_t account, const std::vector<std::uint32_t>& rows, Numbers numbers) {
  std::vector<FlagRow> out;
  out.reserve(rows.size());
  for (const std::uint32_t row : rows) out.push_back({FlagTable::transfers, row});
  hit(facts.transfers.account[account], std::move(out), std::move(numbers));
}

void FlagRun::hit(std::string_view account, std::vector<FlagRow> rows, Numbers numbers) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  std::set<std::int64_t> days, weeks;
  std::set<std::uint32_t> places;
  for (const FlagRow& row : rows) {
    if (row.table != FlagTable::transfers) continue;
    days.insert(facts.day(row.index));
    weeks.insert(facts.week(row.index));
    if (facts.place(row.index) != 0) places.insert(facts.place(row.index));
  }
  numbers.try_emplace("n_rows", std::to_string(rows.size()));
  numbers.try_emplace("n_days", std::to_string(days.size()));
  numbers.try_emplace("n_weeks", std::to_string(weeks.size()));
  numbers.try_emplace("n_places", std::to_string(places.size()));
  for (const auto& [name, value] : flag_.parameters)
    numbers.try_emplace(name, std::to_string(value));
  std::string why;
  const std::string_view sentence = flag_.why;
  for (std::size_t at = 0; at < sentence.size();) {
    const std::size_t open = std::min(sentence.find('{', at), sentence.size());
    why += sentence.substr(at, open - at);
    if (open == sentence.size()) break;
    const std::size_t close = sentence.find('}', open);
    const auto number = numbers.find(sentence.substr(open + 1, close - open - 1));
    if (number != numbers.end()) why += number->second;
    at = close + 1;
  }
  report_.hit.push_back({number_, std::string(account), std::move(rows), std::move(why)});
}

void FlagRun::not_looked_for(std::string why) {
  report_.not_looked_for.push_back({number_, std::move(why)});
}

void WindowCounts::count(Counts& counts, std::int64_t key, int by) {
  if (by > 0) {
    ++counts[key];
    return;
  }
  const auto at = counts.find(key);
  if (--at->second == 0) counts.erase(at);
}

void WindowCounts::add(std::uint32_t row, int by) {
  const auto change = static_cast<std::size_t>(by);  // -1 wraps, and the sum back
  n_rows_ += change;
  for (std::size_t c = 0; c < n_of_.size(); ++c)
    if (facts_.is_any(row, 1u << c)) n_of_[c] += change;
  count(days_, facts_.day(row), by);
  count(weeks_, facts_.week(row), by);
  count(payers_, facts_.transfers.from[row], by);
  if (facts_.place(row) != 0) count(places_, facts_.place(row), by);
}

std::vector<std::uint32_t> rows_in_windows(const FlagFacts& facts,
                                           std::span<const std::uint32_t> rows,
                                           std::int64_t window_s,
                                           const std::function<bool(const WindowCounts&)>& enough) {
  WindowCounts counts(facts);
  std::vector<std::uint32_t> out;
  std::size_t first = 0;
  std::size_t told = 0;  // rows before this position are told or will not be
  for (std::size_t last = 0; last < rows.size(); ++last) {
    counts.add(rows[last], 1);
    while (facts.time_s(rows[last]) - facts.time_s(rows[first]) > window_s)
      counts.add(rows[first++], -1);
    if (!enough(counts)) continue;
    for (std::size_t i = std::max(first, told); i <= last; ++i) out.push_back(rows[i]);
    told = last + 1;
  }
  return out;
}

std::vector<std::uint32_t> chosen(std::span<const std::uint32_t> rows,
                                  const std::function<bool(std::uint32_t)>& wanted) {
  std::vector<std::uint32_t> out;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(out), wanted);
  return out;
}

Int128 sum_of(const FlagFacts& facts, std::span<const std::uint32_t> rows) {
  Int128 sum = 0;
  for (const std::uint32_t row : rows) sum += facts.transfers.amount[row];
  return sum;
}

}  // namespace ovillo::money
