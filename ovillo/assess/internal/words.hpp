// Words of a text, folded, with their bytes and the breaks between them.
//
// A word is a run of letters or a run of digits; "16años" is two. "don't" is one word ("dont"),
// "j'ai" is two ("j", "ai"): an apostrophe after one letter or "qu" splits, any other joins. One
// digit, "@" or "$" between two letters is read as the letter it looks like ("p4sap0rte").
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ovillo/assess/internal/fold.hpp"

namespace ovillo::assess {

/// What stands between two words. A phrase does not cross `hard`; a negation does not cross `soft`.
enum class Break : std::uint8_t { none, soft, hard };

struct Word {
  std::uint32_t begin = 0;  ///< bytes [begin, end) of the text
  std::uint32_t end = 0;
  std::uint32_t symbol_begin = 0;  ///< folded letters [symbol_begin, symbol_end) of Words::symbols
  std::uint32_t symbol_end = 0;
  Break before = Break::none;
  bool is_number = false;
};

struct Words {
  std::vector<Word> words;
  std::vector<std::uint8_t> symbols;  ///< 0 to 36, see fold.hpp

  void clear() {
    words.clear();
    symbols.clear();
  }
};

/// Fills `out` with the words of `text` (UTF-8; ill-formed bytes separate words). @cost  linear.
void split_words(std::string_view text, Words& out);

}  // namespace ovillo::assess
