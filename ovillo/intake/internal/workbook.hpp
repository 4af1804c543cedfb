// Rows of an XLSX workbook, sheet after sheet, streamed.
//
// The zip is read by place, once per part: names of the sheets, number formats, shared strings
// (kept in one arena), then each sheet as a stream of XML events. The first row of a sheet that
// holds anything is its header. Numbers keep their digits; a cell with a date format becomes
// ISO 8601 ("2026-03-03", "2026-03-03T14:05:00"), in the 1900 or 1904 system of the workbook.
// A document type declaration ends the read: no workbook has one, so there are no entities.
#pragma once

#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"
#include "ovillo/intake/internal/input.hpp"

namespace ovillo::intake {

enum class ZipContent : std::uint8_t { archive, workbook, docx, odt, other_document };

/// What a zip holds, by the names of its members and the type that an OpenDocument file begins
/// with. @error intake.bad_archive.
Result<ZipContent> content_of_zip(Input& input, const ReadOptions& options);

/// Reads every sheet. Rows are `<row>` elements that hold a value; the bytes of a row are its
/// markup, followed by the shared strings it points to (two workbooks may write different rows
/// with the same markup).
/// @param prefix  put before the sheet's name in `member` ("" or "book.xlsx/").
/// @error intake.bad_workbook, intake.bad_archive, intake.archive_bomb, or of the sink.
Result<void> read_workbook(Input& input, const std::string& prefix, BatchBuilder& builder);

}  // namespace ovillo::intake
