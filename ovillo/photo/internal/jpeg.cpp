// libjpeg reports errors by longjmp. Everything that has a destructor lives in JpegReader, outside
// the frame that is jumped into.
#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include <jerror.h>
#include <jpeglib.h>

#include "ovillo/photo/internal/formats.hpp"
#include "ovillo/photo/internal/shrink.hpp"

namespace ovillo::photo {

namespace {

constexpr int kMaxScans = 40;  // real ones have a dozen; each costs a pass over all pixels
constexpr long kMaxLibraryBytes = 256L << 20;
constexpr JDIMENSION kEnough = 512;

// Warnings of files that decode as they were meant to.
bool is_harmless(int warning) {
  return warning == JWRN_EXTRANEOUS_DATA || warning == JWRN_JFIF_MAJOR ||
         warning == JWRN_ADOBE_XFORM || warning == JWRN_TOO_MUCH_DATA;
}

ErrorCode code_of(int message) {
  switch (message) {
    case JERR_EMPTY_IMAGE:
      return ErrorCode::photo_no_pixels;
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_CONVERSION_NOTIMPL:
      return ErrorCode::photo_colour_model;
    default:
      return ErrorCode::photo_damaged;
  }
}

class JpegReader {
 public:
  JpegReader(std::string_view bytes, const DecodeLimits& limits) : limits_(limits) {
    info_.err = jpeg_std_error(&errors_);
    errors_.error_exit = [](j_common_ptr info) { of(info).fail(code_of(info->err->msg_code)); };
    errors_.emit_message = [](j_common_ptr info, int level) {
      if (level < 0 && !is_harmless(info->err->msg_code)) of(info).fail(ErrorCode::photo_damaged);
    };
    errors_.output_message = [](j_common_ptr) {};
    progress_.progress_monitor = [](j_common_ptr info) {
      if (of(info).info_.input_scan_number > kMaxScans) of(info).fail(ErrorCode::photo_damaged);
    };
    info_.client_data = this;
    bytes_ = bytes;
  }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;
  ~JpegReader() {
    if (created_) jpeg_destroy_decompress(&info_);
  }

  Result<GrayPicture> read() {
    if (!open()) return Error(code_);
    OVILLO_CHECK(check_size(info_.image_width, info_.image_height, limits_));
    if (info_.jpeg_color_space != JCS_GRAYSCALE && info_.jpeg_color_space != JCS_YCbCr &&
        info_.jpeg_color_space != JCS_RGB)
      return Error(ErrorCode::photo_colour_model, "CMYK");
    if (!start()) return Error(code_);
    row_.resize(info_.output_width);
    shrink_.emplace(info_.output_width, info_.output_height);
    while (info_.output_scanline < info_.output_height) {
      if (!read_row()) return Error(code_);
      shrink_->add_row([this](std::uint32_t x) { return static_cast<float>(row_[x]); });
    }
    GrayPicture out = std::move(*shrink_).finish();
    out.original_width = info_.image_width;
    out.original_height = info_.image_height;
    return out;
  }

 private:
  static JpegReader& of(j_common_ptr info) { return *static_cast<JpegReader*>(info->client_data); }

  [[noreturn]] void fail(ErrorCode code) {
    code_ = code;
    std::longjmp(jump_, 1);  // NOLINT: the library's way
  }

  bool open() {
    if (setjmp(jump_) != 0) return false;  // NOLINT
    jpeg_create_decompress(&info_);        // keeps err and client_data
    created_ = true;
    info_.mem->max_memory_to_use = kMaxLibraryBytes;
    info_.progress = &progress_;
    jpeg_mem_src(&info_, reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size());
    jpeg_read_header(&info_, TRUE);
    return true;
  }

  bool start() {
    if (setjmp(jump_) != 0) return false;  // NOLINT
    info_.out_color_space = JCS_GRAYSCALE;
    info_.scale_num = 1;
    info_.scale_denom = 1;
    const JDIMENSION side =
        info_.image_width < info_.image_height ? info_.image_width : info_.image_height;
    while (info_.scale_denom < 8 && side / (2 * info_.scale_denom) >= kEnough)
      info_.scale_denom *= 2;
    info_.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&info_);
    return true;
  }

  bool read_row() {
    if (setjmp(jump_) != 0) return false;  // NOLINT
    JSAMPROW row = row_.data();
    jpeg_read_scanlines(&info_, &row, 1);
    return true;
  }

  const DecodeLimits& limits_;
  std::string_view bytes_;
  jpeg_decompress_struct info_{};
  jpeg_error_mgr errors_{};
  jpeg_progress_mgr progress_{};
  std::jmp_buf jump_{};
  bool created_ = false;
  ErrorCode code_ = ErrorCode::photo_damaged;
  std::vector<JSAMPLE> row_;
  std::optional<Shrink> shrink_;
};

}  // namespace

Result<GrayPicture> decode_jpeg(std::string_view bytes, const DecodeLimits& limits) {
  return JpegReader(bytes, limits).read();
}

}  // namespace ovillo::photo
