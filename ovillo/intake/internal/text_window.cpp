#include "ovillo/intake/internal/text_window.hpp"

#include <algorithm>
#include <cstring>

#include "ovillo/base/utf8.hpp"
#include "ovillo/text/windows_1252.hpp"

namespace ovillo::intake {

namespace {
constexpr std::size_t kSniff = 512u << 10;
constexpr std::size_t kPadding = 64;  // simdjson reads past the end
}  // namespace

Result<std::unique_ptr<TextWindow>> TextWindow::open(ByteStream& stream) {
  std::unique_ptr<TextWindow> window(new TextWindow(stream));
  std::string& held = window->held_;
  while (!window->at_end_ && held.size() < kSniff) OVILLO_CHECK(window->take_block());
  const SniffedEncoding sniffed = sniff_encoding(std::string_view(held).substr(0, kSniff));
  window->encoding_ = sniffed.encoding;
  held.erase(0, sniffed.bom_bytes);
  window->offset_ = sniffed.bom_bytes;
  window->has_bom_ = sniffed.bom_bytes > 0;
  if (window->is_utf16()) {
    Utf16Decoder& utf16 = window->utf16_.emplace(window->encoding_ == Encoding::utf16_be);
    std::string text;
    utf16.decode(held, text);
    if (window->at_end_) utf16.finish(text);
    held = std::move(text);
  }
  held.reserve(held.size() + kPadding);
  return window;
}

std::string TextWindow::describe_encoding() const {
  return std::string(describe(encoding_)) + (has_bom_ ? " with BOM" : "");
}

Result<void> TextWindow::take_block() {
  OVILLO_TRY(const std::string_view block, stream_->next());
  if (block.empty()) at_end_ = true;
  if (utf16_) {
    utf16_->decode(block, held_);
    if (at_end_) utf16_->finish(held_);
  } else {
    held_.append(block);
  }
  if (held_.capacity() < held_.size() + kPadding) held_.reserve(2 * held_.size() + kPadding);
  return {};
}

Result<void> TextWindow::more() {
  held_.erase(0, position_);
  position_ = 0;
  const std::size_t wanted = 2 * std::max<std::size_t>(held_.size(), 1);
  while (!at_end_ && held_.size() < wanted) OVILLO_CHECK(take_block());
  return {};
}

void TextWindow::consume(std::size_t n) {
  offset_ += raw_size(view().substr(0, n));
  position_ += n;
}

std::optional<TextFault> TextWindow::check(std::string_view row) {
  if (const void* nul = std::memchr(row.data(), 0, row.size()); nul != nullptr && !row.empty())
    return TextFault{true, static_cast<std::size_t>(static_cast<const char*>(nul) - row.data())};
  if (encoding_ == Encoding::windows_1252) return std::nullopt;
  const auto broken = first_invalid_utf8(row);
  if (encoding_ == Encoding::ascii_so_far) {
    encoding_ = encoding_of(row);
    if (encoding_ == Encoding::windows_1252) return std::nullopt;
  }
  if (broken) return TextFault{false, *broken};
  return std::nullopt;
}

std::string_view TextWindow::decoded(std::string_view cell, std::string& scratch) const {
  if (encoding_ != Encoding::windows_1252) return cell;
  const bool ascii = std::all_of(cell.begin(), cell.end(), [](char c) { return (c & 0x80) == 0; });
  if (ascii) return cell;
  scratch.clear();
  text::append_windows_1252(scratch, cell);
  return scratch;
}

std::string_view TextWindow::raw(std::string_view row, std::string& scratch) const {
  if (!is_utf16()) return row;
  scratch.clear();
  append_utf16(scratch, row, encoding_ == Encoding::utf16_be);
  return scratch;
}

std::uint64_t TextWindow::raw_size(std::string_view text) const {
  return is_utf16() ? utf16_bytes(text) : text.size();
}

}  // namespace ovillo::intake
