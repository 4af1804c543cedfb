// Checksums that tell an identifier from a string that looks like one.
#pragma once

#include <string>
#include <string_view>

namespace ovillo::extract {

/// ISO 13616 / ISO 7064 mod 97-10. @param iban  letters A-Z and digits, no spaces.
bool iban_holds(std::string_view iban);

/// Luhn, ISO/IEC 7812-1. @param digits  ASCII digits.
bool luhn_holds(std::string_view digits);

/// Belgian enterprise number, ten digits: the last two are 97 minus the first eight modulo 97.
bool belgian_enterprise_holds(std::string_view digits);

/// Base58Check: 25 bytes, the last four the double SHA-256 of the rest.
/// @return  the version byte, or -1 when it does not hold.
int base58check_version(std::string_view text);

/// Bech32 or Bech32m with human-readable part `bc` (BIP 173, 350). @param text  one case.
bool bech32_holds(std::string_view text);

/// EIP-55: the case of the 40 hex digits holds the checksum. One case throughout carries none and
/// is accepted. @param hex  without "0x".
bool eip55_holds(std::string_view hex);

}  // namespace ovillo::extract
