// Whether a text is that of a passport, an identity card or a visa.
#pragma once

#include <string_view>

namespace ovillo::intake {

/// True where two lines stand one after the other that are machine-readable lines by ICAO Doc 9303
/// (TD1, TD2, TD3, MRV): of 30, 36 or 44 signs (four less or more, as a picture is read; three of
/// them may be others), with fillers "<", the first of a type of document and a state.
/// @source  ICAO Doc 9303, parts 4 to 7.
/// @misses  documents whose lines are cut off, hidden or were read as other letters; a driving
///          licence; a face held beside a document.
bool is_identity_document(std::string_view text);

}  // namespace ovillo::intake
