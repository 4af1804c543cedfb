#include "ovillo/extract/internal/phone_items.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "ovillo/base/utf8.hpp"

namespace ovillo::extract {

namespace {

using text::NumberKind;
using text::NumberPiece;
using text::Strength;
using text::TokenKind;

constexpr std::size_t kMostSigns = 6;  // signs between two pieces
constexpr std::size_t kLongestChain =
    40;  // bytes of a chain read as a number word with digits in it
constexpr std::uint8_t kLineGap = 2;

// The digit a letter stands for inside a number, and a second choice; 0 for none.
struct LetterDigits {
  char first = 0;
  char second = 0;
};

LetterDigits digits_for(char32_t letter, bool upper_case) {
  switch (letter) {
    case 'o':
    case 'q':
    case 'd':
      return letter == 'd' && !upper_case ? LetterDigits{} : LetterDigits{'0', '0'};
    case 'l':
    case 'i':
      return {'1', '1'};
    case 'z':
      return {'2', '2'};
    case 'e':
      return {'3', '3'};
    case 'a':
      return {'4', '4'};
    case 's':
      return {'5', '5'};
    case 't':
      return {'7', '7'};
    // A small b looks like 6, a capital one like 8; with g it is the other way round.
    case 'b':
      return upper_case ? LetterDigits{'8', '6'} : LetterDigits{'6', '8'};
    case 'g':
      return upper_case ? LetterDigits{'6', '9'} : LetterDigits{'9', '6'};
    case U'з':
      return {'3', '3'};
    case U'ч':
      return {'4', '4'};
    case U'б':
      return {'6', '6'};
    default:
      return {};
  }
}

// The letter a digit or sign may stand for inside a number word; 0 for none.
char letter_for(char c) {
  switch (c) {
    case '0':
      return 'o';
    case '1':
    case '!':
    case '|':
      return 'i';
    case '3':
      return 'e';
    case '4':
    case '@':
      return 'a';
    case '5':
    case '$':
      return 's';
    case '7':
      return 't';
    case '8':
      return 'b';
    default:
      return c >= 'a' && c <= 'z' ? c : '\0';
  }
}

class RunReader {
 public:
  RunReader(const Scan& scan, const NumberVocabulary& numbers, std::vector<PhoneItem>& items,
            RunScratch& scratch)
      : scan_(scan),
        numbers_(numbers.words),
        alikes_(numbers.alikes),
        items_(items),
        pieces_(scratch.pieces),
        next_pieces_(scratch.next_pieces),
        plain_(scratch.plain) {}

  std::size_t read(std::size_t first) {
    std::size_t i = first;
    while (i < scan_.size()) {
      const std::size_t next = step(i);
      if (next == i) break;
      i = next;
    }
    return std::max(i, first + 1);
  }

 private:
  // Reads token i; returns the token after, or i when the run ends here.
  std::size_t step(std::size_t i) {
    if (scan_.blocked(i)) return i;
    if (scan_.tokens[i].new_line) gap_ = std::max(gap_, kLineGap);
    switch (scan_.tokens[i].kind) {
      case TokenKind::number:
        if (const std::size_t next = leet_word(i); next != i) return next;
        push_digits(i);
        return i + 1;
      case TokenKind::word:
        return word(i);
      case TokenKind::symbol:
        return sign(i) ? i + 1 : i;
    }
    return i;
  }

  std::uint8_t script_flags(std::uint32_t begin, std::uint32_t end) const {
    const Span span = scan_.span(begin, end);
    if (span.end - span.begin == end - begin) return 0;
    const std::string_view raw = scan_.raw_of(span);
    return raw.find("\xE2\x83\xA3") != raw.npos ? kEmoji : kLookalike;
  }

  PhoneItem& push(std::uint32_t begin, std::uint32_t end, std::size_t token, ItemKind kind) {
    PhoneItem item;
    item.begin = begin;
    item.end = end;
    item.token = static_cast<std::uint32_t>(token);
    item.kind = kind;
    if (!items_.empty()) {
      item.touches = items_.back().end == begin;
      item.gap = static_cast<std::uint8_t>(gap_ + (n_signs_ > 2 ? 1 : 0));
      item.tight = n_signs_ == 1 && begin == items_.back().end + 1;
      item.sign = n_signs_ == 1 ? sign_ : '\0';
      if (!item.touches) item.flags |= kSeparated;
      if (emoji_) item.flags |= kEmoji;
    }
    gap_ = 0;
    n_signs_ = 0;
    sign_ = 0;
    emoji_ = false;
    items_.push_back(item);
    return items_.back();
  }

  void push_digits(std::size_t i) {
    const text::Token& token = scan_.tokens[i];
    PhoneItem& item = push(token.begin, token.end, i, ItemKind::digits);
    item.flags |= kPlainDigits | script_flags(token.begin, token.end);
  }

  void push_pieces(std::uint32_t begin, std::size_t token, std::uint8_t flags) {
    for (const NumberPiece& piece : pieces_) {
      PhoneItem& item = push(begin + piece.begin, begin + piece.end, token,
                             piece.word.kind == NumberKind::plus ? ItemKind::plus : ItemKind::word);
      item.word = piece.word;
      item.flags |= kInWords | flags;
    }
  }

  std::size_t word(std::size_t i) {
    if (const std::size_t next = leet_word(i); next != i) return next;
    const bool by_number = (scan_.glued(i) && scan_.is_kind(i - 1, TokenKind::number)) ||
                           (scan_.glued(i + 1) && scan_.is_kind(i + 1, TokenKind::number));
    if (scan_.is(i, WordClass::phone_cue | WordClass::number_cue)) return i;
    numbers_.split(scan_.at(i), pieces_);
    if (!pieces_.empty() && fits(i, by_number)) {
      push_pieces(scan_.tokens[i].begin, i, 0);
      return i + 1;
    }
    if (push_letters(i, by_number)) return i + 1;
    if (!by_number && push_alike(i)) return i + 1;
    // "6x1x2"; "612x345x678" are measures.
    if (!items_.empty() && items_.back().end - items_.back().begin <= 2 && scan_.at(i) == "x") {
      ++n_signs_;
      gap_ = std::max<std::uint8_t>(gap_, 2);
      return i + 1;
    }
    return i;
  }

  // Everyday words count only inside a run; "plus" only before a number.
  bool fits(std::size_t i, bool by_number) {
    const text::NumberWord& first = pieces_.front().word;
    if (pieces_.size() > 1) return true;
    if (first.kind == NumberKind::plus) return true;
    if (first.kind == NumberKind::and_) return !items_.empty() && !by_number;
    // "media hora", "meia noite": a half, not a six.
    if (first.strength == Strength::weak && scan_.is(i, WordClass::half) &&
        scan_.is(i + 1, WordClass::hour | WordClass::night))
      return false;
    if (first.strength == Strength::strong || !items_.empty() || by_number) return true;
    if (first.strength == Strength::sound) return numbers_ahead(i + 1) >= 2;
    const std::size_t next = scan_.glued(i + 1) && scan_.is_symbol(i + 1, '-') ? i + 2 : i + 1;
    return number_follows(next);
  }

  // "oh seven ...", "een twee ...": an everyday word right before a number.
  bool number_follows(std::size_t i) {
    if (i >= scan_.size() || scan_.blocked(i) || scan_.tokens[i].new_line) return false;
    if (scan_.is_kind(i, TokenKind::number)) return true;
    if (!scan_.is_kind(i, TokenKind::word)) return false;
    numbers_.split(scan_.at(i), next_pieces_);
    return !next_pieces_.empty() && next_pieces_.front().word.kind != NumberKind::and_ &&
           next_pieces_.front().word.strength != Strength::sound;
  }

  // "sevin", "zwai": a word of no language we know that sounds like a digit, among number words.
  bool push_alike(std::size_t i) {
    if (!may_be_alike(i)) return false;
    if (!after_spoken_digit() && !(items_.empty() && numbers_ahead(i + 1) >= 2)) return false;
    const auto digit = alike(i);
    if (!digit) return false;
    PhoneItem& item = push(scan_.tokens[i].begin, scan_.tokens[i].end, i, ItemKind::word);
    item.word = {NumberKind::unit, *digit, Strength::sound};
    item.flags |= kInWords;
    return true;
  }

  // The piece before is a digit in words; an everyday word ("een") counts after another one.
  [[nodiscard]] bool after_spoken_digit() const {
    const auto spoken = [&](std::size_t back, bool everyday) {
      if (items_.size() < back) return false;
      const PhoneItem& item = items_[items_.size() - back];
      return item.kind == ItemKind::word && item.word.kind == NumberKind::unit &&
             (everyday || item.word.strength != Strength::weak);
    };
    return spoken(1, false) || (spoken(1, true) && spoken(2, false));
  }

  [[nodiscard]] bool may_be_alike(std::size_t i) const {
    if (scan_.glued(i) && !scan_.is_kind(i - 1, TokenKind::symbol)) return false;
    if (scan_.words[i]->languages != 0 || scan_.words[i]->classes != 0) return false;
    return scan_.length(i) >= 3 && scan_.length(i) <= 8;
  }

  [[nodiscard]] std::optional<std::uint8_t> alike(std::size_t i) const {
    if (!may_be_alike(i)) return std::nullopt;
    return alikes_.digit(scan_.at(i));
  }

  // How many of the next three words are number words, the everyday ones not counted. Sounds are
  // listened for only where at least one of them is.
  [[nodiscard]] std::size_t numbers_ahead(std::size_t i) const {
    constexpr std::size_t kWords = 3;
    std::size_t n_words = 0;
    std::size_t n_numbers = 0;
    std::size_t n_alike = 0;
    const auto each_word = [&](auto&& take) {
      n_words = 0;
      for (std::size_t j = i; j < scan_.size() && j < i + 2 * kWords && n_words < kWords; ++j) {
        if (scan_.blocked(j) || scan_.tokens[j].new_line) break;
        if (!scan_.is_kind(j, TokenKind::word)) continue;
        ++n_words;
        take(j);
      }
    };
    each_word([&](std::size_t j) { n_numbers += scan_.is(j, WordClass::number) ? 1 : 0; });
    if (n_numbers == 0) return 0;
    each_word([&](std::size_t j) {
      if (scan_.is(j, WordClass::number)) return;
      n_alike += scan_.is(j, WordClass::sounds_number) || alike(j) ? 1 : 0;
    });
    return n_numbers + n_alike;
  }

  // Letters for digits: glued to digits, or "oo", "Il" alone between them.
  bool push_letters(std::size_t i, bool by_number) {
    const std::string_view letters = scan_.at(i);
    PhoneItem read;
    if (letters.size() > 2 * read.letters.size()) return false;
    if (!by_number && (items_.empty() || letters.size() > 3)) return false;
    const std::string_view raw = scan_.raw_of(scan_.token_span(i, i + 1));
    std::uint8_t flags = kLookalike | kLetters;
    for (std::size_t k = 0; k < letters.size(); ++read.n_letters) {
      const CodePoint letter = decode_utf8(letters, k);
      if (read.n_letters == read.letters.size()) return false;
      const bool upper_case = k < raw.size() && (raw[k] < 'a' || raw[k] > 'z');
      const LetterDigits digits = digits_for(letter.value, upper_case);
      if (digits.first == 0) return false;
      const bool round = letter.value == 'o' || letter.value == 'i' || letter.value == 'l';
      if (!by_number && !round && !upper_case) return false;
      if (!round && letter.value < 0x80) flags |= kOddLetters;
      read.letters[read.n_letters] = digits.first;
      read.other_letters[read.n_letters] = digits.second;
      k += letter.length;
    }
    PhoneItem& item = push(scan_.tokens[i].begin, scan_.tokens[i].end, i, ItemKind::letters);
    item.letters = read.letters;
    item.other_letters = read.other_letters;
    item.n_letters = read.n_letters;
    item.flags |= flags;
    return true;
  }

  // A chain of letters and digits that spells a number word: "s3is", "c1nc0".
  std::size_t leet_word(std::size_t i) {
    if (scan_.glued(i) && !scan_.is_kind(i - 1, TokenKind::symbol)) return i;
    if (!scan_.glued(i + 1)) return i;
    plain_.clear();
    bool has_letter = false;
    bool has_other = false;
    std::size_t end = i;
    for (; end < scan_.size() && (end == i || scan_.glued(end)); ++end) {
      const std::string_view part = scan_.at(end);
      if (plain_.size() + part.size() > kLongestChain) return i;
      if (scan_.is_kind(end, TokenKind::symbol) && letter_for(part[0]) == 0) break;
      for (const char c : part) {
        const char letter = letter_for(c);
        if (letter == 0) return i;
        plain_.push_back(letter);
        has_letter = has_letter || letter == c;
        has_other = has_other || letter != c;
      }
    }
    if (!has_letter || !has_other) return i;
    numbers_.split(plain_, pieces_);
    if (pieces_.empty() || pieces_.front().word.strength != Strength::strong) return i;
    push_pieces(scan_.tokens[i].begin, i, kLookalike);
    for (PhoneItem& item : items_)
      if (item.begin >= scan_.tokens[i].begin) item.token = static_cast<std::uint32_t>(i);
    return end;
  }

  // Signs between pieces. @return  false: the run ends here.
  bool sign(std::size_t i) {
    const std::string_view sign = scan_.at(i);
    // "7+5+1": a plus between short groups only parts them.
    const bool parts = sign == "+" && !items_.empty() && scan_.glued(i) && scan_.glued(i + 1) &&
                       scan_.is_kind(i - 1, TokenKind::number) && scan_.length(i - 1) <= 3;
    if (sign == "+" && !parts) {
      if (!scan_.is_kind(i + 1, TokenKind::number) && !scan_.is_kind(i + 1, TokenKind::word) &&
          !scan_.is_symbol(i + 1, '('))
        return false;
      push(scan_.tokens[i].begin, scan_.tokens[i].end, i, ItemKind::plus);
      return true;
    }
    if (items_.empty() || ++n_signs_ > kMostSigns) return false;
    if (scan_.is(i, static_cast<WordClasses>(WordClass::currency)) || sign == "%" || sign == "@" ||
        sign == "\xC2\xB0" || sign == "\xC2\xBD")
      return false;
    sign_ = sign.size() == 1 ? sign[0] : '\0';
    // Between words a comma only beats time; between digits it may part two things.
    const bool after_word = items_.back().kind == ItemKind::word;
    if (sign == "," || sign == ";") gap_ = std::max<std::uint8_t>(gap_, after_word ? 1 : 2);
    if (sign == "!" || sign == "?") gap_ = std::max<std::uint8_t>(gap_, 3);
    if (sign.size() >= 3 && static_cast<unsigned char>(sign[0]) >= 0xE2) {
      // General punctuation (dashes, bullets, ellipses) is no emoji.
      const bool punctuation = sign[0] == '\xE2' && static_cast<unsigned char>(sign[1]) < 0x86;
      emoji_ = emoji_ || !punctuation;
      if (!punctuation) gap_ = std::max<std::uint8_t>(gap_, 1);
    }
    return true;
  }

  const Scan& scan_;
  const text::NumberWords& numbers_;
  const SoundAlikes& alikes_;
  std::vector<PhoneItem>& items_;
  std::vector<NumberPiece>& pieces_;
  std::vector<NumberPiece>& next_pieces_;
  std::string& plain_;  // leet_word()'s chain
  std::uint8_t gap_ = 0;
  std::size_t n_signs_ = 0;
  char sign_ = 0;
  bool emoji_ = false;
};

}  // namespace

std::size_t read_run(const Scan& scan, const NumberVocabulary& numbers, std::size_t i,
                     std::vector<PhoneItem>& items, RunScratch& scratch) {
  items.clear();
  return RunReader(scan, numbers, items, scratch).read(i);
}

}  // namespace ovillo::extract
