// The text of a picture as records: one a page, with the box and certainty of each word. Format:
// docs/formats/documents.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"
#include "ovillo/intake/internal/ocr.hpp"

namespace ovillo::intake {

/// Which picture it is.
struct PictureText {
  std::string part;          ///< in the member, where it is held; empty: the member itself
  std::string sha256;        ///< of its bytes; empty: a page of a file that has its own
  std::string name;          ///< of the file it is attached in; may be empty
  std::string attached_to;   ///< id of what it came with
  std::uint64_t page = 1;    ///< of its first page
  double width_pt = 0;       ///< of the page: boxes are in points then; 0: in pixels
  std::uint64_t length = 0;  ///< bytes of the file
  bool is_photo = false;     ///< the member is the picture, handed over as one beside this
};

/// A page on which no word was seen is held. One with the machine-readable lines of an identity
/// document is a reject (intake.identity_document): none of it is kept.
/// @error of the sink.
Result<void> write_picture_text(const std::vector<OcrPage>& pages, const PictureText& picture,
                                BatchBuilder& builder);

/// Whether the picture is handed over as a photo as well: its record then names it.
enum class PictureUse : std::uint8_t { text, photo };

/// Takes a picture of its own (is_readable_picture) to its end: records, or held with the reason.
/// @error base.cannot_write, or of the stream and sink.
Result<void> read_picture_file(ByteStream& stream, PictureUse use, BatchBuilder& builder);

/// What a page says, as the columns of its record hold it.
struct PageText {
  std::string text;        ///< words apart by a space, lines by a line end, blocks by an empty line
  std::string line_boxes;  ///< line i: "left top right bottom"
  std::string words;       ///< line i: "left top right bottom confidence", words apart by "; "
  std::string doubtful;    ///< "begin-end:per_mille" of bytes of the text, apart by a space
};
/// @param scale  points in a pixel; 0: boxes in pixels.
PageText page_text(const OcrPage& page, double scale);

}  // namespace ovillo::intake
