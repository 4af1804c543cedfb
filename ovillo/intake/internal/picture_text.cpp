#include "ovillo/intake/internal/picture_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/intake/internal/identity_document.hpp"
#include "ovillo/intake/internal/nameless_file.hpp"
#include "ovillo/intake/internal/streams.hpp"

namespace ovillo::intake {

namespace {

// Measured on invented adverts (bench/ocr): what the reader got wrong lies below, nearly always.
constexpr double kSureSign = 98;
constexpr int kSureWord = 60;
constexpr int kSureNumber = 85;  // of a word that holds a digit

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_digit(const OcrWord& word) {
  return std::ranges::any_of(
      word.signs, [](const OcrSign& sign) { return std::ranges::any_of(sign.text, is_digit); });
}

std::string box_text(const PixelBox& box, double scale) {
  if (scale <= 0) return fmt::format("{} {} {} {}", box.left, box.top, box.right, box.bottom);
  return fmt::format("{:.1f} {:.1f} {:.1f} {:.1f}", box.left * scale, box.top * scale,
                     box.right * scale, box.bottom * scale);
}

class PageWriter {
 public:
  explicit PageWriter(double scale) : scale_(scale) {}

  void line(const OcrLine& line) {
    if (line.words.empty()) return;
    if (!out_.text.empty()) end_line();
    if (!out_.text.empty() && line.begins_block) end_line();
    out_.line_boxes += box_text(line.box, scale_);
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      if (i > 0) {
        out_.text += ' ';
        out_.words += "; ";
      }
      out_.words +=
          fmt::format("{} {}", box_text(line.words[i].box, scale_), line.words[i].confidence);
      word(line.words[i]);
    }
  }
  PageText take() { return std::move(out_); }

 private:
  void end_line() {
    out_.text += '\n';
    out_.line_boxes += '\n';
    out_.words += '\n';
  }

  // A number stands on each of its signs; a word of letters on the whole of it.
  void word(const OcrWord& word) {
    const bool number = has_digit(word);
    const bool sure = word.confidence >= (number ? kSureNumber : kSureWord);
    const std::size_t begin = out_.text.size();
    for (const OcrSign& sign : word.signs) {
      const std::size_t at = out_.text.size();
      out_.text += sign.text;
      if (number && sure && sign.confidence < kSureSign) doubt(at, sign.confidence);
    }
    if (!sure) doubt(begin, word.confidence);
  }

  void doubt(std::size_t begin, double confidence) {
    if (begin == out_.text.size()) return;
    out_.doubtful += fmt::format("{}{}-{}:{}", out_.doubtful.empty() ? "" : " ", begin,
                                 out_.text.size(), static_cast<int>(10 * confidence));
  }

  double scale_;
  PageText out_;
};

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

PageText page_text(const OcrPage& page, double scale) {
  PageWriter writer(scale);
  for (const OcrLine& line : page.lines) writer.line(line);
  return writer.take();
}

Result<void> write_picture_text(const std::vector<OcrPage>& pages, const PictureText& picture,
                                BatchBuilder& builder) {
  std::uint64_t number = picture.page;
  for (const OcrPage& page : pages) {
    const double scale =
        picture.width_pt > 0 && page.box.right > 0 ? picture.width_pt / page.box.right : 0.0;
    const PageText said = page_text(page, scale);
    const std::string page_number = fmt::format("{}", number++);
    if (said.text.empty()) {
      OVILLO_CHECK(builder.hold(ErrorCode::intake_no_reader, "scanned: no word was seen on it",
                                picture.sha256, picture.length, picture.part));
      continue;
    }
    if (is_identity_document(said.text)) {
      OVILLO_CHECK(builder.reject_row(ErrorCode::intake_identity_document, 0, picture.part));
      continue;
    }
    if (said.text.size() > builder.options().max_row_bytes) {
      OVILLO_CHECK(builder.reject_row(ErrorCode::intake_row_too_long, 0, picture.part));
      continue;
    }
    OVILLO_CHECK(builder.begin_row());
    const auto add = [&](std::string_view column, Field field, std::string_view value) {
      builder.add(builder.column(column, field), value);
    };
    const std::string page_box = box_text(page.box, scale);
    add("name", Field::other, picture.name);
    add("attached_to", Field::other, picture.attached_to);
    add("read_by", Field::other, "tesseract");
    add("page", Field::page, page_number);
    add("page_box", Field::other, page_box);
    add("line_boxes", Field::line_boxes, said.line_boxes);
    add("words", Field::other, said.words);
    add("doubtful", Field::doubtful, said.doubtful);
    if (picture.is_photo) add("picture", Field::photo, last_part(builder.member()));
    add("text", Field::text, said.text);
    OVILLO_CHECK(builder.finish_row(
        RecordKind::document, {0, picture.length},
        fmt::format("{}\n{}\n{}\n{}", picture.sha256, page_box, said.words, said.text)));
  }
  return {};
}

Result<void> read_picture_file(ByteStream& stream, PictureUse use, BatchBuilder& builder) {
  builder.say_form("picture (text by OCR)");
  Hashed hashed(stream);
  OVILLO_TRY(NamelessFile file, NamelessFile::create());
  OVILLO_CHECK(file.take(hashed));
  const auto pages = read_picture(file.fd(), builder.options());
  if (!pages)
    return builder.hold(pages.error().code(), pages.error().detail(), hashed.sha256(),
                        hashed.bytes());
  PictureText picture;
  picture.sha256 = hashed.sha256();
  picture.length = hashed.bytes();
  picture.is_photo = use == PictureUse::photo;
  OVILLO_CHECK(write_picture_text(*pages, picture, builder));
  return builder.flush();
}

}  // namespace ovillo::intake
