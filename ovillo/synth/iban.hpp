// IBANs that nobody holds: right length and check digits, a bank code that no bank has.
#pragma once

#include <cstdint>
#include <string>

namespace ovillo::synth {

/// Countries whose IBANs synth writes.
enum class IbanCountry : std::uint8_t { BE, NL, ES, PT, FR, BR };
inline constexpr std::size_t kIbanCountries = 6;

/// The IBAN at a position: different positions give different numbers.
/// @param position  below 10^7.
/// @source ISO 13616; check digits ISO 7064 MOD 97-10. Bank codes 999 (BE), OVLO (NL), 9999 (ES,
///         PT), 99999 (FR) and 99999999 (BR) are not given to any bank (from memory). National
///         check digits inside the account number are computed for BE only.
std::string invented_iban(IbanCountry country, std::uint32_t position);

}  // namespace ovillo::synth
