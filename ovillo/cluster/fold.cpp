#include "ovillo/cluster/fold.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/cluster/internal/folding_table.hpp"

namespace ovillo::cluster {

namespace {

// Letters that digits and signs stand for inside a word; 0: none.
constexpr char32_t letter_for_digit(std::uint32_t digit) {
  constexpr std::array<char32_t, 10> kLetters{U'o', U'i', 0, U'e', U'a', U's', 0, U't', 0, 0};
  return kLetters[digit];
}

constexpr std::size_t kMaxWordLength = 64;  // longer words are cut: bounds the buffer

constexpr std::uint64_t kHashStart = 0xcbf29ce484222325ULL;
constexpr std::uint64_t hash_step(std::uint64_t h, char32_t c) {
  return (h ^ c) * 0x100000001b3ULL;
}

// What stands in the buffer for one character of the word being read.
struct Character {
  char32_t folded;
  Glyph glyph;          // letter or digit
  bool sign;            // "@" or "$" read as a letter
  std::uint32_t begin;  // bytes in the raw text
  std::uint32_t end;
};

class Folder {
 public:
  Folder(std::string_view text, std::vector<Word>& out) : text_(text), out_(out) { out_.clear(); }

  void run() {
    const FoldingTable& table = FoldingTable::instance();
    std::size_t pos = 0;
    while (pos < text_.size() && out_.size() < kMaxWords) {
      if (n_ == 0 && plain_word(table, pos)) continue;
      if (pos == text_.size()) break;
      const auto byte = static_cast<unsigned char>(text_[pos]);
      char32_t c = byte;
      std::size_t length = 1;
      if (byte >= 0x80) {
        const CodePoint decoded = decode_utf8(text_, pos);
        c = decoded.value;
        length = decoded.length;
        if (c == 0xFFFD) {  // ill-formed: as if it were not there
          pos += length;
          continue;
        }
      }
      add(c, table[c], pos, pos + length);
      pos += length;
    }
    flush();
    if (out_.size() > kMaxWords) out_.resize(kMaxWords);
  }

 private:
  // Most words are letters from end to end: hashed as they are read, with the separators before
  // them. @return  false, with nothing done but separators passed, where something else begins.
  bool plain_word(const FoldingTable& table, std::size_t& pos) {
    const std::array<std::uint8_t, 128>& ascii = plain_ascii();
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text_.data());
    const std::size_t n = text_.size();
    while (pos < n && bytes[pos] < 0x80 && ascii[bytes[pos]] == kSeparator) ++pos;
    std::uint64_t h = kHashStart;
    char32_t previous = 0;
    std::size_t at = pos;
    const std::size_t longest = std::min(n, pos + kMaxWordLength);  // in bytes: never too long
    for (; at < longest; ++at) {
      char32_t c;
      if (bytes[at] < 0x80) {
        c = ascii[bytes[at]];
        if (c <= kSeparator) {
          if (c == kOther) return false;
          break;
        }
      } else {
        const CodePoint decoded = decode_utf8(text_, at);
        const Folding f = table[decoded.value];
        if (f.glyph == Glyph::separator && decoded.value != 0xFFFD) break;
        if (f.glyph != Glyph::letter) return false;
        c = f.folded;
        at += decoded.length - 1U;
      }
      if (c != previous) h = hash_step(h, c);  // doubled letters count once
      previous = c;
    }
    if (at == pos || at >= pos + kMaxWordLength) return false;
    push(finish(h), pos, at);
    pos = at;
    return true;
  }

  // What a byte of plain_word is: a letter, folded, or one of these.
  static constexpr std::uint8_t kOther = 0;
  static constexpr std::uint8_t kSeparator = 1;
  static const std::array<std::uint8_t, 128>& plain_ascii() {
    static const std::array<std::uint8_t, 128> table = [] {
      std::array<std::uint8_t, 128> out{};
      for (char32_t c = 0; c < out.size(); ++c) {
        const Folding f = FoldingTable::instance()[c];
        if (c == U'@' || c == U'$') continue;
        if (f.glyph == Glyph::letter) out[c] = static_cast<std::uint8_t>(f.folded);
        if (f.glyph == Glyph::separator) out[c] = kSeparator;
      }
      return out;
    }();
    return table;
  }

  void add(char32_t raw, Folding f, std::size_t begin, std::size_t end) {
    const bool sign = raw == U'@' || raw == U'$';
    if (sign) f = {raw == U'@' ? U'a' : U's', Glyph::letter};
    switch (f.glyph) {
      case Glyph::invisible:
        return;
      case Glyph::separator:
        flush();
        return;
      case Glyph::alone:
        flush();
        push(hash_of(f.folded), begin, end);
        return;
      case Glyph::letter:
      case Glyph::digit:
        break;
    }
    if (n_ == kMaxWordLength) flush();
    buffer_[n_++] = {f.folded, f.glyph, sign, static_cast<std::uint32_t>(begin),
                     static_cast<std::uint32_t>(end)};
    n_digits_ += f.glyph == Glyph::digit;
    n_signs_ += sign;
  }

  void flush() {
    if (n_ == 0) return;
    if (n_digits_ == 0 && n_signs_ == 0) {
      push_word(0, n_);
    } else if (reads_as_word()) {
      for (std::size_t i = 0; i < n_; ++i)
        if (buffer_[i].glyph == Glyph::digit)
          buffer_[i].folded = letter_for_digit(buffer_[i].folded);
      push_word(0, n_);
    } else {
      push_parts();
    }
    n_ = n_digits_ = n_signs_ = 0;
  }

  // "s0l0" and "h1" are words in disguise; "24h", "30min", "2x1" and "$150" are not.
  [[nodiscard]] bool reads_as_word() const {
    const std::size_t n_plain = n_ - n_digits_ - n_signs_;
    if (n_plain == 0) return n_digits_ == 0;
    if (n_digits_ > n_plain + n_signs_) return false;
    std::size_t run = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      if (buffer_[i].glyph != Glyph::digit) {
        run = 0;
        continue;
      }
      if (letter_for_digit(buffer_[i].folded) == 0) return false;
      if (++run == 2 && (i == 1 || i + 1 == n_)) return false;
    }
    const bool unit = n_ <= 3 && n_digits_ == 1 && buffer_[0].glyph == Glyph::digit;
    return !unit || n_signs_ > 0;
  }

  // Letters and digits apart; a sign beside digits is a currency, not a letter.
  void push_parts() {
    std::size_t i = 0;
    while (i < n_) {
      std::size_t j = i + 1;
      const Glyph glyph = buffer_[i].glyph;
      while (j < n_ && buffer_[j].glyph == glyph) ++j;
      if (glyph == Glyph::digit) {
        push_number(i, j);
      } else if (j - i > 1 || !buffer_[i].sign) {
        push_word(i, j);
      }
      i = j;
    }
  }

  void push_word(std::size_t i, std::size_t j) {
    std::uint64_t h = kHashStart;
    char32_t previous = 0;
    for (std::size_t k = i; k < j; ++k) {
      const char32_t c = buffer_[k].folded;
      if (c != previous) h = hash_step(h, c);  // doubled letters count once
      previous = c;
    }
    push(finish(h), buffer_[i].begin, buffer_[j - 1].end);
  }

  void push_number(std::size_t i, std::size_t j) {
    const auto n = static_cast<std::uint32_t>(j - i);
    if (!out_.empty() && out_.back().hash == kNumber &&
        buffer_[i].begin - out_.back().end <= 4) {  // another group of the same number
      out_.back().end = buffer_[j - 1].end;
      out_.back().n_digits += n;
      return;
    }
    out_.push_back({kNumber, buffer_[i].begin, buffer_[j - 1].end, n});
  }

  static std::uint32_t finish(std::uint64_t h) {
    const auto word = static_cast<std::uint32_t>(mix64(h) >> 32);
    return word == kNumber || word == 0 ? word + 1 : word;
  }
  static std::uint32_t hash_of(char32_t c) { return finish(hash_step(kHashStart, c)); }
  void push(std::uint32_t hash, std::size_t begin, std::size_t end) {
    out_.push_back({hash, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), 0});
  }

  std::string_view text_;
  std::vector<Word>& out_;
  std::array<Character, kMaxWordLength> buffer_;
  std::size_t n_ = 0;
  std::size_t n_digits_ = 0;
  std::size_t n_signs_ = 0;
};

}  // namespace

void fold_words(std::string_view text, std::vector<Word>& out) { Folder(text, out).run(); }

}  // namespace ovillo::cluster
