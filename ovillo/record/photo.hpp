// What is kept of a picture beside its bytes: hashes. No thumbnail, no face, no feature of a
// person.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ovillo/record/ids.hpp"

namespace ovillo {

/// What a picture looks like as a whole, in 256 bits (PDQ): two pictures of small distance look
/// alike. Bit k is bit k % 64 of words[k / 64]; the order is that of the hex digits.
struct Likeness {
  std::array<std::uint64_t, 4> words{};

  bool operator==(const Likeness&) const = default;
  std::strong_ordering operator<=>(const Likeness& other) const {
    for (std::size_t i = words.size(); i-- > 0;)
      if (words[i] != other.words[i]) return words[i] <=> other.words[i];
    return std::strong_ordering::equal;
  }

  /// 64 lower-case hex digits, bit 255 first, as other tools write a PDQ hash.
  [[nodiscard]] std::string hex() const {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out(64, '0');
    for (std::size_t i = 0; i < out.size(); ++i)
      out[out.size() - 1 - i] = kDigits[(words[i / 16] >> (4 * (i % 16))) & 15];
    return out;
  }
  /// Reads 64 hex digits. Empty optional: no likeness.
  static std::optional<Likeness> from_hex(std::string_view text) {
    Likeness out;
    if (text.size() != 64) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[text.size() - 1 - i];
      std::uint64_t digit = 0;
      if (c >= '0' && c <= '9') {
        digit = static_cast<std::uint64_t>(c) - '0';
      } else if (c >= 'a' && c <= 'f') {
        digit = static_cast<std::uint64_t>(c) - 'a' + 10;
      } else {
        return std::nullopt;
      }
      out.words[i / 16] |= digit << (4 * (i % 16));
    }
    return out;
  }
};

/// Bits in which two likenesses differ, 0 to 256.
constexpr int distance(const Likeness& a, const Likeness& b) {
  int bits = 0;
  for (std::size_t i = 0; i < a.words.size(); ++i) bits += std::popcount(a.words[i] ^ b.words[i]);
  return bits;
}

/// One picture that a record names, as found in a hand-over.
struct PhotoSight {
  RecordId record;
  std::string name;                  ///< as the record writes it
  std::string sha256;                ///< of the picture's file, 64 lower-case hex digits
  std::optional<Likeness> likeness;  ///< empty: held and not read, or too flat or small to tell
  std::string held;  ///< why the picture is held, not read ("photo.damaged"); empty: it was read

  auto operator<=>(const PhotoSight&) const = default;
  bool operator==(const PhotoSight&) const = default;
};

}  // namespace ovillo
