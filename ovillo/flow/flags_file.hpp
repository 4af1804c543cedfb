// `ovillo flags TX.csv`: red flags in a plain file of transfers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/transfers_file.hpp"

namespace ovillo::flow {

enum class FlagsFormat : std::uint8_t { csv, json };

struct FlagsOrder {
  std::string path;
  TransferColumns columns;
  std::string zone;     ///< IANA name; empty: UTC
  std::string holders;  ///< file of who holds which account; empty: not given
  std::string adverts;  ///< file of contacts in adverts; empty: not given
  std::string payers;   ///< file of payers known to be lawful; empty: not given
  FlagsFormat format = FlagsFormat::csv;
};

/// CSV: flag,account,rows,why,innocent,source, one line a hit. Flags that could not be looked for
/// are told on `warn`, in JSON under not_looked_for. Format: docs/formats/flags.md.
/// @param data  folder with money_flags. @error as read_transfers(), base.bad_data_file.
Result<void> write_flags(const FlagsOrder& order, const std::filesystem::path& data,
                         std::ostream& out, std::ostream& warn);

}  // namespace ovillo::flow
