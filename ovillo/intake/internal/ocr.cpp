#include "ovillo/intake/internal/ocr.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "ovillo/base/picture_form.hpp"
#include "ovillo/intake/internal/helper_process.hpp"
#include "ovillo/intake/internal/nameless_file.hpp"
#include "ovillo/intake/internal/printed_part.hpp"
#include "ovillo/text/xml_reader.hpp"

namespace ovillo::intake {

namespace {

constexpr std::uint64_t kMaxTag = 64u << 10;
constexpr HelperLimits kReadLimits = {2ull << 30, 120, 240, 64ull << 20};
constexpr HelperLimits kRenderLimits = {1ull << 30, 60, 120, 256ull << 20};
// What is black is told tile by tile: without it letters on a slope of colour are lost (bench/ocr).
constexpr const char* kBlackAndWhite = "thresholding_method=1";
constexpr std::size_t kMostSigns = 200'000;  // a page of the smallest print has 20,000

// "bbox 33 34 121 56; x_wconf 91": the numbers after `name`.
std::vector<double> numbers_of(std::string_view title, std::string_view name) {
  std::vector<double> out;
  std::size_t at = title.find(name);
  if (at == std::string_view::npos) return out;
  title = title.substr(at + name.size());
  title = title.substr(0, title.find(';'));
  while (!title.empty()) {
    at = title.find_first_not_of(' ');
    if (at == std::string_view::npos) break;
    title.remove_prefix(at);
    double value = 0;
    const auto read = std::from_chars(title.data(), title.data() + title.size(), value);
    if (read.ec != std::errc()) break;
    out.push_back(value);
    title.remove_prefix(static_cast<std::size_t>(read.ptr - title.data()));
  }
  return out;
}

int pixel(double value) { return static_cast<int>(std::clamp(value, -1e6, 1e6)); }

PixelBox box_of(std::string_view title) {
  const std::vector<double> n = numbers_of(title, "bbox ");
  if (n.size() < 4) return {};
  return {pixel(n[0]), pixel(n[1]), pixel(n[2]), pixel(n[3])};
}

double confidence_of(std::string_view title, std::string_view name) {
  const std::vector<double> n = numbers_of(title, name);
  return n.empty() ? 0 : std::clamp(n[0], 0.0, 100.0);
}

// hOCR, as tesseract prints it with boxes of signs.
class HocrReader {
 public:
  HocrReader() : xml_(events(), kMaxTag, ErrorCode::intake_helper_failed) {}

  Result<std::vector<OcrPage>> read(ByteStream& stream) {
    OVILLO_CHECK(xml_.read(stream));
    if (pages_.empty()) return Error(ErrorCode::intake_helper_failed, "no page was printed");
    return std::move(pages_);
  }

 private:
  text::XmlReader::Events events() {
    text::XmlReader::Events out;
    out.start = [this](std::string_view, text::XmlAttributes a) { start(a); };
    out.end = [this](std::string_view) { in_sign_ = false; };
    out.text = [this](std::string_view piece) {
      if (in_sign_ && n_signs_ <= kMostSigns) word().signs.back().text += piece;
    };
    return out;
  }

  OcrWord& word() { return pages_.back().lines.back().words.back(); }

  void start(text::XmlAttributes attributes) {
    const std::string_view what = text::attribute(attributes, "class");
    const std::string_view title = text::attribute(attributes, "title");
    if (what == "ocr_page") {
      pages_.push_back({box_of(title), {}});
    } else if (pages_.empty()) {
      return;
    } else if (what == "ocr_carea") {
      begins_block_ = true;
    } else if (what == "ocr_line" || what == "ocr_header" || what == "ocr_caption" ||
               what == "ocr_textfloat") {
      pages_.back().lines.push_back({box_of(title), begins_block_, {}});
      begins_block_ = false;
    } else if (pages_.back().lines.empty()) {
      return;
    } else if (what == "ocrx_word") {
      pages_.back().lines.back().words.push_back(
          {box_of(title), static_cast<int>(confidence_of(title, "x_wconf ")), {}});
    } else if (what == "ocrx_cinfo" && !pages_.back().lines.back().words.empty()) {
      if (++n_signs_ > kMostSigns) {
        xml_.stop(Error(ErrorCode::intake_helper_limit, "more letters than a page holds"));
        return;
      }
      word().signs.push_back({{}, confidence_of(title, "x_conf ")});
      in_sign_ = true;
    }
  }

  text::XmlReader xml_;
  std::vector<OcrPage> pages_;
  bool begins_block_ = false;
  bool in_sign_ = false;
  std::size_t n_signs_ = 0;
};

}  // namespace

bool is_readable_picture(std::string_view head) {
  switch (picture_form(head)) {
    case PictureForm::jpeg:
    case PictureForm::png:
    case PictureForm::webp:
    case PictureForm::gif:
    case PictureForm::tiff:
    case PictureForm::bmp:
      return true;
    default:
      return false;
  }
}

Result<std::vector<OcrPage>> read_picture(int picture, const ReadOptions& options) {
  OVILLO_TRY(HelperProcess process,
             HelperProcess::start({options.programs + "/tesseract",
                                   {"stdin", "stdout", "-l", options.picture_languages, "--dpi",
                                    "300", "-c", "hocr_char_boxes=1", "-c", kBlackAndWhite, "hocr"},
                                   {"OMP_THREAD_LIMIT=1", "LC_ALL=C.UTF-8"},
                                   kReadLimits},
                                  picture));
  PrintedPart body(process, "<body>", "</body>");
  auto pages = HocrReader().read(body);
  if (pages) return pages;
  const std::string said = process.complaint();
  if (said.find("Failed loading language") != said.npos)
    return Error(ErrorCode::intake_no_reader, fmt::format("tesseract: {}", said));
  return pages.error();
}

Result<std::vector<OcrPage>> read_scanned_page(int pdf, std::uint64_t page,
                                               const ReadOptions& options) {
  const std::string number = fmt::format("{}", page);
  OVILLO_TRY(HelperProcess process, HelperProcess::start({options.programs + "/pdftoppm",
                                                          {"-f", number, "-l", number, "-scale-to",
                                                           "3508", "-gray", "-png", "/dev/stdin"},
                                                          {},
                                                          kRenderLimits},
                                                         pdf));
  OVILLO_TRY(NamelessFile picture, NamelessFile::create());
  OVILLO_CHECK(picture.take(process));
  if (picture.bytes() == 0)
    return Error(ErrorCode::intake_helper_failed, "pdftoppm: the page was not rendered");
  return read_picture(picture.fd(), options);
}

}  // namespace ovillo::intake
