#include "ovillo/text/tokens.hpp"

#include <array>
#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <unicode/uchar.h>

#include "ovillo/base/utf8.hpp"

namespace ovillo::text {

namespace {

enum class Class : std::uint8_t { space, letter, digit, symbol, wide };

constexpr std::array<Class, 256> make_classes() {
  std::array<Class, 256> table{};
  for (std::size_t c = 0; c < 256; ++c) {
    if (c >= 0x80) {
      table[c] = Class::wide;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      table[c] = Class::letter;
    } else if (c >= '0' && c <= '9') {
      table[c] = Class::digit;
    } else if (c <= ' ' || c == 0x7f) {
      table[c] = Class::space;
    } else {
      table[c] = Class::symbol;
    }
  }
  return table;
}
constexpr std::array<Class, 256> kClasses = make_classes();

Class wide_class(char32_t c) {
  const auto cp = static_cast<UChar32>(c);
  if (c == 0xAA || c == 0xBA) return Class::symbol;
  if (u_isalpha(cp) != 0) return Class::letter;
  // Vowel signs belong to the word they stand in.
  const std::int8_t type = u_charType(cp);
  if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK) return Class::letter;
  return u_isUWhiteSpace(cp) != 0 ? Class::space : Class::symbol;
}

struct Here {
  Class kind;
  std::uint32_t length;
};

inline Here look(std::string_view text, std::size_t pos) {
  const Class simple = kClasses[static_cast<unsigned char>(text[pos])];
  if (simple != Class::wide) return {simple, 1};
  const CodePoint c = decode_utf8(text, pos);
  return {wide_class(c.value), c.length};
}

#if defined(__SSE2__)
// End of the ASCII letters from `pos` on, 16 bytes at a time; may stop early near the end of
// `text`.
std::size_t letters_end(std::string_view text, std::size_t pos) {
  while (pos + 16 <= text.size()) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + pos));
    const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    // Signed: bytes from 0x80 on are below 'a'.
    const __m128i letters = _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)),
                                          _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
    const auto others = ~static_cast<std::uint32_t>(_mm_movemask_epi8(letters));
    const int n = std::countr_zero(others);
    pos += static_cast<std::size_t>(n);
    if (n < 16) break;
  }
  return pos;
}
#else
std::size_t letters_end(std::string_view, std::size_t pos) { return pos; }
#endif

// End of the run of `kind` that starts at `pos`.
std::size_t run_end(std::string_view text, std::size_t pos, Class kind) {
  if (kind == Class::letter) pos = letters_end(text, pos);
  while (pos < text.size()) {
    // Folded text is ASCII nearly everywhere.
    const Class simple = kClasses[static_cast<unsigned char>(text[pos])];
    if (simple == kind) {
      ++pos;
      continue;
    }
    if (simple != Class::wide) break;
    const Here here = look(text, pos);
    if (here.kind != kind) break;
    pos += here.length;
  }
  return pos;
}

}  // namespace

void tokenize(std::string_view text, std::vector<Token>& out) {
  out.clear();
  bool new_line = false;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == ' ') {
      ++i;
      continue;
    }
    const Here here = look(text, i);
    if (here.kind == Class::space) {
      new_line = new_line || text[i] == '\n';
      i += here.length;
      continue;
    }
    Token token;
    token.begin = static_cast<std::uint32_t>(i);
    token.new_line = new_line;
    token.glued = !out.empty() && out.back().end == token.begin;
    new_line = false;
    if (here.kind == Class::symbol) {
      token.kind = TokenKind::symbol;
      token.end = token.begin + here.length;
    } else {
      token.kind = here.kind == Class::letter ? TokenKind::word : TokenKind::number;
      token.end = static_cast<std::uint32_t>(run_end(text, i + here.length, here.kind));
    }
    token.hash = token_hash(text, token.begin, token.end);
    i = token.end;
    out.push_back(token);
  }
}

}  // namespace ovillo::text
