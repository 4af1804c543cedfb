// Communications of CODA: free text, and the structured ones of movements and information records.
#pragma once

#include <string>
#include <string_view>

#include "ovillo/bank/account_statement.hpp"

namespace ovillo::bank {

/// The communication of a movement (2.1 to 2.3 put together). Structured ones begin with their
/// type: 101, 102 (a payment reference, "+++090/9337/55493+++"), 127 (a SEPA direct debit:
/// creditor, mandate); others are kept as they stand.
void read_movement_communication(std::string_view text, bool structured, Entry& entry);

/// That of an information record (3.1 to 3.3): 001 (the counterparty's name and address), 008 and
/// 009 (for whom the sides act); others are added to what the bank says.
void read_information_communication(std::string_view text, bool structured, Entry& entry);

}  // namespace ovillo::bank
