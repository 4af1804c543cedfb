#include "ovillo/extract/internal/mark_tokens.hpp"

#include <algorithm>
#include <string_view>

namespace ovillo::extract {

namespace {

using text::TokenKind;

constexpr std::size_t kWordsAhead = 6;         // tokens a word that sounds like a digit looks ahead
constexpr std::uint32_t kShortestWallet = 26;  // bytes
constexpr std::uint32_t kShortestCardRun = 4;  // digits of its first group

class Marker {
 public:
  Marker(const Scan& scan, const text::NumberWords& numbers, std::uint8_t* marks)
      : tokens_(scan.tokens.data()),
        words_(scan.words.data()),
        text_(scan.folded.text),
        n_(scan.size()),
        numbers_(numbers),
        marks_(marks) {}

  void run() {
    std::size_t chain = 0;  // the first token of the chain of touching words and numbers
    for (std::size_t i = 0; i < n_; ++i) {
      const text::Token& token = tokens_[i];
      const Vocabulary::Entry& word = *words_[i];
      marks_[i] |= word.marks;
      // What sounds like a digit counts before number words only.
      if ((word.classes & static_cast<WordClasses>(WordClass::number)) != 0)
        for (std::size_t j = i - std::min(i, kWordsAhead); j < i; ++j) add(j, Mark::phone);
      if (token.kind == TokenKind::symbol) {
        symbol(i);
        continue;
      }
      if (!token.glued || is_symbol(i - 1)) chain = i;
      if (token.end - tokens_[chain].begin >= kShortestWallet) add(chain, Mark::account);
      if (token.kind == TokenKind::number) {
        number(i);
      } else if (follows_digits(i) || (word.is_unknown() && numbers_.may_split(token.of(text_)))) {
        add(i, Mark::phone);
      }
    }
  }

 private:
  void add(std::size_t i, Mark mark) { marks_[i] |= static_cast<std::uint8_t>(mark); }
  [[nodiscard]] bool is_symbol(std::size_t i) const { return tokens_[i].kind == TokenKind::symbol; }
  // The token before i touches it and is a number.
  [[nodiscard]] bool follows_digits(std::size_t i) const {
    return tokens_[i].glued && tokens_[i - 1].kind == TokenKind::number;
  }
  [[nodiscard]] std::uint32_t length(std::size_t i) const {
    return tokens_[i].end - tokens_[i].begin;
  }

  void number(std::size_t i) {
    add(i, Mark::quantity);
    add(i, Mark::phone);
    if (length(i) >= kShortestCardRun) add(i, Mark::account);
    if (i == 0) return;
    if (tokens_[i - 1].kind == TokenKind::word && length(i - 1) == 2) add(i - 1, Mark::account);
    if (tokens_[i].glued) add(i - 1, Mark::phone);
  }

  void symbol(std::size_t i) {
    const bool glued = tokens_[i].glued;
    switch (text_[tokens_[i].begin]) {
      case '@':
        add(i, Mark::link);
        [[fallthrough]];
      case '!':
      case '|':
      case '$':
        if (glued) add(i - 1, Mark::phone);  // letters in disguise: "se!s"
        break;
      case '(':
      case '[':
      case '{':
      case '<':
        add(i, Mark::link);
        break;
      case '+':
        add(i, Mark::phone);
        break;
      case '.':
        if (glued && i + 1 < n_ && tokens_[i + 1].glued) host(i);
        break;
      case ':':
        if (i > 0) add(i - 1, Mark::link);  // "https:", "tel:"
        break;
      default:
        break;
    }
  }

  // The labels of a host lie to the left of a dot that touches both: "casa-maria.example".
  void host(std::size_t dot) {
    for (std::size_t i = dot; i > 0 && tokens_[i].glued; --i) {
      if (!is_symbol(i - 1)) {
        add(i - 1, Mark::link);
      } else if (text_[tokens_[i - 1].begin] != '-') {
        return;
      }
    }
  }

  // Held apart from the scan: a mark is a byte, which may alias anything that is not local.
  const text::Token* const tokens_;
  const Vocabulary::Entry* const* const words_;
  const std::string_view text_;
  const std::size_t n_;
  const text::NumberWords& numbers_;
  std::uint8_t* const marks_;
};

}  // namespace

void mark_tokens(Scan& scan, const text::NumberWords& numbers) {
  Marker(scan, numbers, scan.marks.reset(scan.size())).run();
  scan.marks.close();
}

}  // namespace ovillo::extract
