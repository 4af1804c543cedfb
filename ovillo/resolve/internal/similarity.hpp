// Folding and comparing short values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ovillo::resolve::internal {

/// Lower case without the accents of Latin letters; runs of anything but letters and digits become
/// one space; no space at the ends. Other scripts pass as they are.
std::string fold(std::string_view text);
void fold_into(std::string_view text, std::string& out);

/// The decimal digits of `text`.
std::string digits_of(std::string_view text);

/// "19560409" out of the forms that Part::birth_date names; empty: not one of them.
std::string date_digits(std::string_view text);

/// Jaro-Winkler similarity in per mille of 1, by bytes. @source Winkler 1990.
std::uint32_t jaro_winkler_per_mille(std::string_view a, std::string_view b);

/// Whether one insertion, deletion, exchange of neighbours or replacement makes `a` into `b`.
bool within_one_edit(std::string_view a, std::string_view b);

/// Dice coefficient of the bigrams, in per mille.
std::uint32_t bigram_dice_per_mille(std::string_view a, std::string_view b);

/// Russell's Soundex of a folded name ("m460"); letters of other scripts are skipped.
std::string soundex(std::string_view folded);

}  // namespace ovillo::resolve::internal
