#include "ovillo/text/fold.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "ovillo/base/utf8.hpp"

namespace ovillo::text {

namespace {

constexpr char32_t kOverride = 0x202E;
constexpr char32_t kPop = 0x202C;

// What one code point folds to. `length` 0 drops it; `mark` then widens the character before it.
struct Form {
  std::uint8_t length = 0;
  bool mark = false;
  std::array<char, 14> bytes{};
};

struct Lookalike {
  char32_t code_point;
  char letter;
};
constexpr Lookalike kLookalikes[] = {
#include "ovillo/text/internal/lookalikes.inc"
};

bool is_combining(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0483 && c <= 0x0489) ||
         (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
         (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xFE20 && c <= 0xFE2F);
}

// Signs whose compatibility form would turn into digits or letters that nobody reads there.
bool keeps_its_shape(char32_t c) {
  return c == 0xAA || c == 0xBA || (c >= 0xBC && c <= 0xBE) || (c >= 0x2150 && c <= 0x215F) ||
         c == 0x2189;
}

char lookalike(char32_t c) {
  for (const Lookalike& one : kLookalikes)
    if (one.code_point == c) return one.letter;
  return 0;
}

Form form_of(const std::string& bytes) {
  Form form;
  // A few ligature signs unfold to a whole phrase; the phrase says nothing here.
  if (bytes.size() > form.bytes.size()) return form;
  form.length = static_cast<std::uint8_t>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), form.bytes.begin());
  return form;
}

Form plain_form(char32_t c) {
  std::string bytes;
  append_utf8(bytes, c);
  return form_of(bytes);
}

Form compute_form(char32_t c, const icu::Normalizer2& casefold, const icu::Normalizer2& decompose) {
  if (is_combining(c)) return {0, true, {}};
  if (keeps_its_shape(c)) return plain_form(c);
  const auto cp = static_cast<UChar32>(c);
  if (const std::int32_t digit = u_charDigitValue(cp); digit >= 0)
    return form_of(std::string(1, static_cast<char>('0' + digit)));
  // Dingbat digits are numbers to Unicode, not decimal digits.
  for (const char32_t one : {0x2776U, 0x2780U, 0x278AU}) {
    if (c >= one && c < one + 9) return form_of(std::string(1, static_cast<char>('1' + (c - one))));
  }
  if (c == 0x1F10B || c == 0x1F10C) return form_of("0");  // dingbat circled zero
  if (c == 0x277F || c == 0x2789 || c == 0x2793) return form_of("10");
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString plain =
      decompose.normalize(casefold.normalize(icu::UnicodeString(cp), status), status);
  if (U_FAILURE(status)) return plain_form(c);
  std::string bytes;
  for (std::int32_t i = 0; i < plain.length();) {
    const auto part = static_cast<char32_t>(plain.char32At(i));
    i += part > 0xFFFF ? 2 : 1;
    if (is_combining(part)) continue;
    if (const char letter = lookalike(part)) {
      bytes.push_back(letter);
    } else {
      append_utf8(bytes, part == 0x00DF ? U's' : part);
    }
  }
  return form_of(bytes);
}

// Forms of the blocks where folding changes something; everything else stays as it is.
class Forms {
 public:
  static const Forms& get() {
    static const Forms forms;
    return forms;
  }
  [[nodiscard]] const Form* find(char32_t c) const {
    if (c < kLow) return &low_[c];
    if (c >= 0xA640 && c < 0xAC00) return &latin_ext_[c - 0xA640];
    if (c >= 0xFB00 && c <= 0xFFFF) return &high_[c - 0xFB00];
    if (c >= 0x1D400 && c < 0x1D800) return &math_[c - 0x1D400];
    if (c >= 0x1F100 && c < 0x1F200) return &enclosed_[c - 0x1F100];
    if (c >= 0x1FBF0 && c < 0x1FBFA) return &segmented_[c - 0x1FBF0];
    if (c >= 0xE0000 && c < 0xE1000) return &dropped_;
    return nullptr;
  }

 private:
  static constexpr char32_t kLow = 0x3400;
  Forms() {
    UErrorCode status = U_ZERO_ERROR;
    const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const auto* decompose = icu::Normalizer2::getNFDInstance(status);
    const auto fill = [&](std::vector<Form>& forms, char32_t first, char32_t end) {
      forms.reserve(end - first);
      for (char32_t c = first; c < end; ++c)
        forms.push_back(U_SUCCESS(status) ? compute_form(c, *casefold, *decompose) : plain_form(c));
    };
    fill(low_, 0, kLow);
    fill(latin_ext_, 0xA640, 0xAC00);
    fill(high_, 0xFB00, 0x10000);
    fill(math_, 0x1D400, 0x1D800);
    fill(enclosed_, 0x1F100, 0x1F200);
    fill(segmented_, 0x1FBF0, 0x1FBFA);
  }
  std::vector<Form> low_, latin_ext_, high_, math_, enclosed_, segmented_;
  Form dropped_;
};

// End of the run of ASCII that starts at `pos`, eight bytes at a time.
std::size_t ascii_end(std::string_view text, std::size_t pos) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
  for (; pos + 8 <= text.size(); pos += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + pos, 8);
    if ((eight & kHighBits) != 0) break;
  }
  while (pos < text.size() && static_cast<unsigned char>(text[pos]) < 0x80) ++pos;
  return pos;
}

// Folds the ASCII of [pos, end): three loops without a branch, which compilers turn into SIMD.
void fold_ascii(std::string_view text, std::size_t pos, std::size_t end, Folded& out) {
  const std::size_t n = end - pos;
  const std::size_t at = out.text.size();
  out.text.resize(at + n);
  out.raw_begin.resize(at + n);
  out.raw_end.resize(at + n);
  const char* const from = text.data() + pos;
  char* const to = out.text.data() + at;
  std::uint32_t* const raw_begin = out.raw_begin.data() + at;
  std::uint32_t* const raw_end = out.raw_end.data() + at;
  const auto first = static_cast<std::uint32_t>(pos);
  for (std::size_t i = 0; i < n; ++i) {
    const bool upper_case = from[i] >= 'A' && from[i] <= 'Z';
    to[i] = static_cast<char>(from[i] | (upper_case ? 0x20 : 0));
  }
  for (std::uint32_t i = 0; i < n; ++i) raw_begin[i] = first + i;
  for (std::uint32_t i = 0; i < n; ++i) raw_end[i] = first + i + 1;
}

void append(Folded& out, std::string_view bytes, std::uint32_t begin, std::uint32_t end) {
  if (bytes.size() == 1) {  // "e" of "é"
    out.text.push_back(bytes.front());
    out.raw_begin.push_back(begin);
    out.raw_end.push_back(end);
    return;
  }
  out.text.append(bytes);
  out.raw_begin.insert(out.raw_begin.end(), bytes.size(), begin);
  out.raw_end.insert(out.raw_end.end(), bytes.size(), end);
}

// The bytes of one character share one raw range; widens that of the last character to `end`.
void widen_last(Folded& out, std::uint32_t end) {
  if (out.raw_begin.empty()) return;
  const std::uint32_t begin = out.raw_begin.back();
  // At most 14 bytes come from one code point, so this is O(1).
  for (std::size_t i = out.raw_begin.size(); i > 0 && out.raw_begin[i - 1] == begin; --i)
    out.raw_end[i - 1] = std::max(out.raw_end[i - 1], end);
}

void fold_one(std::string_view text, std::size_t pos, CodePoint c, const Forms& forms,
              Folded& out) {
  const auto begin = static_cast<std::uint32_t>(pos);
  const auto end = static_cast<std::uint32_t>(pos + c.length);
  const Form* form = forms.find(c.value);
  if (form == nullptr) {
    append(out, text.substr(pos, c.length), begin, end);
  } else if (form->length > 0) {
    append(out, {form->bytes.data(), form->length}, begin, end);
  } else if (form->mark) {
    widen_last(out, end);
  }
}

// Folds [pos, end) character by character, last first: what a right-to-left override shows.
void fold_mirrored(std::string_view text, std::size_t pos, std::size_t end, Folded& out) {
  std::vector<std::pair<std::size_t, CodePoint>> characters;
  while (pos < end) {
    const CodePoint c = decode_utf8(text, pos);
    characters.emplace_back(pos, c);
    pos += c.length;
  }
  for (auto it = characters.rbegin(); it != characters.rend(); ++it)
    fold_one(text, it->first, it->second, Forms::get(), out);
}

std::size_t override_end(std::string_view text, std::size_t pos) {
  while (pos < text.size()) {
    const CodePoint c = decode_utf8(text, pos);
    if (c.value == kPop || c.value == '\n' || c.value == 0x202D || c.value == 0x2069) break;
    pos += c.length;
  }
  return pos;
}

}  // namespace

ByteRange Folded::raw(std::size_t begin, std::size_t end) const {
  if (!has_override) return {raw_begin[begin], raw_end[end - 1]};
  ByteRange range{raw_begin[begin], raw_end[begin]};
  for (std::size_t i = begin; i < end; ++i) {
    range.begin = std::min(range.begin, raw_begin[i]);
    range.end = std::max(range.end, raw_end[i]);
  }
  return range;
}

void fold(std::string_view text, Folded& out, Order order) {
  out.text.clear();
  out.raw_begin.clear();
  out.raw_end.clear();
  out.has_override = false;
  const Forms& forms = Forms::get();
  out.text.reserve(text.size());
  out.raw_begin.reserve(text.size());
  out.raw_end.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      const std::size_t end = ascii_end(text, i);
      fold_ascii(text, i, end, out);
      i = end;
      continue;
    }
    const CodePoint c = decode_utf8(text, i);
    if (c.value == kOverride) {
      out.has_override = true;
      if (order == Order::shown) {
        const std::size_t end = override_end(text, i + c.length);
        fold_mirrored(text, i + c.length, end, out);
        i = end;
        continue;
      }
    }
    fold_one(text, i, c, forms, out);
    i += c.length;
  }
}

std::string folded(std::string_view text) {
  Folded out;
  fold(text, out);
  return std::move(out.text);
}

}  // namespace ovillo::text
