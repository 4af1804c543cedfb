// Pictures of text: what stands on them, sign by sign, with how sure the reader is.
//
// Read by tesseract, and rendered by poppler's pdftoppm where it is a page of a PDF, each shut in a
// process of its own (helper_process.hpp). One thread of the processor, so that the same picture
// gives the same words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/intake/reader.hpp"

namespace ovillo::intake {

/// In pixels from the upper left corner.
struct PixelBox {
  int left = 0, top = 0, right = 0, bottom = 0;
};

struct OcrSign {
  std::string text;       ///< one letter, UTF-8
  double confidence = 0;  ///< of the reader, 0 to 100; no probability
};

struct OcrWord {
  PixelBox box;
  int confidence = 0;  ///< 0 to 100
  std::vector<OcrSign> signs;
};

struct OcrLine {
  PixelBox box;
  bool begins_block = false;
  std::vector<OcrWord> words;
};

struct OcrPage {
  PixelBox box;
  std::vector<OcrLine> lines;
};

/// Whether a picture of that head is given to the reader: JPEG, PNG, TIFF, WebP, BMP, GIF.
bool is_readable_picture(std::string_view head);

/// @param picture  open for reading, of a form that is_readable_picture() knows: the program takes
///                 other bytes for a list of files to open.
/// @return  the pages of the picture (TIFF may hold several), in order; no lines: none were seen.
/// @error   intake.no_reader where the program or a language is not there, intake.helper_failed,
///          intake.helper_limit.
/// @cost    0.5 s of the processor for a screenshot, 1 GiB of address space.
Result<std::vector<OcrPage>> read_picture(int picture, const ReadOptions& options);

/// The same for a page of a PDF, rendered to at most 3508 pixels of height or width (300 dots per
/// inch on A4). @param page  from 1.
Result<std::vector<OcrPage>> read_scanned_page(int pdf, std::uint64_t page,
                                               const ReadOptions& options);

}  // namespace ovillo::intake
