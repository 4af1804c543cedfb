// Tokens of a folded text: words, numbers and single symbols.
//
// A word is a run of letters of any script, a number a run of ASCII digits (folding has made them
// so), anything else but white space is a symbol of one code point. Tokens that touch each other
// are glued: `glued` says so, which is how "seis1dos" stays one thing to its reader.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace ovillo::text {

enum class TokenKind : std::uint8_t { word, number, symbol };

struct Token {
  std::uint32_t begin = 0;  ///< byte offsets into the folded text
  std::uint32_t end = 0;
  std::uint64_t hash = 0;  ///< token_hash of the bytes
  TokenKind kind = TokenKind::word;
  bool glued = false;     ///< begins where the token before it ends
  bool new_line = false;  ///< a line break lies before it

  [[nodiscard]] std::string_view of(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
};

/// The first eight bytes as a number, the first one lowest; zeros where there are fewer.
constexpr std::uint64_t first_eight(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size() && i < 8; ++i)
    value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  return value;
}

/// One step of token_hash.
constexpr std::uint64_t mixed(std::uint64_t hash, std::uint64_t eight) {
  hash = (hash ^ eight) * 0x9e3779b97f4a7c15ULL;
  return hash ^ hash >> 32;
}

/// The hash a token carries, of eight bytes at a time; the same in every build and on every
/// machine.
constexpr std::uint64_t token_hash(std::string_view bytes) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  while (bytes.size() > 8) {
    h = mixed(h, first_eight(bytes));
    bytes.remove_prefix(8);
  }
  return mixed(h ^ bytes.size(), first_eight(bytes));
}

/// token_hash(text.substr(begin, end - begin)), quick where eight bytes may be read past `end`.
inline std::uint64_t token_hash(std::string_view text, std::size_t begin, std::size_t end) {
  if constexpr (std::endian::native == std::endian::little) {
    if (end > begin && end + 8 <= text.size()) {
      std::uint64_t h = 0xcbf29ce484222325ULL;
      std::uint64_t eight = 0;
      for (; end - begin > 8; begin += 8) {
        std::memcpy(&eight, text.data() + begin, 8);
        h = mixed(h, eight);
      }
      std::memcpy(&eight, text.data() + begin, 8);
      const std::size_t n = end - begin;
      return mixed(h ^ n, eight & ~std::uint64_t{0} >> (64 - 8 * n));
    }
  }
  return token_hash(text.substr(begin, end - begin));
}

/// Cuts `folded_text` into `out`, in order. @cost O(n).
void tokenize(std::string_view folded_text, std::vector<Token>& out);

}  // namespace ovillo::text
