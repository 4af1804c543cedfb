// How far two values of a part agree.
#pragma once

#include <cstdint>
#include <string_view>

#include "ovillo/resolve/match_model.hpp"

namespace ovillo::resolve::internal {

/// Level of two folded values of one part that are not equal.
/// @param letters_a, letters_b  ValueTable::letters: most unlike values are told apart by them.
/// @cost  some 5 ns where the letters differ, else up to 200 ns for values of ten letters.
Agreement agreement(Part part, std::string_view a, std::string_view b, std::uint64_t letters_a,
                    std::uint64_t letters_b);

}  // namespace ovillo::resolve::internal
