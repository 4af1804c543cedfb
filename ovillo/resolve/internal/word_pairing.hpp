// Two words of names: how one can stand for the other.
#pragma once

#include <cstdint>
#include <optional>

#include "ovillo/resolve/internal/name_tokens.hpp"

namespace ovillo::resolve::internal {

struct WordLikeness {
  NameRelation relation = NameRelation::equal;
  std::int32_t per_mille = 1000;  ///< share of the word's bits that it is worth
};

/// How `a` may be `b`; empty: they are two words. Symmetric.
std::optional<WordLikeness> likeness(const NameWord& a, const NameWord& b, NameKind kind,
                                     const NameVocabulary& vocabulary);

/// The most two words of these lengths may differ to be one misspelt, in hundredths of a letter.
std::int32_t most_apart(std::size_t a, std::size_t b, NameKind kind);

}  // namespace ovillo::resolve::internal
