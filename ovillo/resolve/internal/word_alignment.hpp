// Which words of one name stand for which of the other, whatever their order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/resolve/internal/name_tokens.hpp"

namespace ovillo::resolve::internal {

/// Words [a, a_end) of one name stand for words [b, b_end) of the other.
struct AlignedWords {
  std::size_t a = 0;
  std::size_t a_end = 0;
  std::size_t b = 0;
  std::size_t b_end = 0;
  NameRelation relation = NameRelation::equal;
  std::int32_t quarter_bits = 0;
};

struct Alignment {
  std::vector<AlignedWords> pairs;
  std::vector<bool> taken_a;  ///< per word: in a pair
  std::vector<bool> taken_b;
};

/// Equal words first, then the likest, then words written as one here and as several there, then
/// abbreviations. @cost O(words of a * words of b) comparisons of words.
Alignment align(const std::vector<NameWord>& a, const std::vector<NameWord>& b, NameKind kind,
                const NameVocabulary& vocabulary);

}  // namespace ovillo::resolve::internal
