// One text while it is read: raw, folded, cut into tokens, with what is already taken.
//
// The recognisers run in a fixed order over the same tokens. Each marks what it has read, so that
// the digits of an IBAN are not read again as a phone number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/extract/internal/marks.hpp"
#include "ovillo/extract/internal/vocabulary.hpp"
#include "ovillo/record/find.hpp"
#include "ovillo/text/fold.hpp"
#include "ovillo/text/tokens.hpp"

namespace ovillo::extract {

/// What Scan::taken holds for a token.
enum class Taken : std::uint8_t {
  free,
  by_amount,  ///< part of a price: its unit serves no other amount
  by_place,
  by_name,
  by_other,
};

struct Scan {
  std::string_view raw;
  text::Folded folded;
  std::vector<text::Token> tokens;
  std::vector<const Vocabulary::Entry*> words;  ///< per token, never null
  Marks marks;                                  ///< where something may begin
  std::vector<Taken> taken;  ///< per token: part of something that is no phone number
  std::string_view region;   ///< ISO 3166-1 alpha-2 assumed; may be empty
  std::string language;      ///< of the text; empty: cannot tell
  std::vector<Find> finds;

  [[nodiscard]] std::size_t size() const { return tokens.size(); }
  [[nodiscard]] std::string_view at(std::size_t i) const { return tokens[i].of(folded.text); }
  [[nodiscard]] bool is(std::size_t i, WordClasses classes) const {
    return i < tokens.size() && (words[i]->classes & classes) != 0;
  }
  [[nodiscard]] bool is(std::size_t i, WordClass one) const {
    return is(i, static_cast<WordClasses>(one));
  }
  [[nodiscard]] bool is_kind(std::size_t i, text::TokenKind kind) const {
    return i < tokens.size() && tokens[i].kind == kind;
  }
  [[nodiscard]] bool is_symbol(std::size_t i, char symbol) const {
    return i < tokens.size() && tokens[i].kind == text::TokenKind::symbol &&
           tokens[i].end == tokens[i].begin + 1 && folded.text[tokens[i].begin] == symbol;
  }
  /// Token i is part of something that no phone number runs through. Places are not: a town may be
  /// called like a number.
  [[nodiscard]] bool blocked(std::size_t i) const {
    return taken[i] != Taken::free && taken[i] != Taken::by_place;
  }
  [[nodiscard]] bool glued(std::size_t i) const { return i < tokens.size() && tokens[i].glued; }
  [[nodiscard]] std::uint32_t length(std::size_t i) const {
    return tokens[i].end - tokens[i].begin;
  }
  /// One past the last token of the chain of touching words and numbers that starts at i.
  [[nodiscard]] std::size_t chain_end(std::size_t i) const {
    std::size_t end = i + 1;
    while (end < tokens.size() && tokens[end].glued && tokens[end].kind != text::TokenKind::symbol)
      ++end;
    return end;
  }
  void take(std::size_t begin, std::size_t end, Taken by = Taken::by_other) {
    for (std::size_t i = begin; i < end; ++i) taken[i] = by;
  }
  /// Raw span of folded bytes [begin, end).
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    const text::ByteRange range = folded.raw(begin, end);
    return {range.begin, range.end};
  }
  /// Raw span of tokens [begin, end).
  [[nodiscard]] Span token_span(std::size_t begin, std::size_t end) const {
    return span(tokens[begin].begin, tokens[end - 1].end);
  }
  [[nodiscard]] std::string_view raw_of(Span range) const {
    return raw.substr(range.begin, range.end - range.begin);
  }
  void add(FindKind kind, Span where, WrittenAs written_as, std::uint16_t confidence_per_mille,
           std::string canonical) {
    finds.push_back(
        {kind, Role::mentioned, written_as, confidence_per_mille, 0, where, std::move(canonical)});
  }
};

}  // namespace ovillo::extract
