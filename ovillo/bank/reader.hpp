// Reader: bytes of a bank statement or transaction report in, statements out.
//
// camt.052, .053 and .054 of any version, MT940 and MT942, CODA (Belgium, version 1 and 2) and
// goAML reports. The format is recognised by content. Streaming: memory is bounded by one statement
// (`max_statement_bytes`). A statement that cannot be read is one reject with its line and reason;
// the others of the file are read. XML that is not well-formed ends the read: the statement in
// which it breaks is a reject, those before it stand.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "ovillo/bank/account_statement.hpp"
#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/base/time.hpp"

namespace ovillo::bank {

struct StatementOptions {
  std::uint64_t max_statement_bytes = 256u << 20;
};

/// Receives what is read, in file order. A returned error stops the read and is passed on.
struct StatementSink {
  std::function<Result<void>(AccountStatement&&)> statement;
  std::function<Result<void>(StatementReject&&)> reject;
};

/// @param head  the first bytes of a file, some kilobytes.
/// @return      empty: none of these formats. camt and MT94x may turn out another of their kind.
std::optional<StatementFormat> recognise(std::string_view head);

/// Reads all of a file.
///
/// @param zone  assumed where a time states none.
/// @return  what was found to be the format.
/// @error  bank.not_a_statement; of the stream and the sink.
/// @cost   O(n) time, memory of one statement: about 30 times its bytes for XML.
/// @source ISO 20022 camt.052/053/054; SWIFT MT940 and MT942 with the structured :86: of the German
///         DK and the SEPA tags of the Dutch banks; Febelfin, CODA 2.6; UNODC goAML 5.
/// @misses what only a bank's own manual explains in :86: stays free text.
Result<StatementFormat> read_statements(ByteStream& stream, const Zone& zone,
                                        const StatementOptions& options, const StatementSink& sink);

/// Reads bytes in memory.
Result<StatementFile> read_statement_file(std::string_view bytes, const Zone& zone,
                                          const StatementOptions& options = {});

}  // namespace ovillo::bank
