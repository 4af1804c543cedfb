#include "ovillo/intake/internal/warc.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/intake/internal/archive.hpp"
#include "ovillo/intake/internal/web_page.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMaxHeader = 64u << 10;

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == kNone) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

using Fields = std::vector<std::pair<std::string, std::string>>;

// "Name: value" per line below the first one; names in lower case, folded lines joined.
Fields fields_of(std::string_view header) {
  Fields out;
  for (std::size_t at = header.find('\n'); at != kNone && at + 1 < header.size();) {
    const std::size_t end = header.find('\n', at + 1);
    const std::string_view line = header.substr(at + 1, end == kNone ? end : end - at - 1);
    const std::size_t colon = line.find(':');
    if (line.starts_with(' ') || line.starts_with('\t')) {
      if (!out.empty()) out.back().second.append(" ").append(trimmed(line));
    } else if (colon != kNone) {
      out.emplace_back(lower(trimmed(line.substr(0, colon))),
                       replace_invalid_utf8(trimmed(line.substr(colon + 1))));
    }
    at = end;
  }
  return out;
}

std::string value_of(const Fields& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& field) { return field.first == name; });
  return found == fields.end() ? std::string() : found->second;
}

// After the empty line that ends a header; npos: there is none.
std::size_t end_of_header(std::string_view text) {
  const std::size_t strict = text.find("\r\n\r\n");
  const std::size_t loose = text.find("\n\n");
  if (strict == kNone) return loose == kNone ? kNone : loose + 2;
  return loose < strict ? loose + 2 : strict + 4;
}

// The chunks of a body put together; empty: they are not sound.
std::optional<std::string> without_chunks(std::string_view body) {
  std::string out;
  while (true) {
    const std::size_t line = body.find("\r\n");
    if (line == kNone) return std::nullopt;
    std::size_t size = 0;
    const auto read = std::from_chars(body.data(), body.data() + line, size, 16);
    if (read.ec != std::errc() || size > body.size()) return std::nullopt;
    if (size == 0) return out;
    body.remove_prefix(line + 2);
    if (body.size() < size + 2) return std::nullopt;
    out += body.substr(0, size);
    body.remove_prefix(size + 2);
  }
}

// Empty: damaged, or it unpacks to more than `limit`.
std::optional<std::string> without_gzip(std::string_view packed, std::uint64_t limit,
                                        const ReadOptions& options) {
  Input input = Input::over(packed, "payload");
  const auto archive = Archive::open(input, Container::tar, options);
  if (!archive) return std::nullopt;
  const auto member = (*archive)->next_member();
  if (!member || !*member || (*archive)->is_nested()) return std::nullopt;
  std::string out;
  while (true) {
    const auto block = (*archive)->next();
    if (!block || out.size() + block->size() > limit) return std::nullopt;
    if (block->empty()) return out;
    out += *block;
  }
}

// "text/html; charset=UTF-8" into both.
void set_type(Capture& capture, std::string_view stated) {
  capture.type = lower(trimmed(stated.substr(0, stated.find(';'))));
  const std::string rest = lower(stated);
  const std::size_t charset = rest.find("charset=");
  if (charset == std::string::npos) return;
  std::string_view value = std::string_view(rest).substr(charset + 8);
  value = trimmed(value.substr(0, value.find(';')));
  if (value.size() > 1 && value.front() == '"') value = value.substr(1, value.size() - 2);
  capture.charset = value;
}

class WarcReader {
 public:
  WarcReader(ByteStream& stream, BatchBuilder& builder)
      : stream_(stream), builder_(builder), limit_(4 * builder.options().max_row_bytes) {}

  Result<void> read() {
    builder_.say_form("web archive (WARC)");
    while (true) {
      OVILLO_TRY(const bool more, skip_empty_lines());
      if (!more) return builder_.flush();
      OVILLO_TRY(const bool sound, take_record());
      if (!sound) return builder_.flush();
    }
  }

 private:
  // Holds at least n bytes, or all there are.
  Result<void> hold(std::uint64_t n) {
    while (!at_end_ && held_.size() - begin_ < n) {
      OVILLO_TRY(const std::string_view block, stream_.next());
      at_end_ = block.empty();
      if (begin_ > 0) held_.erase(0, std::exchange(begin_, 0));
      held_.append(block);
    }
    return {};
  }
  [[nodiscard]] std::string_view view() const { return std::string_view(held_).substr(begin_); }
  void consume(std::size_t n) {
    begin_ += n;
    offset_ += n;
  }

  Result<bool> skip_empty_lines() {
    while (true) {
      OVILLO_CHECK(hold(1));
      const std::string_view text = view();
      if (text.empty()) return false;
      const std::size_t n = std::min(text.find_first_not_of("\r\n"), text.size());
      consume(n);
      if (n < text.size()) return true;
    }
  }

  // Nothing says where the next record begins: the rest is part of this reject.
  Result<bool> broken(std::string_view why) {
    OVILLO_CHECK(builder_.reject_row(ErrorCode::intake_bad_archive, offset_, why));
    return false;
  }

  Result<bool> take_record() {
    std::size_t header_size = kNone;
    for (std::size_t wanted = 4096; wanted <= kMaxHeader && header_size == kNone; wanted *= 4) {
      OVILLO_CHECK(hold(wanted));
      header_size = end_of_header(view().substr(0, kMaxHeader));
    }
    if (!view().starts_with("WARC/")) return broken("no WARC record begins here");
    if (header_size == kNone) return broken("the header of a WARC record has no end");
    const Fields fields = fields_of(view().substr(0, header_size));
    const std::string stated = value_of(fields, "content-length");
    std::uint64_t length = 0;
    const auto number = std::from_chars(stated.data(), stated.data() + stated.size(), length);
    if (stated.empty() || number.ec != std::errc() || number.ptr != stated.data() + stated.size())
      return broken("a WARC record without a Content-Length that can be read");
    if (length > limit_) return pass_by(fields, header_size, length);
    OVILLO_CHECK(hold(header_size + length));
    if (view().size() < header_size + length)
      return broken(fmt::format("a WARC record of {} bytes breaks off after {}", length,
                                view().size() - header_size));
    const std::string_view raw = view().substr(0, header_size + static_cast<std::size_t>(length));
    OVILLO_CHECK(write(fields, raw, raw.substr(header_size)));
    consume(raw.size());
    return true;
  }

  // Longer than is kept in memory: hashed and held.
  Result<bool> pass_by(const Fields& fields, std::size_t header_size, std::uint64_t length) {
    const std::string name = name_of(fields);
    consume(header_size);
    Sha256 hash;
    std::uint64_t left = length;
    while (left > 0) {
      OVILLO_CHECK(hold(1));
      const std::string_view some = view().substr(0, std::min<std::uint64_t>(left, kNone));
      if (some.empty()) return broken(fmt::format("a WARC record lacks {} bytes", left));
      hash.update(some);
      left -= some.size();
      consume(some.size());
    }
    OVILLO_CHECK(builder_.hold(ErrorCode::intake_no_reader,
                               fmt::format("a WARC record of more than {} bytes", limit_),
                               hash.hex(), length, name));
    return true;
  }

  static std::string name_of(const Fields& fields) {
    std::string id = value_of(fields, "warc-record-id");
    return id.empty() ? "a record without id" : id;
  }

  Result<void> write(const Fields& fields, std::string_view raw, std::string_view block) {
    Capture capture;
    capture.url = value_of(fields, "warc-target-uri");
    if (capture.url.starts_with('<') && capture.url.ends_with('>'))
      capture.url = capture.url.substr(1, capture.url.size() - 2);
    capture.time = value_of(fields, "warc-date");
    capture.source = name_of(fields);
    const std::string type = value_of(fields, "warc-type");
    const std::string stated = value_of(fields, "content-type");
    set_type(capture, stated);
    if (type == "response" && capture.type == "application/http")
      return write_response(std::move(capture), raw, block);
    if (type == "response" || type == "resource" || type == "conversion")
      return write_payload(capture, block, raw);
    return builder_.hold(ErrorCode::intake_no_reader,
                         fmt::format("{} of a capture", type.empty() ? "record" : type),
                         sha256_hex(block), block.size(), capture.source);
  }

  Result<void> write_response(Capture capture, std::string_view raw, std::string_view block) {
    const std::size_t header_size = end_of_header(block);
    if (!block.starts_with("HTTP/") || header_size == kNone)
      return builder_.reject_row(ErrorCode::intake_bad_cell, offset_,
                                 "a response that is not one of HTTP");
    const std::string_view header = block.substr(0, header_size);
    const Fields fields = fields_of(header);
    const std::size_t blank = header.find(' ');
    if (blank != kNone) capture.status = replace_invalid_utf8(header.substr(blank + 1, 3));
    capture.charset.clear();
    set_type(capture, value_of(fields, "content-type"));
    std::string_view body = block.substr(header_size);
    std::optional<std::string> whole;
    // Capture tools may have put the chunks together and left the header as it was.
    if (lower(value_of(fields, "transfer-encoding")) == "chunked") whole = without_chunks(body);
    if (whole) body = *whole;
    const std::string coding = lower(value_of(fields, "content-encoding"));
    std::optional<std::string> unpacked;
    if ((coding == "gzip" || coding == "x-gzip") && body.starts_with("\x1f\x8b")) {
      unpacked = without_gzip(body, limit_, builder_.options());
      if (!unpacked) return hold_coded(capture, body, "damaged or too large gzip");
      body = *unpacked;
    } else if (coding == "br" || coding == "deflate" || coding == "zstd") {
      return hold_coded(capture, body, "coded as " + coding);
    }
    return write_payload(capture, body, raw);
  }

  Result<void> hold_coded(const Capture& capture, std::string_view body, std::string_view why) {
    return builder_.hold(ErrorCode::intake_no_reader, fmt::format("{}, {}", capture.type, why),
                         sha256_hex(body), body.size(), capture.source);
  }

  Result<void> write_payload(const Capture& capture, std::string_view payload,
                             std::string_view raw) {
    if (is_readable_type(capture.type))
      return write_capture(capture, payload, {offset_, raw.size()}, raw, builder_);
    return keep_payload(payload, capture.type, capture.source, builder_);
  }

  ByteStream& stream_;
  BatchBuilder& builder_;
  std::uint64_t limit_;
  std::string held_;
  std::size_t begin_ = 0;     // of what is not consumed in held_
  std::uint64_t offset_ = 0;  // of that in the member
  bool at_end_ = false;
};

}  // namespace

bool is_warc(std::string_view head) {
  return head.starts_with("WARC/1.0\r\n") || head.starts_with("WARC/1.1\r\n") ||
         head.starts_with("WARC/1.0\n") || head.starts_with("WARC/1.1\n");
}

Result<void> read_warc(ByteStream& stream, BatchBuilder& builder) {
  return WarcReader(stream, builder).read();
}

}  // namespace ovillo::intake
