// Text documents: DOCX and ODT. A paragraph is a record, and so is a row of a table. Format:
// docs/formats/documents.md.
#pragma once

#include <cstdint>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"
#include "ovillo/intake/internal/input.hpp"

namespace ovillo::intake {

enum class TextDocument : std::uint8_t { docx, odt };

/// Reads every part that holds text, in the order of the zip. Pictures are handed over, other
/// things inside (objects, macros) are held; nothing is run and no link is followed. Memory is one
/// row. A damaged part is one reject; the others are read all the same.
/// @param prefix  put before the part's name in `member` ("" or "letter.docx/").
/// @error intake.bad_archive, intake.archive_bomb, or of the sink.
Result<void> read_text_document(Input& input, TextDocument form, const std::string& prefix,
                                BatchBuilder& builder);

}  // namespace ovillo::intake
