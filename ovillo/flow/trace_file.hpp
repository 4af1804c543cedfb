// `ovillo trace [TX.csv] ACCOUNT`: where the money of an account went, or where it came from.
#pragma once

#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/transfers_file.hpp"
#include "ovillo/money/trace.hpp"

namespace ovillo::flow {

struct TraceOrder {
  std::string path;  ///< of a file of transfers; not read by the form that is given them
  std::string account;
  TransferColumns columns;
  std::string zone;  ///< IANA name; empty: UTC
  money::TraceOptions options;
  bool json = false;
};

/// CSV: rule,direction,tx_id,row,time,from,to,amount,traced,currency; JSON has also where the money
/// rests and when it can first have been in each account. Format: docs/formats/trace.md.
/// @error as read_transfers(); money.unknown_account, money.mixed_currencies.
Result<void> write_trace(const TraceOrder& order, std::ostream& out, std::ostream& warn);
/// The same of transfers at hand; `path`, `columns` and `zone` of the order are not read.
Result<void> write_trace(const TraceOrder& order, const money::Transfers& transfers,
                         std::ostream& out);

}  // namespace ovillo::flow
