// PDF: a page is a record, its text in reading order with the box of each line. Format:
// docs/formats/documents.md.
//
// The file is read by poppler's pdftotext, shut in a process of its own (helper_process.hpp).
#pragma once

#include <string>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

/// Whether bytes that begin so are a PDF; white space before its mark is let pass.
bool is_pdf(std::string_view head);

/// Where a PDF lies that is not the member itself: the file that is attached to a mail, or a
/// response in a capture. Left empty where it is the member.
struct PdfPart {
  std::string name;         ///< in the member: "mail 1/bill.pdf"
  std::string attached_to;  ///< id of what it came with
};

/// Takes the stream to its end, into a temporary file without a name. A page without text is held
/// ("scanned"), as is the whole where it cannot be read: encrypted, broken, too large, or the
/// program not installed. Where the reading ends half way, the pages before stay and the file is
/// held. Memory here is one page. Another version of the program may order a page in another way:
/// then the same file gives other records.
/// @error base.cannot_write, or of the stream and sink.
Result<void> read_pdf(ByteStream& stream, const PdfPart& part, BatchBuilder& builder);

}  // namespace ovillo::intake
