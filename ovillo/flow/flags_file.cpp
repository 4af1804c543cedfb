#include "ovillo/flow/flags_file.hpp"

#include <array>
#include <ostream>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/flow/plain_table.hpp"
#include "ovillo/money/flags.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;
using Names = std::vector<std::string_view>;

Error no_column(const RecordBatch& batch, const Names& names) {
  return Error(ErrorCode::flow_no_such_column,
               fmt::format("none is called {}", fmt::join(names, ", ")),
               Locus{batch.file_name, batch.member, {}, {}, {}});
}

Result<std::vector<money::Holder>> read_holders(const std::string& path, std::ostream& warn) {
  struct Part {
    std::string money::Holder::* member;
    Names names;
  };
  const std::array<Part, 10> parts = {{
      {&money::Holder::account, {"account", "iban", "account_number"}},
      {&money::Holder::name, {"name", "holder", "account_holder", "owner"}},
      {&money::Holder::kind, {"kind", "type", "holder_type", "legal_form"}},
      {&money::Holder::sector, {"sector", "trade", "activity", "nace"}},
      {&money::Holder::phone, {"phone", "telephone", "mobile"}},
      {&money::Holder::email, {"email", "e-mail", "mail"}},
      {&money::Holder::address, {"address"}},
      {&money::Holder::device, {"device", "device_id", "imei"}},
      {&money::Holder::opens, {"opens", "opening_time"}},
      {&money::Holder::closes, {"closes", "closing_time"}},
  }};
  std::vector<money::Holder> out;
  OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    std::array<std::uint16_t, parts.size()> at{};
    for (std::size_t p = 0; p < parts.size(); ++p) {
      OVILLO_TRY(at[p], column_known_as(batch, {}, parts[p].names));
    }
    if (at[0] == kNoColumn) return no_column(batch, parts[0].names);
    for (std::size_t row = 0; row < batch.size(); ++row) {
      money::Holder holder;
      holder.row = batch.row[row];
      for (std::size_t p = 0; p < parts.size(); ++p)
        holder.*parts[p].member = without_blanks(cell(batch, row, at[p]));
      if (!holder.account.empty()) out.push_back(std::move(holder));
    }
    return {};
  }));
  return out;
}

Result<std::vector<money::AdvertContact>> read_adverts(const std::string& path,
                                                       std::ostream& warn) {
  const Names contacts = {"contact", "phone", "email", "e-mail", "handle", "account"};
  std::vector<money::AdvertContact> out;
  OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    OVILLO_TRY(const auto payer, column_known_as(batch, {}, {"paid_by", "payer", "payer_account"}));
    std::vector<std::uint16_t> columns;
    for (const std::string_view name : contacts) {
      OVILLO_TRY(const auto column, column_known_as(batch, {}, {name}));
      if (column != kNoColumn) columns.push_back(column);
    }
    if (columns.empty()) return no_column(batch, contacts);
    for (std::size_t row = 0; row < batch.size(); ++row)
      for (const std::uint16_t column : columns)
        if (const auto contact = without_blanks(cell(batch, row, column)); !contact.empty())
          out.push_back({batch.row[row], std::string(contact),
                         std::string(without_blanks(cell(batch, row, payer)))});
    return {};
  }));
  return out;
}

Result<std::set<std::string, std::less<>>> read_lawful(const std::string& path,
                                                       std::ostream& warn) {
  std::set<std::string, std::less<>> out;
  OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    OVILLO_TRY(const auto account, column_at(batch, "account"));
    for (std::size_t row = 0; row < batch.size(); ++row)
      out.emplace(without_blanks(cell(batch, row, account)));
    return {};
  }));
  return out;
}

struct Answer {
  const money::FlagBook& book;
  const money::FlagInput& input;
  const money::FlagReport& report;

  [[nodiscard]] std::string id_of(const money::FlagRow& row) const {
    return row.table == money::FlagTable::transfers ? std::string(input.transfers.id[row.index])
                                                    : fmt::format("{}", file_row(row));
  }
  [[nodiscard]] std::uint64_t file_row(const money::FlagRow& row) const {
    switch (row.table) {
      case money::FlagTable::transfers:
        return input.transfers.row[row.index];
      case money::FlagTable::holders:
        return input.holders[row.index].row;
      case money::FlagTable::adverts:
        return input.adverts[row.index].row;
    }
    return 0;
  }
};

void write_csv(const Answer& answer, std::ostream& out) {
  out << "flag,account,rows,why,innocent,source\n";
  for (const money::FlagHit& hit : answer.report.hit) {
    const money::Flag& flag = answer.book.flags()[hit.flag];
    std::string rows;
    for (const money::FlagRow& row : hit.row) {
      if (!rows.empty()) rows += ';';
      if (row.table != money::FlagTable::transfers) rows += fmt::format("{}:", name_of(row.table));
      rows += answer.id_of(row);
    }
    out << flag.id << ',' << csv_cell(hit.account) << ',' << csv_cell(rows) << ','
        << csv_cell(hit.why) << ',' << csv_cell(flag.innocent) << ',' << csv_cell(flag.source)
        << '\n';
  }
}

void write_json(const Answer& answer, std::ostream& out) {
  Json hits = Json::array();
  for (const money::FlagHit& hit : answer.report.hit) {
    const money::Flag& flag = answer.book.flags()[hit.flag];
    Json rows = Json::array();
    for (const money::FlagRow& row : hit.row)
      rows.push_back({{"table", name_of(row.table)},
                      {"id", answer.id_of(row)},
                      {"row", answer.file_row(row)}});
    hits.push_back({{"flag", flag.id},
                    {"family", flag.number},
                    {"name", flag.name},
                    {"account", hit.account},
                    {"why", hit.why},
                    {"innocent", flag.innocent},
                    {"cannot_see", flag.cannot_see},
                    {"definition", flag.definition},
                    {"parameters", flag.parameters},
                    {"source", flag.source},
                    {"basis", flag.basis},
                    {"reviewed_by", flag.reviewed_by},
                    {"statement", "inference"},
                    {"rows", std::move(rows)}});
  }
  Json missing = Json::array();
  for (const money::NotLookedFor& one : answer.report.not_looked_for)
    missing.push_back({{"flag", answer.book.flags()[one.flag].id}, {"why", one.why}});
  out << Json{{"n_transfers", answer.input.transfers.size()},
              {"flags", std::move(hits)},
              {"not_looked_for", std::move(missing)}}
             .dump(2, ' ', false, Json::error_handler_t::replace)
      << '\n';
}

}  // namespace

Result<void> write_flags(const FlagsOrder& order, const std::filesystem::path& data,
                         std::ostream& out, std::ostream& warn) {
  OVILLO_TRY(const auto book, money::FlagBook::open(data));
  OVILLO_TRY(const auto transfers,
             read_transfers(order.path, order.columns, order.zone, warn, OneSided::keep));
  money::FlagInput input{transfers, {}, {}, {}};
  if (!order.holders.empty()) {
    OVILLO_TRY(input.holders, read_holders(order.holders, warn));
  }
  if (!order.adverts.empty()) {
    OVILLO_TRY(input.adverts, read_adverts(order.adverts, warn));
  }
  if (!order.payers.empty()) {
    OVILLO_TRY(input.lawful_payers, read_lawful(order.payers, warn));
  }
  const money::FlagReport report = book.find(input);
  const Answer answer{book, input, report};
  if (order.format == FlagsFormat::json) {
    write_json(answer, out);
    return {};
  }
  write_csv(answer, out);
  for (const money::NotLookedFor& one : report.not_looked_for)
    warn << fmt::format("not looked for: {}: {}\n", book.flags()[one.flag].id, one.why);
  return {};
}

}  // namespace ovillo::flow
