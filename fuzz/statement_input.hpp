// What the fuzz targets of the statement readers share: bytes in blocks, and what must hold.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ovillo/bank/balance_check.hpp"
#include "ovillo/bank/reader.hpp"
#include "ovillo/bank/statement_lines.hpp"
#include "ovillo/bank/transfers.hpp"

namespace ovillo::fuzzing {

class Blocks final : public ByteStream {
 public:
  Blocks(std::string_view bytes, std::size_t block) : bytes_(bytes), block_(block) {}
  Result<std::string_view> next() override {
    const std::string_view out = bytes_.substr(0, block_);
    bytes_.remove_prefix(out.size());
    return out;
  }

 private:
  std::string_view bytes_;
  std::size_t block_;
};

using StatementReader = Result<bank::StatementFormat> (*)(ByteStream&, const Zone&,
                                                          const bank::StatementOptions&,
                                                          const bank::StatementSink&);

/// Reads the bytes in small and in large blocks: both ways give the same lines, every entry lies in
/// the input, and a detail points to a movement before it.
inline void read_both_ways(StatementReader read, const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  bank::StatementOptions options;
  options.max_statement_bytes = 1u << 20;
  std::string lines[2];
  for (const int way : {0, 1}) {
    bank::StatementSink sink;
    sink.statement = [&](bank::AccountStatement&& statement) -> Result<void> {
      for (const bank::Entry& entry : statement.entries) {
        if (entry.parent &&
            (*entry.parent >= statement.entries.size() || statement.entries[*entry.parent].parent))
          std::abort();
        if (entry.place_in_file.byte + entry.place_in_file.length > size) std::abort();
      }
      for (const bank::TransferRow& row : bank::transfers_of(statement))
        if (row.entry >= statement.entries.size()) std::abort();
      lines[way] += bank::entries_as_json(statement, {"f", 1});
      lines[way] += bank::summary_as_json(statement, {"f", 1});
      lines[way] += bank::statement_as_text(statement, {"f", 1});
      return {};
    };
    sink.reject = [&](bank::StatementReject&& reject) -> Result<void> {
      lines[way] += reject.reason;
      return {};
    };
    Blocks stream(input, way == 0 ? 7 : 1u << 16);
    const auto done = read(stream, Zone::utc(), options, sink);
    // Where junk after the root begins depends on how much of it the XML parser has seen.
    lines[way] += done ? "read" : done.error().name();
  }
  if (lines[0] != lines[1]) std::abort();
}

}  // namespace ovillo::fuzzing
