#include "ovillo/synth/iban.hpp"

#include <string_view>

namespace ovillo::synth {
namespace {

std::string padded(std::uint64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

unsigned mod_97(std::string_view text) {
  unsigned rest = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
    } else {
      rest = (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
    }
  }
  return rest;
}

std::string account_part(IbanCountry country, std::uint32_t position) {
  // 7 digits spread so that neighbours do not look alike; 3847 has no factor 2 or 5.
  const std::string number = padded((position * 3847ULL + 1234567) % 10'000'000, 7);
  switch (country) {
    case IbanCountry::BE: {
      const std::string body = "999" + number;
      const unsigned check = mod_97(body);
      return body + padded(check == 0 ? 97 : check, 2);
    }
    case IbanCountry::NL:
      return "OVLO" + padded(0, 3) + number;
    case IbanCountry::ES:
      return "99990000" + padded(0, 5) + number;
    case IbanCountry::PT:
      return "99990000" + padded(0, 6) + number;
    case IbanCountry::FR:
      return "9999900000" + padded(0, 6) + number;
    case IbanCountry::BR:
      return "9999999900001" + padded(0, 3) + number + "C1";
  }
  return {};
}

}  // namespace

std::string invented_iban(IbanCountry country, std::uint32_t position) {
  static constexpr std::string_view kCodes[] = {"BE", "NL", "ES", "PT", "FR", "BR"};
  const std::string code(kCodes[static_cast<std::size_t>(country)]);
  const std::string account = account_part(country, position);
  const unsigned check = 98 - mod_97(account + code + "00");
  return code + padded(check, 2) + account;
}

}  // namespace ovillo::synth
