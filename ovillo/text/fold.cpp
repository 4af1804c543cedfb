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

// Writes the folded form. Its three lists grow ahead of the text and are cut at the end, so that a
// byte costs a store, not a call.
class Writer {
 public:
  Writer(std::string_view raw, Folded& out) : raw_(raw), out_(out) { make_room(raw.size() + 64); }

  void finish() {
    out_.text.resize(n_);
    out_.raw_begin.resize(n_);
    out_.raw_end.resize(n_);
  }

  // The ASCII of [pos, end): three loops without a branch, which compilers turn into SIMD.
  void ascii(std::size_t pos, std::size_t end) {
    const std::size_t n = end - pos;
    make_room(n);
    const char* const from = raw_.data() + pos;
    char* const to = out_.text.data() + n_;
    std::uint32_t* const raw_begin = out_.raw_begin.data() + n_;
    std::uint32_t* const raw_end = out_.raw_end.data() + n_;
    const auto first = static_cast<std::uint32_t>(pos);
    for (std::size_t i = 0; i < n; ++i) {
      const bool upper_case = from[i] >= 'A' && from[i] <= 'Z';
      to[i] = static_cast<char>(from[i] | (upper_case ? 0x20 : 0));
    }
    for (std::uint32_t i = 0; i < n; ++i) raw_begin[i] = first + i;
    for (std::uint32_t i = 0; i < n; ++i) raw_end[i] = first + i + 1;
    n_ += n;
  }

  // The character `c` at `pos`.
  void character(std::size_t pos, CodePoint c) {
    const auto begin = static_cast<std::uint32_t>(pos);
    const auto end = static_cast<std::uint32_t>(pos + c.length);
    const Form* form = forms_.find(c.value);
    if (form == nullptr) {
      append(raw_.substr(pos, c.length), begin, end);
    } else if (form->length > 0) {
      append({form->bytes.data(), form->length}, begin, end);
    } else if (form->mark) {
      widen_last(end);
    }
  }

  // [pos, end) character by character, last first: what a right-to-left override shows.
  void mirrored(std::size_t pos, std::size_t end) {
    std::vector<std::pair<std::size_t, CodePoint>> characters;
    while (pos < end) {
      const CodePoint c = decode_utf8(raw_, pos);
      characters.emplace_back(pos, c);
      pos += c.length;
    }
    for (auto it = characters.rbegin(); it != characters.rend(); ++it)
      character(it->first, it->second);
  }

 private:
  void make_room(std::size_t n_more) {
    if (n_ + n_more <= out_.text.size() && out_.text.size() <= out_.raw_begin.size() &&
        out_.text.size() <= out_.raw_end.size())
      return;
    const std::size_t n = n_ + n_more + n_ / 2;
    out_.text.resize(n);
    out_.raw_begin.resize(n);
    out_.raw_end.resize(n);
  }

  void append(std::string_view bytes, std::uint32_t begin, std::uint32_t end) {
    make_room(bytes.size());
    for (const char byte : bytes) {
      out_.text[n_] = byte;
      out_.raw_begin[n_] = begin;
      out_.raw_end[n_] = end;
      ++n_;
    }
  }

  // The bytes of one character share one raw range; widens that of the last character to `end`.
  void widen_last(std::uint32_t end) {
    if (n_ == 0) return;
    const std::uint32_t begin = out_.raw_begin[n_ - 1];
    // At most 14 bytes come from one code point, so this is O(1).
    for (std::size_t i = n_; i > 0 && out_.raw_begin[i - 1] == begin; --i)
      out_.raw_end[i - 1] = std::max(out_.raw_end[i - 1], end);
  }

  std::string_view raw_;
  Folded& out_;
  const Forms& forms_ = Forms::get();
  std::size_t n_ = 0;  // bytes written
};

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
  out.has_override = false;
  Writer writer(text, out);
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      const std::size_t end = ascii_end(text, i);
      writer.ascii(i, end);
      i = end;
      continue;
    }
    const CodePoint c = decode_utf8(text, i);
    if (c.value == kOverride) {
      out.has_override = true;
      if (order == Order::shown) {
        const std::size_t end = override_end(text, i + c.length);
        writer.mirrored(i + c.length, end);
        i = end;
        continue;
      }
    }
    writer.character(i, c);
    i += c.length;
  }
  writer.finish();
}

std::string folded(std::string_view text) {
  Folded out;
  fold(text, out);
  return std::move(out.text);
}

}  // namespace ovillo::text
