// camt.052, .053 and .054: reports, statements and notifications of ISO 20022, version 1 to the
// newest. Read by local names, so that a version nobody has seen yet is read as far as it is alike.
#pragma once

#include "ovillo/bank/reader.hpp"

namespace ovillo::bank {

/// @error bank.not_a_statement: XML that holds none of the three; of the stream and the sink.
Result<StatementFormat> read_camt(ByteStream& stream, const Zone& zone,
                                  const StatementOptions& options, const StatementSink& sink);

}  // namespace ovillo::bank
