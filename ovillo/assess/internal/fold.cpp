#include "ovillo/assess/internal/fold.hpp"

#include <algorithm>
#include <cstddef>

namespace ovillo::assess {

namespace {

constexpr std::array<std::uint8_t, 256> ascii_fold() {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 128; c < 256; ++c) table[c] = folded::kBeyondAscii;
  for (std::size_t c = 0; c < 128; ++c) {
    std::uint8_t symbol = folded::kSpace;
    if (c >= 'a' && c <= 'z') {
      symbol = static_cast<std::uint8_t>(c - 'a');
    } else if (c >= 'A' && c <= 'Z') {
      symbol = static_cast<std::uint8_t>(c - 'A');
    } else if (c >= '0' && c <= '9') {
      symbol = static_cast<std::uint8_t>(c - '0' + folded::kDigit0);
    } else if (c == ',' || c == ';' || c == ':' || c == '\n' || c == '(' || c == ')' || c == '|') {
      symbol = folded::kSoft;
    } else if (c == '!' || c == '?') {
      symbol = folded::kHard;
    } else if (c == '.') {
      symbol = folded::kDot;
    } else if (c == '\'' || c == '`') {
      symbol = folded::kApostrophe;
    }
    table[c] = symbol;
  }
  return table;
}

// Base letters of U+00C0 to U+017F; '.' is no letter, upper-case digraphs are handled apart.
constexpr std::string_view kLatin1 =
    "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty";
constexpr std::string_view kLatinExtendedA =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrsss"
    "sssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin1.size() == 64);
static_assert(kLatinExtendedA.size() == 128);

// Letters of other scripts that look like Latin ones, lower and upper case. Ascending.
struct LookAlike {
  char32_t c;
  char letter;
};
constexpr LookAlike kLookAlikes[] = {
    {0x0391, 'a'}, {0x0392, 'b'}, {0x0395, 'e'}, {0x0396, 'z'}, {0x0397, 'h'}, {0x0399, 'i'},
    {0x039A, 'k'}, {0x039C, 'm'}, {0x039D, 'n'}, {0x039F, 'o'}, {0x03A1, 'p'}, {0x03A4, 't'},
    {0x03A5, 'y'}, {0x03A7, 'x'}, {0x03B1, 'a'}, {0x03B5, 'e'}, {0x03B9, 'i'}, {0x03BA, 'k'},
    {0x03BD, 'v'}, {0x03BF, 'o'}, {0x03C1, 'p'}, {0x03C5, 'u'}, {0x0405, 's'}, {0x0406, 'i'},
    {0x0408, 'j'}, {0x0410, 'a'}, {0x0412, 'b'}, {0x0415, 'e'}, {0x041A, 'k'}, {0x041C, 'm'},
    {0x041D, 'h'}, {0x041E, 'o'}, {0x0420, 'p'}, {0x0421, 'c'}, {0x0422, 't'}, {0x0423, 'y'},
    {0x0425, 'x'}, {0x0430, 'a'}, {0x0435, 'e'}, {0x043A, 'k'}, {0x043E, 'o'}, {0x0440, 'p'},
    {0x0441, 'c'}, {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'}, {0x0456, 'i'}, {0x0458, 'j'},
    {0x04BB, 'h'}, {0x0501, 'd'}};

FoldedCharacter letter(char c) { return {static_cast<std::uint8_t>(c - 'a'), folded::kGone}; }
FoldedCharacter digit(std::uint32_t value) {
  return {static_cast<std::uint8_t>(folded::kDigit0 + value), folded::kGone};
}
FoldedCharacter mark(std::uint8_t symbol) { return {symbol, folded::kGone}; }

bool within(char32_t c, char32_t low, char32_t high) { return c >= low && c <= high; }

FoldedCharacter fold_latin(char32_t c) {
  switch (c) {
    case 0x00C6:
    case 0x00E6:
      return {0, 4};  // ae
    case 0x0152:
    case 0x0153:
      return {14, 4};  // oe
    case 0x00DF:
      return {18, 18};  // ss
    case 0x0132:
    case 0x0133:
      return {8, 9};  // ij
    case 0x00D7:
    case 0x00F7:
      return mark(folded::kSpace);
    default:
      break;
  }
  return letter(c < 0x100 ? kLatin1[c - 0xC0] : kLatinExtendedA[c - 0x100]);
}

bool is_invisible(char32_t c) {
  return c == 0x00AD || within(c, 0x0300, 0x036F) || within(c, 0x200B, 0x200F) ||
         within(c, 0x202A, 0x202E) || within(c, 0x2060, 0x206F) || within(c, 0xFE00, 0xFE0F) ||
         c == 0xFEFF || c == 0x20E3 || within(c, 0x20D0, 0x20F0);
}

// Mathematical alphabets are 52 letters each from U+1D400 and ten digits each from U+1D7CE.
FoldedCharacter fold_styled(char32_t c) {
  if (within(c, 0x1D400, 0x1D6A3)) return letter(static_cast<char>('a' + (c - 0x1D400) % 26));
  if (within(c, 0x1D7CE, 0x1D7FF)) return digit((c - 0x1D7CE) % 10);
  if (within(c, 0xFF10, 0xFF19)) return digit(c - 0xFF10);
  if (within(c, 0xFF21, 0xFF3A)) return letter(static_cast<char>('a' + (c - 0xFF21)));
  if (within(c, 0xFF41, 0xFF5A)) return letter(static_cast<char>('a' + (c - 0xFF41)));
  if (within(c, 0x24B6, 0x24CF)) return letter(static_cast<char>('a' + (c - 0x24B6)));
  if (within(c, 0x24D0, 0x24E9)) return letter(static_cast<char>('a' + (c - 0x24D0)));
  if (within(c, 0x2460, 0x2468)) return digit(c - 0x2460 + 1);
  if (within(c, 0x1F130, 0x1F149)) return letter(static_cast<char>('a' + (c - 0x1F130)));
  if (within(c, 0x1F170, 0x1F189)) return letter(static_cast<char>('a' + (c - 0x1F170)));
  if (within(c, 0x1F1E6, 0x1F1FF)) return mark(folded::kSoft);  // flags
  return mark(folded::kOther);
}

}  // namespace

const std::array<std::uint8_t, 256> kAsciiFold = ascii_fold();

FoldedCharacter fold_character(char32_t c) {
  if (within(c, 0x00C0, 0x017F)) return fold_latin(c);
  if (is_invisible(c)) return mark(folded::kGone);
  if (c == 0x2018 || c == 0x2019 || c == 0x00B4 || c == 0x02BC) return mark(folded::kApostrophe);
  if (c == 0x2026) return mark(folded::kSoft);
  if (c == 0x00A1 || c == 0x00BF || c == 0xFF01 || c == 0xFF1F) return mark(folded::kHard);
  if (c == 0x00AA || c == 0x00BA) return mark(folded::kGone);  // "1.ª"
  if (c < 0x00C0 || within(c, 0x2000, 0x206F)) return mark(folded::kSpace);
  if (c < 0x0530) {
    const auto* const at = std::lower_bound(std::begin(kLookAlikes), std::end(kLookAlikes), c,
                                            [](const LookAlike& l, char32_t x) { return l.c < x; });
    if (at != std::end(kLookAlikes) && at->c == c) return letter(at->letter);
    return mark(folded::kOther);
  }
  const FoldedCharacter styled = fold_styled(c);
  if (styled.first != folded::kOther) return styled;
  const bool picture = within(c, 0x2190, 0x2BFF) || within(c, 0x1F000, 0x1FAFF);
  return mark(picture ? folded::kSoft : folded::kOther);
}

}  // namespace ovillo::assess
