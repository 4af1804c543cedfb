// Tokens of a folded text: words, numbers and single symbols.
//
// A word is a run of letters of any script, a number a run of ASCII digits (folding has made them
// so), anything else but white space is a symbol of one code point. Tokens that touch each other
// are glued: `glued` says so, which is how "seis1dos" stays one thing to its reader.
#pragma once

#include <cstdint>
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

/// FNV-1a, the hash a token carries; stable across builds.
constexpr std::uint64_t token_hash(std::string_view bytes) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return h;
}

/// Cuts `folded_text` into `out`, in order. @cost O(n).
void tokenize(std::string_view folded_text, std::vector<Token>& out);

}  // namespace ovillo::text
