#include "ovillo/cluster/internal/folding_table.hpp"

#include <string_view>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

namespace ovillo::cluster {

namespace {

// Small letters of other alphabets that are drawn like a Latin one. Folding them everywhere, not
// only in mixed words, keeps a word in one alphabet apart from other words of it.
char32_t without_disguise(char32_t c) {
  static constexpr std::u32string_view kFrom =
      U"авеѕіјкмнорстухԁԛԝһӏ"
      U"αβεικνορτυχγηωσ"
      U"øđłıðħŧſœæßþ";
  static constexpr std::u32string_view kTo =
      U"abesijkmhopctyxdqwhl"
      U"abeiknoptuxynwo"
      U"odlidhtseest";
  static_assert(kFrom.size() == kTo.size());
  const auto at = kFrom.find(c);
  return at == std::u32string_view::npos ? c : kTo[at];
}

bool written_without_spaces(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

// First character of the compatibility decomposition, in lower case: a for ä, 1 for the circled 1.
char32_t base_of(char32_t c, const UNormalizer2* nfkd) {
  UChar buffer[64];
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t n =
      unorm2_getDecomposition(nfkd, static_cast<UChar32>(c), buffer, 64, &status);
  UChar32 first = static_cast<UChar32>(c);
  if (U_SUCCESS(status) && n > 0) {
    std::int32_t i = 0;
    U16_NEXT(buffer, i, n, first);
    // "(a)", "⁄"-fractions and other decompositions that open with a sign keep their own identity
    if (!u_isalnum(first)) first = static_cast<UChar32>(c);
  }
  return static_cast<char32_t>(u_tolower(u_foldCase(first, U_FOLD_CASE_DEFAULT)));
}

Folding fold(char32_t c, const UNormalizer2* nfkd) {
  if (c >= 0xD800 && c < 0xE000) return {0, Glyph::separator};
  const auto point = static_cast<UChar32>(c);
  const std::int32_t digit = u_charDigitValue(point);
  if (digit >= 0 && digit <= 9) return {static_cast<std::uint32_t>(digit), Glyph::digit};
  const std::int8_t type = u_charType(point);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR)
    return {0, Glyph::invisible};
  const char32_t base = base_of(c, nfkd);
  const std::int32_t base_digit = u_charDigitValue(static_cast<UChar32>(base));
  if (base_digit >= 0 && base_digit <= 9)
    return {static_cast<std::uint32_t>(base_digit), Glyph::digit};
  if (!u_isalpha(static_cast<UChar32>(base)) && type != U_COMBINING_SPACING_MARK)
    return {0, Glyph::separator};
  const Glyph glyph = written_without_spaces(c) ? Glyph::alone : Glyph::letter;
  return {static_cast<std::uint32_t>(without_disguise(base)), glyph};
}

}  // namespace

FoldingTable::FoldingTable() : entry_(kSize) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfkd = unorm2_getNFKDInstance(&status);
  for (char32_t c = 0; c < kSize; ++c) entry_[c] = fold(c, nfkd);
}

const FoldingTable& FoldingTable::instance() {
  static const FoldingTable table;
  return table;
}

Folding FoldingTable::beyond(char32_t c) {
  if (c < 0x32000) return {static_cast<std::uint32_t>(c), Glyph::alone};  // further ideographs
  return {0, c >= 0xE0000 && c < 0xE0200 ? Glyph::invisible : Glyph::separator};  // tags
}

}  // namespace ovillo::cluster
