#include "ovillo/assess/internal/words.hpp"

#include <algorithm>

#include "ovillo/base/utf8.hpp"

namespace ovillo::assess {

namespace {

/// The letter that a digit, "@" or "$" stands for inside a word, or `other`.
std::uint8_t letter_like(char c) {
  switch (c) {
    case '0':
      return 'o' - 'a';
    case '1':
      return 'i' - 'a';
    case '3':
      return 'e' - 'a';
    case '4':
    case '@':
      return 'a' - 'a';
    case '5':
    case '$':
      return 's' - 'a';
    case '7':
      return 't' - 'a';
    case '8':
      return 'b' - 'a';
    default:
      return folded::kOther;
  }
}

class Splitter {
 public:
  Splitter(std::string_view text, Words& out) : text_(text), out_(out) {
    out_.symbols.resize(2 * text.size());  // a character folds to at most two symbols
    out_.words.reserve(text.size() / 4);
  }

  void run() {
    while (at_ < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte >= 0x80) {
        const CodePoint c = decode_utf8(text_, at_);
        const FoldedCharacter folded = fold_character(c.value);
        take(folded.first, c.length);
        if (folded.second != folded::kGone) out_.symbols[n_symbols_++] = folded.second;
      } else if (const std::uint8_t symbol = kAsciiFold[byte]; symbol < folded::kDigit0) {
        letters();
      } else {
        mark(symbol);
      }
    }
    close();
    out_.symbols.resize(n_symbols_);
  }

 private:
  // A run of ASCII letters: nearly all of most texts.
  void letters() {
    if (open_ && word_.is_number) close();
    if (!open_) open(false);
    const char* const text = text_.data();
    const auto end = static_cast<std::uint32_t>(text_.size());
    std::uint8_t* const symbols = out_.symbols.data();
    std::uint32_t at = at_;
    std::uint32_t n = n_symbols_;
    for (; at < end; ++at) {
      const std::uint8_t symbol = kAsciiFold[static_cast<unsigned char>(text[at])];
      if (symbol >= folded::kDigit0) break;
      symbols[n++] = symbol;
    }
    word_.end = at_ = at;
    n_symbols_ = n;
  }

  // An ASCII character that is no letter.
  void mark(std::uint8_t symbol) {
    if (open_ && !word_.is_number && stands_for_letter()) {
      take(letter_like(text_[at_]), 1);
    } else if (symbol == folded::kDot) {
      dots();
    } else {
      take(symbol, 1);
    }
  }

  // Takes one character of `length` bytes.
  void take(std::uint8_t symbol, std::uint32_t length) {
    if (symbol == folded::kApostrophe) return apostrophe(length);
    if (is_letter(symbol) || is_digit(symbol)) {
      const bool number = is_digit(symbol);
      if (open_ && word_.is_number != number) close();
      if (!open_) open(number);
      out_.symbols[n_symbols_++] = symbol;
      word_.end = at_ + length;
    } else if (symbol != folded::kGone) {
      close();
      if (symbol == folded::kSoft) break_ = std::max(break_, Break::soft);
      if (symbol == folded::kHard) break_ = Break::hard;
    }
    at_ += length;
  }

  // Whether the character here is one look-alike between two letters, or "0" or "@" after the last
  // ("n0", "nunc@").
  [[nodiscard]] bool stands_for_letter() const {
    const char c = text_[at_];
    if (letter_like(c) == folded::kOther) return false;
    if (at_ + 1 >= text_.size()) return c == '0' || c == '@';
    const auto next = static_cast<unsigned char>(text_[at_ + 1]);
    if (next >= 0x80) return next >= 0xC3;
    if (is_letter(kAsciiFold[next])) return true;
    return (c == '0' || c == '@') && kAsciiFold[next] >= folded::kSpace;
  }

  void apostrophe(std::uint32_t length) {
    const std::uint32_t n = n_symbols_ - word_.symbol_begin;
    const std::uint8_t* const symbols = out_.symbols.data() + word_.symbol_begin;
    const bool elided = n == 1 || (n == 2 && symbols[0] == 'q' - 'a' && symbols[1] == 'u' - 'a');
    if (open_ && (word_.is_number || elided)) close();
    at_ += length;
  }

  // One dot before a space ends a phrase; several are a pause; one inside "a.m" is nothing.
  void dots() {
    close();
    std::uint32_t n = 0;
    while (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      ++n;
    }
    const bool space = at_ == text_.size() || text_[at_] == ' ' || text_[at_] == '\n';
    if (n > 1) {
      break_ = std::max(break_, Break::soft);
    } else if (space) {
      break_ = Break::hard;
    }
  }

  void open(bool number) {
    open_ = true;
    word_ = {at_, at_, n_symbols_, n_symbols_, break_, number};
    break_ = Break::none;
  }

  void close() {
    if (!open_) return;
    open_ = false;
    word_.symbol_end = n_symbols_;
    out_.words.push_back(word_);
  }

  std::string_view text_;
  Words& out_;
  Word word_;
  Break break_ = Break::none;
  std::uint32_t at_ = 0;
  std::uint32_t n_symbols_ = 0;
  bool open_ = false;
};

}  // namespace

void split_words(std::string_view text, Words& out) {
  out.clear();
  Splitter(text, out).run();
}

}  // namespace ovillo::assess
