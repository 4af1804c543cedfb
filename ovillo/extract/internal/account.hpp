// Bank accounts, cards and wallets in a text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ovillo/extract/internal/scan.hpp"

namespace ovillo::extract {

/// Adds the IBANs (mod 97), cards (Luhn; masked at once to the first six and last four digits) and
/// wallets (base58check, bech32, EIP-55) of a text and takes their tokens. Strings shaped like an
/// IBAN whose checksum fails are taken too, without a find: their digits are no phone number.
/// @misses  IBANs broken over lines; wallets without checksum (Ethereum in one case has none).
void find_accounts(Scan& scan, const Vocabulary& vocabulary);

/// "btc:...", "eth:...", "tron:..." when `raw` is a wallet whose checksum holds.
std::optional<std::string> wallet_canonical(std::string_view raw);

/// The IBAN in a value that holds nothing else: upper case, no separators.
std::optional<std::string> iban_canonical(std::string_view raw, const Vocabulary& vocabulary);

/// "411111******1111" when `raw` holds one card number and nothing else.
std::optional<std::string> card_canonical(std::string_view raw);

}  // namespace ovillo::extract
