// CODA: coded statements of account of the Belgian banks, version 1 and 2.
//
// Lines of 128 characters: 0 header, 1 old balance, 2.1 to 2.3 movement, 3.1 to 3.3 information,
// 8 new balance, 4 free message, 9 trailer with the number of records and the sums. Sequence
// numbers, link codes and the trailer are checked; what does not fit is a remark.
// Source: Febelfin, "Coded statement of account (CODA)", version 2.6.
#pragma once

#include "ovillo/bank/reader.hpp"

namespace ovillo::bank {

/// @error bank.not_a_statement: no header record; of the stream and the sink.
Result<StatementFormat> read_coda(ByteStream& stream, const Zone& zone,
                                  const StatementOptions& options, const StatementSink& sink);

}  // namespace ovillo::bank
