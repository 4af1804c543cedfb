#include "ovillo/extract/internal/spoken_number.hpp"

namespace ovillo::extract {

namespace {

using text::NumberKind;
using text::NumberPiece;
using text::Strength;

bool is_ten(const NumberPiece& piece) {
  return piece.word.kind == NumberKind::ten || piece.word.kind == NumberKind::twenty;
}
bool is_unit(const NumberPiece& piece) {
  return piece.word.kind == NumberKind::unit && piece.word.value > 0 &&
         piece.word.strength != Strength::sound;
}

}  // namespace

std::optional<SpokenNumber> spoken_number(const Scan& scan, const text::NumberWords& numbers,
                                          std::size_t i) {
  std::vector<NumberPiece> pieces;
  numbers.split(scan.at(i), pieces);
  if (pieces.empty() || pieces.front().word.strength == Strength::sound) return std::nullopt;
  if (pieces.size() == 1 && pieces[0].word.kind == NumberKind::teen)
    return SpokenNumber{pieces[0].word.value, i + 1};
  // "vierendertig", "zweiundzwanzig"
  if (pieces.size() == 3 && is_unit(pieces[0]) && pieces[1].word.kind == NumberKind::and_ &&
      is_ten(pieces[2]))
    return SpokenNumber{static_cast<std::uint32_t>(pieces[0].word.value + pieces[2].word.value),
                        i + 1};
  if (pieces.size() != 1 || !is_ten(pieces[0])) return std::nullopt;
  SpokenNumber number{pieces[0].word.value, i + 1};
  for (std::size_t j = i + 1; j < scan.size() && j < i + 3; ++j) {
    if (scan.is_symbol(j, '-')) continue;
    if (!scan.is_kind(j, text::TokenKind::word)) break;
    numbers.split(scan.at(j), pieces);
    if (pieces.size() != 1) break;
    if (pieces[0].word.kind == NumberKind::and_) continue;
    if (!is_unit(pieces[0])) break;
    return SpokenNumber{number.value + pieces[0].word.value, j + 1};
  }
  return number;
}

}  // namespace ovillo::extract
