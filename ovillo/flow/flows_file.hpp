// `ovillo flows TX.csv`: shapes of moved money in a plain file of transfers.
#pragma once

#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/transfers_file.hpp"

namespace ovillo::flow {

enum class FlowsFormat : std::uint8_t { csv, json };

struct FlowsOrder {
  std::string path;
  TransferColumns columns;
  std::string zone;  ///< IANA name; empty: UTC
  FlowsFormat format = FlowsFormat::csv;
};

/// CSV: tx_id,pattern,instance, one line per transfer and shape it is in. What was cut short is
/// told on `warn`. Format: docs/formats/flows.md. @error as read_transfers().
Result<void> write_flows(const FlowsOrder& order, std::ostream& out, std::ostream& warn);
/// The same of transfers at hand.
void write_flows(const money::Transfers& transfers, FlowsFormat format, std::ostream& out,
                 std::ostream& warn);

}  // namespace ovillo::flow
