// MT940 and MT942: statements of SWIFT, in the dialects of the banks.
//
// With or without the envelope ({1:...}{4:), lines of the bank's own before and after it, :86:
// free, structured by ?nn or >nn, by /TAG/ or by words ("REK:").
#pragma once

#include "ovillo/bank/reader.hpp"

namespace ovillo::bank {

/// @error bank.not_a_statement: no tag of a statement; of the stream and the sink.
Result<StatementFormat> read_mt940(ByteStream& stream, const Zone& zone,
                                   const StatementOptions& options, const StatementSink& sink);

}  // namespace ovillo::bank
