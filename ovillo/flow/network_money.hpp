// The money of a network along time: the transfers of its accounts, among them and across its edge.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/decimal.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/flow/case_file.hpp"

namespace ovillo::flow {

struct MoneyTransfer {
  RecordId record;
  std::optional<std::uint32_t> from, to;  ///< positions in accounts; empty: no member (one is)
  Time time;
  Decimal amount;        ///< positive, exact
  std::string currency;  ///< as stated; empty: not stated. Nothing is converted.
};

/// Of one currency, what came in from and went out to accounts that are no members.
struct MoneyAcross {
  std::string currency;
  std::uint64_t n_in = 0, n_out = 0;
  Decimal in, out;
};

struct NetworkMoney {
  NetworkId id;
  std::vector<EntityId> accounts;        ///< members with a transfer, ascending
  std::vector<MoneyTransfer> transfers;  ///< by time, then record
  std::vector<MoneyAcross> across;       ///< by currency
  std::string left_out;  ///< transfers of the view that cannot be read so, and why; empty: none
};

/// An account is a member by the name that held_transfers() calls a side.
/// @error flow.no_such_network; money.amounts_too_large. @cost  one pass over the view's records.
Result<NetworkMoney> network_money(CaseFile& file, std::string_view id_or_key);

std::string to_json(const NetworkMoney& money);

}  // namespace ovillo::flow
