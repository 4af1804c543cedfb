// The places of a text that were read from a picture with doubt.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ovillo/record/find.hpp"

namespace ovillo::extract {

struct Doubt {
  Span span;
  std::uint16_t confidence_per_mille = 0;
};

/// @param cell  of the field `doubtful`: "12-13:410 40-41:380", bytes of the text and how sure the
///              reader was, per mille.
/// @return      in the order of the cell; a word that is none of these is left out.
std::vector<Doubt> read_doubts(std::string_view cell);

}  // namespace ovillo::extract
