#include "ovillo/flow/network_money.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "ovillo/flow/held_transfers.hpp"

namespace ovillo::flow {

namespace {

bool can_hold_money(EntityKind kind) {
  return kind == EntityKind::iban || kind == EntityKind::account || kind == EntityKind::card ||
         kind == EntityKind::wallet;
}

/// Members by what a side of a transfer is called. A name of two kinds is the first by id.
std::unordered_map<std::string, EntityId> holders_in(const EntityTable& entities,
                                                     const Network& network) {
  std::unordered_map<std::string, EntityId> out;
  for (const std::uint32_t entity : network.entities)
    if (can_hold_money(entities.kind[entity]))
      out.emplace(entities.canonical[entity], entities.id[entity]);
  return out;
}

/// Which member each account of the table is; empty: none.
std::vector<std::optional<EntityId>> members_among(
    const StringColumn& accounts, const std::unordered_map<std::string, EntityId>& holders) {
  std::vector<std::optional<EntityId>> out(accounts.size());
  for (std::size_t a = 0; a < accounts.size(); ++a) {
    const auto found = holders.find(std::string(accounts[a]));
    if (found != holders.end()) out[a] = found->second;
  }
  return out;
}

/// Sums of one currency; all amounts of a table share one scale and their sum fits.
void count_across(MoneyAcross& across, bool is_in, const Decimal& amount) {
  Decimal& sum = is_in ? across.in : across.out;
  ++(is_in ? across.n_in : across.n_out);
  sum.unscaled += amount.unscaled;
  sum.scale = amount.scale;
}

}  // namespace

Result<NetworkMoney> network_money(CaseFile& file, std::string_view id_or_key) {
  OVILLO_TRY(const auto at, file.find_network(id_or_key));
  OVILLO_TRY(const auto* answer, file.answer());
  OVILLO_TRY(const auto inside, file.inside(at.component));
  OVILLO_TRY(const auto* corpus, file.corpus());
  const Network& network = answer->components[at.component].networks[at.network];
  std::ostringstream left_out;
  OVILLO_TRY(const auto table, held_transfers(*corpus, left_out));
  const auto member = members_among(table.account, holders_in(inside.body.entities, network));
  NetworkMoney out;
  out.id = network.id;
  out.left_out = left_out.str();
  std::map<std::string, MoneyAcross> across;
  std::set<EntityId> accounts;
  std::vector<std::size_t> ours;
  for (std::size_t t = 0; t < table.size(); ++t) {
    const auto& from = member[table.from[t]];
    const auto& to = member[table.to[t]];
    if (!from && !to) continue;
    ours.push_back(t);
    for (const auto& side : {from, to})
      if (side) accounts.insert(*side);
    if (!from || !to)
      count_across(across[std::string(table.currencies[table.currency[t]])], to.has_value(),
                   {table.amount[t], table.scale});
  }
  out.accounts.assign(accounts.begin(), accounts.end());
  const auto position = [&](const std::optional<EntityId>& id) {
    if (!id) return std::optional<std::uint32_t>();
    return std::optional(static_cast<std::uint32_t>(std::ranges::lower_bound(out.accounts, *id) -
                                                    out.accounts.begin()));
  };
  for (const std::size_t t : ours) {
    const auto id = RecordId::from_hex(table.id[t]);
    const auto record = id ? corpus->find(*id) : std::nullopt;
    if (!record || !corpus->time(*record)) continue;
    out.transfers.push_back({*id,
                             position(member[table.from[t]]),
                             position(member[table.to[t]]),
                             *corpus->time(*record),
                             {table.amount[t], table.scale},
                             std::string(table.currencies[table.currency[t]])});
  }
  for (auto& [currency, sums] : across) {
    sums.currency = currency;
    out.across.push_back(sums);
  }
  return out;
}

std::string to_json(const NetworkMoney& money) {
  using Json = nlohmann::ordered_json;
  Json accounts = Json::array();
  for (const EntityId& id : money.accounts) accounts.push_back(id.hex());
  Json transfers = Json::array();
  for (const MoneyTransfer& one : money.transfers)
    transfers.push_back({{"record", one.record.hex()},
                         {"from", one.from ? Json(*one.from) : Json()},
                         {"to", one.to ? Json(*one.to) : Json()},
                         {"time", format_time(one.time)},
                         {"amount", format_decimal(one.amount)},
                         {"currency", one.currency}});
  Json across = Json::array();
  for (const MoneyAcross& one : money.across)
    across.push_back({{"currency", one.currency},
                      {"n_in", one.n_in},
                      {"in", format_decimal(one.in)},
                      {"n_out", one.n_out},
                      {"out", format_decimal(one.out)}});
  const Json out = {{"id", money.id.hex()},
                    {"accounts", accounts},
                    {"transfers", transfers},
                    {"across", across},
                    {"left_out", money.left_out}};
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace ovillo::flow
