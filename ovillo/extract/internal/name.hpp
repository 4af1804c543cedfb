// Names people give themselves in a text: "soy Ana", "ik ben Lotte", "Amber here", "Chloé, 28 ans".
#pragma once

#include "ovillo/extract/internal/scan.hpp"

namespace ovillo::extract {

/// Adds the name at token i, which follows an introduction, when it is written as one.
/// A self-chosen name joins nobody to anything: it is association at most.
/// @param firm  the introduction ("my name is") is said before names only.
/// @misses  names in lower case or all in capitals, names of two words after the first.
void find_name(Scan& scan, std::size_t i, bool firm);

/// Adds names without an introduction: before "here" or "aquí", before a comma and an age.
void find_bare_names(Scan& scan);

}  // namespace ovillo::extract
