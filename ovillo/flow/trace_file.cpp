#include "ovillo/flow/trace_file.hpp"

#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/base/time.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;

/// A trace in words of the file.
class Words {
 public:
  Words(const TraceOrder& order, const money::Transfers& transfers)
      : order_(order), transfers_(transfers) {}

  [[nodiscard]] std::string amount(Int128 value) const {
    return format_decimal({value, transfers_.scale});
  }
  [[nodiscard]] std::string_view account(std::uint32_t a) const { return transfers_.account[a]; }

  void write_csv(const money::Trace& trace, std::ostream& out) const {
    out << "rule,direction,tx_id,row,time,from,to,amount,traced,currency\n";
    for (const money::TraceStep& step : trace.step) {
      const std::uint32_t i = step.transfer;
      out << name_of(order_.options.rule) << ',' << name_of(order_.options.direction) << ','
          << csv_cell(transfers_.id[i]) << ',' << transfers_.row[i] << ','
          << format_utc(transfers_.time_s[i]) << ',' << csv_cell(account(transfers_.from[i])) << ','
          << csv_cell(account(transfers_.to[i])) << ',' << amount(transfers_.amount[i]) << ','
          << amount(step.traced) << ',' << csv_cell(currency(i)) << '\n';
    }
  }

  void write_json(const money::Trace& trace, std::ostream& out) const {
    Json steps = Json::array();
    for (const money::TraceStep& step : trace.step) {
      const std::uint32_t i = step.transfer;
      steps.push_back({{"tx_id", transfers_.id[i]},
                       {"row", transfers_.row[i]},
                       {"time", format_utc(transfers_.time_s[i])},
                       {"from", account(transfers_.from[i])},
                       {"to", account(transfers_.to[i])},
                       {"amount", amount(transfers_.amount[i])},
                       {"traced", amount(step.traced)}});
    }
    Json rests = Json::array();
    for (const auto& [a, rest] : trace.rests)
      rests.push_back({{"account", account(a)}, {"amount", amount(rest)}});
    Json out_json = {{"account", order_.account},
                     {"rule", name_of(order_.options.rule)},
                     {"direction", name_of(order_.options.direction)},
                     {"statement", "inference"},
                     {"currency", trace.step.empty() ? "" : currency(trace.step[0].transfer)},
                     {"steps", std::move(steps)},
                     {"rests", std::move(rests)}};
    if (order_.options.direction == money::TraceDirection::forward)
      out_json["earliest_arrival"] = arrivals();
    out << out_json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  }

 private:
  [[nodiscard]] std::string_view currency(std::uint32_t i) const {
    return transfers_.currencies[transfers_.currency[i]];
  }

  /// Accounts that money of the start can have reached in the time asked for, by account.
  [[nodiscard]] Json arrivals() const {
    const std::uint32_t start = *transfers_.find_account(order_.account);
    const std::int64_t from_s =
        transfers_.size() == 0 ? 0 : std::max(order_.options.from_s, transfers_.time_s[0]);
    const auto arrival = money::earliest_arrival(transfers_.edges(), start, from_s);
    Json out = Json::array();
    for (std::uint32_t a = 0; a < arrival.size(); ++a)
      if (a != start && arrival[a] <= order_.options.to_s && arrival[a] != money::kNeverReached)
        out.push_back({{"account", account(a)}, {"time", format_utc(arrival[a])}});
    return out;
  }

  const TraceOrder& order_;
  const money::Transfers& transfers_;
};

}  // namespace

Result<void> write_trace(const TraceOrder& order, const money::Transfers& transfers,
                         std::ostream& out) {
  if (order.options.from_s > order.options.to_s)
    return Error(ErrorCode::base_bad_argument, "the first day is after the last");
  OVILLO_TRY(const std::uint32_t account, transfers.find_account(order.account));
  OVILLO_TRY(const auto trace, money::trace(transfers, account, order.options));
  const Words words(order, transfers);
  if (order.json)
    words.write_json(trace, out);
  else
    words.write_csv(trace, out);
  return {};
}

Result<void> write_trace(const TraceOrder& order, std::ostream& out, std::ostream& warn) {
  OVILLO_TRY(const auto transfers, read_transfers(order.path, order.columns, order.zone, warn));
  return write_trace(order, transfers, out);
}

}  // namespace ovillo::flow
