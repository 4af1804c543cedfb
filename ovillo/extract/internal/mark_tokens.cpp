#include "ovillo/extract/internal/mark_tokens.hpp"

#include <algorithm>

namespace ovillo::extract {

namespace {

using text::TokenKind;

constexpr std::size_t kWordsAhead = 6;         // tokens a word that sounds like a digit looks ahead
constexpr std::uint32_t kShortestWallet = 26;  // bytes
constexpr std::uint32_t kShortestCardRun = 4;  // digits of its first group

constexpr WordClasses kNumberClasses =
    WordClass::number | WordClass::sounds_number | WordClass::everyday_number;

// The labels of a host lie to the left of a dot that touches both: "casa-maria.example".
void mark_host(Scan& scan, std::size_t dot) {
  for (std::size_t i = dot; i > 0 && scan.tokens[i].glued; --i) {
    const bool label = !scan.is_kind(i - 1, TokenKind::symbol);
    if (label) scan.marks.add(i - 1, Mark::link);
    if (!label && !scan.is_symbol(i - 1, '-')) return;
  }
}

void mark_symbol(Scan& scan, std::size_t i) {
  const text::Token& token = scan.tokens[i];
  const char sign = scan.folded.text[token.begin];
  switch (sign) {
    case '@':
      scan.marks.add(i, Mark::link);
      [[fallthrough]];
    case '!':
    case '|':
    case '$':
      // Letters in disguise: "se!s".
      if (token.glued) scan.marks.add(i - 1, Mark::phone);
      break;
    case '(':
    case '[':
    case '{':
    case '<':
      scan.marks.add(i, Mark::link);
      break;
    case '+':
      scan.marks.add(i, Mark::phone);
      break;
    case '.':
      if (token.glued && scan.glued(i + 1)) mark_host(scan, i);
      break;
    case ':':
      if (i > 0) scan.marks.add(i - 1, Mark::link);  // "https:", "tel:"
      break;
    default:
      break;
  }
}

void mark_number(Scan& scan, std::size_t i) {
  scan.marks.add(i, Mark::quantity);
  scan.marks.add(i, Mark::phone);
  if (scan.length(i) >= kShortestCardRun) scan.marks.add(i, Mark::account);
  if (i > 0 && scan.is_kind(i - 1, TokenKind::word) && scan.length(i - 1) == 2)
    scan.marks.add(i - 1, Mark::account);
  if (scan.glued(i)) scan.marks.add(i - 1, Mark::phone);
}

void mark_classes(Scan& scan, std::size_t i, WordClasses classes) {
  const auto is = [&](WordClasses some) { return (classes & some) != 0; };
  if (is(WordClass::at | WordClass::service)) scan.marks.add(i, Mark::link);
  if (is(static_cast<WordClasses>(WordClass::age_unit))) scan.marks.add(i, Mark::quantity);
  if (is(WordClass::phone_cue | WordClass::number_cue)) scan.marks.add(i, Mark::cue);
  if (is(static_cast<WordClasses>(WordClass::id_cue))) scan.marks.add(i, Mark::reference);
  // What sounds like a digit counts before number words only.
  if (is(static_cast<WordClasses>(WordClass::number)))
    for (std::size_t j = i - std::min(i, kWordsAhead); j < i; ++j) scan.marks.add(j, Mark::phone);
}

void mark_word(Scan& scan, std::size_t i, const text::NumberWords& numbers) {
  const Vocabulary::Entry& entry = *scan.words[i];
  const bool known = entry.classes != 0 || entry.languages != 0;
  const bool number_class = (entry.classes & kNumberClasses) != 0;
  const bool after_digits = scan.glued(i) && scan.is_kind(i - 1, TokenKind::number);
  // A word we know, that is no number and touches nothing: most of a text.
  const bool plain = known && !number_class && !scan.glued(i) && !scan.glued(i + 1);
  if (after_digits || (!plain && numbers.may_split(scan.at(i)))) scan.marks.add(i, Mark::phone);
}

}  // namespace

void mark_tokens(Scan& scan, const text::NumberWords& numbers) {
  scan.marks.reset(scan.size());
  std::size_t chain = 0;  // the first token of the chain of touching words and numbers
  for (std::size_t i = 0; i < scan.size(); ++i) {
    const text::Token& token = scan.tokens[i];
    if (const WordClasses classes = scan.words[i]->classes; classes != 0)
      mark_classes(scan, i, classes);
    if (token.kind == TokenKind::symbol) {
      mark_symbol(scan, i);
      continue;
    }
    if (!scan.glued(i) || scan.is_kind(i - 1, TokenKind::symbol)) chain = i;
    if (token.end - scan.tokens[chain].begin >= kShortestWallet)
      scan.marks.add(chain, Mark::account);
    if (token.kind == TokenKind::number) {
      mark_number(scan, i);
    } else {
      mark_word(scan, i, numbers);
    }
  }
}

}  // namespace ovillo::extract
