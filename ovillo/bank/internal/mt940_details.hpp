// :86:, the account owner's information of MT940, as far as a dialect structures it.
#pragma once

#include <string_view>

#include "ovillo/bank/account_statement.hpp"

namespace ovillo::bank {

/// Fills counterparty, references and remittance from the text of :86:, lines apart by "\n".
/// Three dialects: "166?00GUTSCHRIFT?20EREF+...?32NAME" (any separator before two digits),
/// "/EREF/.../BENM//NAME/.../REMI/..." and words with a colon (data in the source). Free text
/// stays remittance as it stands; an IBAN that begins it is the counterparty's account, followed
/// by its name.
void read_details(std::string_view text, Entry& entry);

}  // namespace ovillo::bank
