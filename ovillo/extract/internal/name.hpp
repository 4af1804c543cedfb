// Names people give themselves in a text: "soy Ana", "ik ben Lotte".
#pragma once

#include "ovillo/extract/internal/scan.hpp"

namespace ovillo::extract {

/// Adds the word after "soy", "me llamo", "mi nombre es", "sou a", "chamo-me", "o meu nome e",
/// "i am", "my name is", "call me", "je suis", "je m'appelle", "moi c'est", "ik ben", "mijn naam
/// is", "noem me", "ich bin", "ich heisse" when it is written with a capital and is not the only
/// capital reason a sentence has. A self-chosen name joins nobody to anything: it is association at
/// most.
/// @misses  names in lower case, names of two words after the first.
void find_names(Scan& scan);

}  // namespace ovillo::extract
