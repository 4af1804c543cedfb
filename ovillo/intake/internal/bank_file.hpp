// Bank statements and reports of transactions: each transfer is one record.
//
// The account's own side and the other one are `from` and `to`. A transaction of a batch names its
// movement; which rows carry money is bank::transfers_of(). The raw row is the bytes of the entry,
// then what tells it from an equal one elsewhere: the account, and of a transaction the day and
// reference of its movement.
#pragma once

#include "ovillo/bank/account_statement.hpp"
#include "ovillo/base/byte_stream.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

/// Reads all of a stream that bank::recognise() knows. A statement that cannot be read is one
/// reject. @error intake.unknown_format; of the stream and the sink.
Result<void> read_bank_file(ByteStream& stream, BatchBuilder& builder);

}  // namespace ovillo::intake
