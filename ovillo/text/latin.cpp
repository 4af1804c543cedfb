#include "ovillo/text/latin.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "ovillo/base/utf8.hpp"

namespace ovillo::text {

bool is_word_part(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  const auto type = u_charType(point);
  return u_isalnum(point) != 0 || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

namespace {

struct Romanised {
  char32_t code_point;
  std::string_view letters;
};
constexpr Romanised kRomanised[] = {
#include "ovillo/text/internal/romanised.inc"
};

// What each code point below U+2000 becomes.
class Table {
 public:
  Table() {
    for (const Romanised& one : kRomanised)
      if (one.code_point < kSize) letters_[one.code_point] = {one.letters, true};
  }
  // Whether the table knows `c`, and what it becomes.
  [[nodiscard]] std::pair<std::string_view, bool> find(char32_t c) const {
    return c < kSize ? letters_[c] : std::pair<std::string_view, bool>{{}, false};
  }

 private:
  static constexpr std::size_t kSize = 0x2000;
  std::array<std::pair<std::string_view, bool>, kSize> letters_{};
};

const Table& table() {
  static const Table instance;
  return instance;
}

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Lower-case letters a-z and digits of ASCII; false when there is another byte.
bool take_ascii(std::string_view word, std::string& out) {
  for (const char c : word) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_plain(lower)) out += lower;
  }
  return true;
}

Script script_of(char32_t c) {
  UErrorCode fault = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &fault)) {
    case USCRIPT_LATIN:
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
      return Script::latin;
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
    case USCRIPT_SYRIAC:
      return Script::abjad;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Script::kana;
    case USCRIPT_HAN:
    case USCRIPT_HANGUL:
      return Script::syllables;
    default:
      return Script::letters;
  }
}

// Two letters of Greek that are one sound.
constexpr std::pair<std::string_view, std::string_view> kGreekPairs[] = {
    {"oy", "ou"}, {"mp", "b"}, {"gk", "g"},  {"gg", "ng"}, {"ei", "i"},
    {"oi", "i"},  {"ai", "e"}, {"ey", "ef"}, {"ay", "af"}};

void join_greek_pairs(std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto* pair = std::find_if(
        std::begin(kGreekPairs), std::end(kGreekPairs),
        [&](const auto& one) { return std::string_view(text).substr(i).starts_with(one.first); });
    if (pair == std::end(kGreekPairs)) {
      out += text[i++];
    } else {
      out += pair->second;
      i += pair->first.size();
    }
  }
  text = std::move(out);
}

const icu::Transliterator* any_to_latin() {
  static const std::unique_ptr<icu::Transliterator> instance = [] {
    UErrorCode fault = U_ZERO_ERROR;
    return std::unique_ptr<icu::Transliterator>(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, fault));
  }();
  return instance.get();
}

// By ICU; of what it cannot read the letters stay.
void transliterate(const std::u32string& word, LatinWord& out) {
  auto text = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(word.data()),
                                            static_cast<std::int32_t>(word.size()));
  if (any_to_latin() != nullptr) any_to_latin()->transliterate(text);
  text.toLower(icu::Locale::getRoot());
  std::string bytes;
  text.toUTF8String(bytes);
  bool foreign = false;
  for (std::size_t i = 0; i < bytes.size();) {
    const CodePoint c = decode_utf8(bytes, i);
    if (c.value < 0x80 ? is_plain(bytes[i]) : is_word_part(c.value)) {
      // The signs of aspiration and the glottal stop count as letters in Unicode.
      const bool modifier = u_charType(static_cast<UChar32>(c.value)) == U_MODIFIER_LETTER;
      if (!modifier) out.text.append(bytes, i, c.length);
      foreign |= c.value >= 0x80 && !modifier && script_of(c.value) != Script::latin;
    }
    i += c.length;
  }
  if (foreign) out.script = Script::unread;
}

}  // namespace

LatinWord to_latin(std::string_view word) {
  LatinWord out;
  if (take_ascii(word, out.text)) return out;
  out.text.clear();
  UErrorCode fault = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(fault);
  const icu::Normalizer2* decomposing = icu::Normalizer2::getNFCInstance(fault);
  icu::UnicodeString folded = folding->normalize(
      icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())}), fault);
  std::u32string rest;
  bool known = true;
  bool greek = false;
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const auto c = static_cast<char32_t>(folded.char32At(i));
    if (c == U'\uFFFD') continue;
    rest += c;
    if (out.script == Script::latin) out.script = script_of(c);
    greek |= c >= 0x0370 && c < 0x0400;
    icu::UnicodeString parts;
    if (const auto [letters, there] = table().find(c); there) {
      out.text += letters;
    } else if (c < 0x80) {
      if (is_plain(static_cast<char>(c))) out.text += static_cast<char>(c);
    } else if (decomposing->getDecomposition(static_cast<UChar32>(c), parts) != 0) {
      char32_t base = static_cast<char32_t>(parts.char32At(0));
      while (base >= 0x80 && !table().find(base).second) {
        icu::UnicodeString deeper;
        if (decomposing->getDecomposition(static_cast<UChar32>(base), deeper) == 0) break;
        base = static_cast<char32_t>(deeper.char32At(0));
      }
      if (base < 0x80) {
        if (is_plain(static_cast<char>(base))) out.text += static_cast<char>(base);
      } else if (const auto [letters2, there2] = table().find(base); there2) {
        out.text += letters2;
      } else {
        known = false;
      }
    } else if (u_charType(static_cast<UChar32>(c)) != U_NON_SPACING_MARK ||
               script_of(c) != Script::latin) {
      known = known && u_isalnum(static_cast<UChar32>(c)) == 0 && script_of(c) == Script::latin;
    }
  }
  if (!known) {
    out.text.clear();
    transliterate(rest, out);
  } else if (greek) {
    join_greek_pairs(out.text);
  }
  return out;
}

}  // namespace ovillo::text
