#include "ovillo/intake/internal/web_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/picture_form.hpp"
#include "ovillo/intake/internal/html_page.hpp"
#include "ovillo/intake/internal/input.hpp"
#include "ovillo/intake/internal/mail.hpp"
#include "ovillo/intake/internal/mime.hpp"
#include "ovillo/intake/internal/pdf.hpp"

namespace ovillo::intake {

namespace {

bool is_html_type(std::string_view type) {
  return type == "text/html" || type == "application/xhtml+xml";
}

struct WholeMember {
  std::string bytes;
  bool too_long = false;  // the bytes are then not all of it
};

Result<WholeMember> take_whole(ByteStream& stream, std::uint64_t limit) {
  WholeMember out;
  while (true) {
    OVILLO_TRY(const std::string_view block, stream.next());
    if (block.empty()) return out;
    if (out.bytes.size() + block.size() > limit) {
      out.too_long = true;
      return out;
    }
    out.bytes.append(block);
  }
}

std::uint64_t page_limit(const BatchBuilder& builder) {
  return 4 * builder.options().max_row_bytes;
}

// The value of a field in the header of a mail, from bytes that may break off.
bool has_field(std::string_view head, std::string_view name) {
  for (std::size_t at = 0; at < head.size();) {
    std::string line(head.substr(at, head.find('\n', at) - at));
    if (line.empty() || line == "\r") return false;
    for (char& c : line)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (line.starts_with(name)) return true;
    at += line.size() + 1;
  }
  return false;
}

}  // namespace

bool is_readable_type(std::string_view type) {
  return is_html_type(type) || type == "text/plain" || type == "application/json" ||
         type.ends_with("+json") || type == "text/xml" || type == "application/xml";
}

Result<void> write_capture(const Capture& capture, std::string_view payload, RowPlace place,
                           std::string_view raw, BatchBuilder& builder) {
  OVILLO_CHECK(builder.begin_row());
  const auto add = [&](std::string_view column, Field field, std::string_view value) {
    builder.add(builder.column(column, field), value);
  };
  const bool html = is_html_type(capture.type);
  bool known = false;
  const std::string charset =
      capture.charset.empty() && html ? stated_charset(payload) : capture.charset;
  const std::string text = text_in_charset(payload, charset, known);
  add("url", Field::url, capture.url);
  add("time", Field::time, capture.time);
  add("type", Field::other, capture.type);
  add("status", Field::other, capture.status);
  add("record", Field::other, capture.source);
  add("sha256", Field::other, sha256_hex(payload));
  if (html) {
    const HtmlPage page = read_html_page(text);
    add("title", Field::title, page.title);
    add("text", Field::text, page.text);
    for (const std::string& contact : page.contacts) add("link", Field::text, contact);
  } else {
    add("text", Field::text, text);
  }
  return builder.finish_row(RecordKind::document, place, raw);
}

Result<void> keep_payload(std::string_view payload, const std::string& type,
                          const std::string& part, BatchBuilder& builder) {
  if (is_pdf(payload)) {
    Input bytes = Input::over(payload, part);
    return read_pdf(bytes, {part, {}}, builder);
  }
  const std::string sha256 = sha256_hex(payload);
  if (!builder.sink().picture || picture_form(payload) == PictureForm::none)
    return builder.hold(ErrorCode::intake_no_reader, type, sha256, payload.size(), part);
  OVILLO_CHECK(builder.flush());
  PictureFile picture;
  picture.member = builder.member().empty() ? part : builder.member() + "/" + part;
  picture.sha256 = sha256;
  picture.too_large = payload.size() > builder.options().max_picture_bytes;
  if (!picture.too_large) picture.bytes = payload;
  return builder.sink().picture(picture);
}

Result<void> read_saved_page(ByteStream& stream, BatchBuilder& builder) {
  builder.say_form("page (HTML)");
  OVILLO_TRY(const WholeMember page, take_whole(stream, page_limit(builder)));
  if (page.too_long) {
    return builder.reject_row(ErrorCode::intake_row_too_long, 0,
                              fmt::format("a page of more than {} bytes", page_limit(builder)));
  }
  Capture capture;
  capture.type = "text/html";
  OVILLO_CHECK(write_capture(capture, page.bytes, {0, page.bytes.size()}, page.bytes, builder));
  return builder.flush();
}

bool is_mhtml(std::string_view head) {
  if (!is_mail(head) || has_field(head, "to:") || has_field(head, "received:")) return false;
  return has_field(head, "snapshot-content-location:") || has_field(head, "content-location:") ||
         (has_field(head, "content-type: multipart/related") && !has_field(head, "message-id:"));
}

Result<void> read_mhtml(ByteStream& stream, BatchBuilder& builder) {
  builder.say_form("page (MHTML)");
  OVILLO_TRY(const WholeMember whole, take_whole(stream, page_limit(builder)));
  if (whole.too_long) {
    return builder.reject_row(ErrorCode::intake_row_too_long, 0,
                              fmt::format("a page of more than {} bytes", page_limit(builder)));
  }
  const Mail mail = read_mail_bytes(whole.bytes);
  Capture capture;
  capture.url = mail.value("snapshot-content-location");
  if (capture.url.empty()) capture.url = mail.value("content-location");
  capture.time = mail_date(mail.value("date")).value_or("");
  std::size_t n = 0;
  for (const MailPart& part : mail.parts) {
    ++n;
    const std::string name = fmt::format("part {}", n);
    if (part.type != "text/html") {
      OVILLO_CHECK(keep_payload(part.bytes, part.type, name, builder));
      continue;
    }
    capture.type = part.type;
    capture.charset = part.charset;
    capture.source = name;
    OVILLO_CHECK(write_capture(capture, part.bytes, {0, whole.bytes.size()}, part.bytes, builder));
    capture.url.clear();  // the header's is that of the page; a frame has its own
  }
  if (n == 0) {
    OVILLO_CHECK(builder.reject_row(ErrorCode::intake_bad_mail, 0, "MHTML without any part in it"));
  }
  if (mail.too_many_parts) {
    OVILLO_CHECK(builder.reject_row(ErrorCode::intake_bad_mail, 0,
                                    "more parts than are read, or nested too deep"));
  }
  return builder.flush();
}

}  // namespace ovillo::intake
