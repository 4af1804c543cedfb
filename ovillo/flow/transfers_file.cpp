#include "ovillo/flow/transfers_file.hpp"

#include <ostream>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "ovillo/flow/plain_table.hpp"
#include "ovillo/money/flags.hpp"

namespace ovillo::flow {

namespace {

using Names = std::vector<std::string_view>;

Result<std::uint16_t> need(const RecordBatch& batch, const std::string& asked, const char* option,
                           const Names& common) {
  OVILLO_TRY(const auto column, column_known_as(batch, asked, common));
  if (column != kNoColumn) return column;
  return Error(ErrorCode::flow_no_such_column,
               fmt::format("none is called {}: name it with --{}", fmt::join(common, ", "), option),
               Locus{batch.file_name, batch.member, {}, {}, {}});
}

struct Located {
  std::uint16_t id, from, to, time, amount, currency, channel, text, place;
};

Result<Located> locate_all(const RecordBatch& batch, const TransferColumns& c) {
  Located at{};
  OVILLO_TRY(at.id, column_known_as(batch, c.id,
                                    {"tx_id", "transaction_id", "transfer_id", "id", "reference"}));
  OVILLO_TRY(at.from, need(batch, c.from, "from",
                           {"from_account", "from", "sender", "payer", "debtor_account", "debtor",
                            "from_ref", "source", "orig"}));
  OVILLO_TRY(at.to, need(batch, c.to, "to",
                         {"to_account", "to", "receiver", "beneficiary", "creditor_account",
                          "creditor", "payee", "to_ref", "target", "dest"}));
  OVILLO_TRY(at.time,
             need(batch, c.time, "time",
                  {"time", "timestamp", "datetime", "date", "booking_date", "value_date"}));
  OVILLO_TRY(at.amount, need(batch, c.amount, "amount", {"amount", "sum", "value"}));
  OVILLO_TRY(at.currency, column_known_as(batch, c.currency, {"currency", "ccy"}));
  OVILLO_TRY(at.channel,
             column_known_as(batch, c.channel,
                             {"channel", "payment_type", "payment_format", "method", "type"}));
  OVILLO_TRY(at.text, column_known_as(batch, c.text,
                                      {"text", "description", "purpose", "message", "remittance",
                                       "narrative", "communication"}));
  OVILLO_TRY(at.place, column_known_as(batch, c.place, {"place", "city", "branch", "location"}));
  return at;
}

}  // namespace

Result<money::Transfers> read_transfers(const std::string& path, const TransferColumns& columns,
                                        const std::string& zone_name, std::ostream& warn,
                                        OneSided one_sided) {
  Zone zone = Zone::utc();
  if (!zone_name.empty()) {
    OVILLO_TRY(zone, Zone::open(zone_name));
  }
  money::TransferTable table;
  std::uint64_t n_rejects = 0;
  std::uint64_t n_rows = 0;
  OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    OVILLO_TRY(const auto at, locate_all(batch, columns));
    for (std::size_t row = 0; row < batch.size(); ++row) {
      ++n_rows;
      const std::string number = fmt::format("{}", batch.row[row]);
      const auto text = [&](std::uint16_t column) {
        return without_blanks(cell(batch, row, column));
      };
      std::string_view from = text(at.from);
      std::string_view to = text(at.to);
      if (one_sided == OneSided::keep && from.empty() != to.empty())
        (from.empty() ? from : to) = money::kNotStated;
      const auto taken =
          table.add({.row = batch.row[row],
                     .id = at.id == kNoColumn ? std::string_view(number) : text(at.id),
                     .from = from,
                     .to = to,
                     .time = parse_time(text(at.time), zone, DateOrder::day_first),
                     .amount = parse_decimal(text(at.amount)),
                     .currency = text(at.currency),
                     .channel = text(at.channel),
                     .text = text(at.text),
                     .place = text(at.place)});
      if (taken) continue;
      if (taken.error().code() == ErrorCode::money_too_many_transfers) return taken.error();
      constexpr std::uint64_t kShown = 20;
      if (++n_rejects <= kShown)
        warn << fmt::format("{}: row {}, byte {}: {}\n", path, batch.row[row], batch.byte[row],
                            taken.error().message());
    }
    return {};
  }));
  if (n_rejects > 0) warn << fmt::format("{} of {} rows were not taken\n", n_rejects, n_rows);
  return std::move(table).finish();
}

}  // namespace ovillo::flow
