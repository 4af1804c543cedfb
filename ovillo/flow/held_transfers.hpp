// The transfers that a user holds in a workspace, as one table: what `flows` and `trace` read where
// no file is named.
#pragma once

#include <iosfwd>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/corpus.hpp"
#include "ovillo/money/transfers.hpp"

namespace ovillo::flow {

/// Every record of kind transfer that names both sides, an amount and a time. A side is called by
/// its account as extract read it (an IBAN without blanks), else by its number, else by its name;
/// the id of a row is the record's own. The same movement in the statements of both sides stays two
/// rows: nothing says that they are one.
/// @param warn  is told how many were left out, by what they lack. @error money.amounts_too_large.
/// @cost  O(n) in the records of the view.
Result<money::Transfers> held_transfers(const Corpus& corpus, std::ostream& warn);

}  // namespace ovillo::flow
