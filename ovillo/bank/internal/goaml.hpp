// goAML: reports to a financial intelligence unit (UNODC), schema 4 and 5.
//
// A report becomes one statement without account; each transaction one movement from t_from to
// t_to, also where it is the reporter's own client. A transaction that cannot be read is a reject
// of its own: the others of the report stand. The code "-" means that nothing was chosen. A time of
// 00:00:00 without zone is a day: the schema has no date without a time.
#pragma once

#include "ovillo/bank/reader.hpp"

namespace ovillo::bank {

/// @error bank.not_a_statement: XML without a report; of the stream and the sink.
Result<StatementFormat> read_goaml(ByteStream& stream, const Zone& zone,
                                   const StatementOptions& options, const StatementSink& sink);

}  // namespace ovillo::bank
