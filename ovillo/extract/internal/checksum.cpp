#include "ovillo/extract/internal/checksum.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "ovillo/base/hash.hpp"

namespace ovillo::extract {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string bytes_from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(static_cast<char>(hex_value(hex[i]) * 16 + hex_value(hex[i + 1])));
  return bytes;
}

std::string sha256_bytes(std::string_view bytes) { return bytes_from_hex(sha256_hex(bytes)); }

// Keccak-256 with the padding Ethereum uses (0x01), for short input only: EIP-55 needs it for a
// checksum, not for secrecy, and the hash is in none of our libraries.
constexpr std::array<std::uint64_t, 24> kRoundConstants = {
    0x0000000000000001ULL, 0x0000000000008082ULL, 0x800000000000808aULL, 0x8000000080008000ULL,
    0x000000000000808bULL, 0x0000000080000001ULL, 0x8000000080008081ULL, 0x8000000000008009ULL,
    0x000000000000008aULL, 0x0000000000000088ULL, 0x0000000080008009ULL, 0x000000008000000aULL,
    0x000000008000808bULL, 0x800000000000008bULL, 0x8000000000008089ULL, 0x8000000000008003ULL,
    0x8000000000008002ULL, 0x8000000000000080ULL, 0x000000000000800aULL, 0x800000008000000aULL,
    0x8000000080008081ULL, 0x8000000000008080ULL, 0x0000000080000001ULL, 0x8000000080008008ULL};
constexpr std::array<int, 24> kRotations = {1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
                                            27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44};
constexpr std::array<std::size_t, 24> kLanes = {10, 7,  11, 17, 18, 3, 5,  16, 8,  21, 24, 4,
                                                15, 23, 19, 13, 12, 2, 20, 14, 22, 9,  6,  1};

std::uint64_t rotate(std::uint64_t x, int n) { return x << n | x >> (64 - n); }

void keccak_permute(std::array<std::uint64_t, 25>& state) {
  for (const std::uint64_t constant : kRoundConstants) {
    std::array<std::uint64_t, 5> column{};
    for (std::size_t x = 0; x < 5; ++x)
      column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
    for (std::size_t i = 0; i < 25; ++i)
      state[i] ^= column[(i % 5 + 4) % 5] ^ rotate(column[(i % 5 + 1) % 5], 1);
    std::uint64_t lane = state[1];
    for (std::size_t i = 0; i < 24; ++i) {
      const std::uint64_t kept = state[kLanes[i]];
      state[kLanes[i]] = rotate(lane, kRotations[i]);
      lane = kept;
    }
    for (std::size_t row = 0; row < 25; row += 5) {
      std::array<std::uint64_t, 5> line{};
      std::copy_n(state.begin() + static_cast<std::ptrdiff_t>(row), 5, line.begin());
      for (std::size_t x = 0; x < 5; ++x)
        state[row + x] = line[x] ^ (~line[(x + 1) % 5] & line[(x + 2) % 5]);
    }
    state[0] ^= constant;
  }
}

std::array<std::uint8_t, 32> keccak256(std::string_view bytes) {
  std::array<std::uint64_t, 25> state{};
  const auto mix = [&](std::size_t position, std::uint8_t byte) {
    state[position / 8] ^= std::uint64_t{byte} << (8 * (position % 8));
  };
  for (std::size_t i = 0; i < bytes.size(); ++i) mix(i, static_cast<std::uint8_t>(bytes[i]));
  mix(bytes.size(), 0x01);
  mix(135, 0x80);
  keccak_permute(state);
  std::array<std::uint8_t, 32> digest{};
  for (std::size_t i = 0; i < 32; ++i)
    digest[i] = static_cast<std::uint8_t>(state[i / 8] >> (8 * (i % 8)));
  return digest;
}

constexpr std::string_view kBase58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view kBech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

std::uint32_t bech32_step(std::uint32_t checksum, std::uint32_t value) {
  constexpr std::array<std::uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                       0x3d4233dd, 0x2a1462b3};
  const std::uint32_t top = checksum >> 25;
  checksum = (checksum & 0x1ffffff) << 5 ^ value;
  for (std::size_t i = 0; i < 5; ++i)
    if ((top >> i & 1) != 0) checksum ^= kGenerator[i];
  return checksum;
}

}  // namespace

bool iban_holds(std::string_view iban) {
  if (iban.size() < 15 || iban.size() > 34) return false;
  std::uint32_t rest = 0;
  for (std::size_t i = 0; i < iban.size(); ++i) {
    const char c = iban[(i + 4) % iban.size()];
    if (is_digit(c)) {
      rest = (rest * 10 + static_cast<std::uint32_t>(c - '0')) % 97;
    } else if (c >= 'A' && c <= 'Z') {
      rest = (rest * 100 + static_cast<std::uint32_t>(c - 'A' + 10)) % 97;
    } else {
      return false;
    }
  }
  return rest == 1;
}

bool luhn_holds(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (std::size_t i = digits.size(); i-- > 0; twice = !twice) {
    const int value = (digits[i] - '0') * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return !digits.empty() && sum % 10 == 0;
}

bool belgian_enterprise_holds(std::string_view digits) {
  if (digits.size() != 10) return false;
  int head = 0;
  for (const char c : digits.substr(0, 8)) head = (head * 10 + (c - '0')) % 97;
  return 97 - head == (digits[8] - '0') * 10 + (digits[9] - '0');
}

int base58check_version(std::string_view text) {
  std::array<std::uint8_t, 25> bytes{};
  for (const char c : text) {
    const std::size_t value = kBase58.find(c);
    if (value == std::string_view::npos) return -1;
    auto carry = static_cast<std::uint32_t>(value);
    for (std::size_t i = bytes.size(); i-- > 0;) {
      carry += 58U * bytes[i];
      bytes[i] = static_cast<std::uint8_t>(carry);
      carry >>= 8;
    }
    if (carry != 0) return -1;
  }
  const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::string digest = sha256_bytes(sha256_bytes(all.substr(0, 21)));
  return digest.compare(0, 4, all.substr(21)) == 0 ? bytes[0] : -1;
}

bool bech32_holds(std::string_view text) {
  if (text.size() < 14 || text.size() > 74) return false;
  std::uint32_t checksum = 1;
  for (const std::uint32_t value : {3U, 3U, 0U, 2U, 3U}) checksum = bech32_step(checksum, value);
  for (const char upper : text.substr(3)) {
    const char c = upper >= 'A' && upper <= 'Z' ? static_cast<char>(upper + 32) : upper;
    const std::size_t value = kBech32.find(c);
    if (value == std::string_view::npos) return false;
    checksum = bech32_step(checksum, static_cast<std::uint32_t>(value));
  }
  return checksum == 1 || checksum == 0x2bc830a3;
}

bool eip55_holds(std::string_view hex) {
  std::string lower(hex);
  bool has_lower = false;
  bool has_upper = false;
  for (char& c : lower) {
    has_lower = has_lower || (c >= 'a' && c <= 'f');
    has_upper = has_upper || (c >= 'A' && c <= 'F');
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c + 32);
  }
  if (!has_lower || !has_upper) return true;
  const auto digest = keccak256(lower);
  for (std::size_t i = 0; i < hex.size(); ++i) {
    if (is_digit(hex[i])) continue;
    const int nibble = digest[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;
    if ((nibble >= 8) != (hex[i] >= 'A' && hex[i] <= 'F')) return false;
  }
  return true;
}

}  // namespace ovillo::extract
