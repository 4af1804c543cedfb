#include "ovillo/money/transfers.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>

namespace ovillo::money {

namespace {

// Moves names into byte order. @return new position by old.
std::vector<std::uint32_t> sort_names(const std::unordered_map<std::string, std::uint32_t>& names,
                                      StringColumn& sorted) {
  std::vector<std::pair<std::string_view, std::uint32_t>> order(names.begin(), names.end());
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> now(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    now[order[i].second] = i;
    sorted.push_back(order[i].first);
  }
  return now;
}

template <class T>
void reorder(std::vector<T>& column, const std::vector<std::uint32_t>& order) {
  std::vector<T> out;
  out.reserve(column.size());
  for (const std::uint32_t i : order) out.push_back(column[i]);
  column = std::move(out);
}

void reorder(StringColumn& column, const std::vector<std::uint32_t>& order) {
  StringColumn out;
  out.reserve(column.size(), column.arena().size());
  for (const std::uint32_t i : order) out.push_back(column[i]);
  column = std::move(out);
}

// The amounts in the finest scale among them. Their sum fits, too.
Result<void> to_one_scale(const std::vector<Decimal>& amounts, Transfers& rows) {
  for (const Decimal& amount : amounts) rows.scale = std::max(rows.scale, amount.scale);
  constexpr Int128 kMost = (((Int128{1} << 126) - 1) << 1) + 1;
  Int128 sum = 0;
  for (const Decimal& amount : amounts) {
    Int128 value = amount.unscaled;
    for (int i = amount.scale; i < rows.scale; ++i) {
      if (value > kMost / 10) return Error(ErrorCode::money_amounts_too_large);
      value *= 10;
    }
    if (sum > kMost - value) return Error(ErrorCode::money_amounts_too_large);
    sum += value;
    rows.amount.push_back(value);
  }
  return {};
}

}  // namespace

Result<std::uint32_t> Transfers::find_account(std::string_view name) const {
  std::uint32_t low = 0;
  auto high = static_cast<std::uint32_t>(account.size());
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (account[middle] < name) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == account.size() || account[low] != name)
    return Error(ErrorCode::money_unknown_account, "\"" + std::string(name) + "\"");
  return low;
}

std::uint32_t TransferTable::position(Names& names, std::string_view name) {
  return names.try_emplace(std::string(name), static_cast<std::uint32_t>(names.size()))
      .first->second;
}

Result<void> TransferTable::add(const TransferRow& row) {
  if (row.from.empty() || row.to.empty()) return Error(ErrorCode::money_no_account);
  if (!row.time) return Error(ErrorCode::money_bad_time);
  if (!row.amount || row.amount->unscaled <= 0) return Error(ErrorCode::money_bad_amount);
  if (rows_.size() >= std::numeric_limits<std::uint32_t>::max())
    return Error(ErrorCode::money_too_many_transfers);
  rows_.id.push_back(row.id);
  rows_.from.push_back(position(accounts_, row.from));
  rows_.to.push_back(position(accounts_, row.to));
  rows_.time_s.push_back(row.time->begin_utc_s);
  rows_.offset_s.push_back(row.time->offset_s);
  rows_.has_hour.push_back(row.time->precision >= TimePrecision::minute ? 1 : 0);
  amount_.push_back(*row.amount);
  rows_.currency.push_back(static_cast<std::uint16_t>(position(currencies_, row.currency)));
  rows_.row.push_back(row.row);
  rows_.channel.push_back(row.channel);
  rows_.text.push_back(row.text);
  rows_.place.push_back(row.place);
  return {};
}

Result<Transfers> TransferTable::finish() && {
  OVILLO_CHECK(to_one_scale(amount_, rows_));
  amount_ = {};
  const auto account = sort_names(accounts_, rows_.account);
  const auto currency = sort_names(currencies_, rows_.currencies);
  for (auto& a : rows_.from) a = account[a];
  for (auto& a : rows_.to) a = account[a];
  for (auto& c : rows_.currency) c = static_cast<std::uint16_t>(currency[c]);
  std::vector<std::uint32_t> order(rows_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (rows_.time_s[a] != rows_.time_s[b]) return rows_.time_s[a] < rows_.time_s[b];
    if (rows_.id[a] != rows_.id[b]) return rows_.id[a] < rows_.id[b];
    return rows_.row[a] < rows_.row[b];
  });
  reorder(rows_.id, order);
  reorder(rows_.from, order);
  reorder(rows_.to, order);
  reorder(rows_.time_s, order);
  reorder(rows_.offset_s, order);
  reorder(rows_.has_hour, order);
  reorder(rows_.amount, order);
  reorder(rows_.currency, order);
  reorder(rows_.row, order);
  reorder(rows_.channel, order);
  reorder(rows_.text, order);
  reorder(rows_.place, order);
  return std::move(rows_);
}

}  // namespace ovillo::money
