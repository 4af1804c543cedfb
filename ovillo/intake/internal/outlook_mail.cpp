#include "ovillo/intake/internal/outlook_mail.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/intake/internal/compound_file.hpp"
#include "ovillo/intake/internal/encoding.hpp"
#include "ovillo/intake/internal/mail.hpp"
#include "ovillo/intake/internal/mime.hpp"

namespace ovillo::intake {

namespace {

constexpr std::string_view kProperties = "__properties_version1.0";
constexpr int kMaxMailsInside = 5;
constexpr std::size_t kMostParts = 1000;
constexpr std::size_t kPropertyBytes = 16;
constexpr std::uint64_t kMostTable = 64u << 10;
constexpr std::int64_t kSecondsTo1970 = 11'644'473'600;  // from 1601

enum Tag : std::uint16_t {
  kSubject = 0x0037,
  kSubmitted = 0x0039,
  kHeaders = 0x007d,
  kRecipientType = 0x0c15,
  kSenderName = 0x0c1a,
  kSenderAddress = 0x0c1f,
  kDelivered = 0x0e06,
  kBody = 0x1000,
  kCompressedRtf = 0x1009,
  kHtml = 0x1013,
  kMessageId = 0x1035,
  kReferences = 0x1039,
  kInReplyTo = 0x1042,
  kDisplayName = 0x3001,
  kAddress = 0x3003,
  kData = 0x3701,
  kShortFileName = 0x3704,
  kFileName = 0x3707,
  kMediaType = 0x370e,
  kSmtpAddress = 0x39fe,
  kInternetCodePage = 0x3fde,
  kSenderSmtpAddress = 0x5d01,
};

std::string base64_lines(std::string_view bytes) {
  static constexpr std::string_view kSigns =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes.size() / 57 * 77 + 80);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
      return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0;
    };
    const std::uint32_t three = byte(0) << 16 | byte(1) << 8 | byte(2);
    const std::size_t n = std::min<std::size_t>(bytes.size() - at, 3);
    for (std::size_t i = 0; i < 4; ++i) out += i <= n ? kSigns[three >> (18 - 6 * i) & 63] : '=';
    if (at % 57 == 54) out += '\n';
  }
  return out + '\n';
}

// A value on one line: what would end the line could write headers of its own.
std::string on_one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return text;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : on_one_line(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// "02 Mar 2026 10:00:00 +0000"
std::string mail_time(std::int64_t utc_s) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string iso = format_utc(utc_s);
  if (iso.size() != 20) return {};
  const std::size_t month =
      static_cast<std::size_t>(iso[5] - '0') * 10 + static_cast<std::size_t>(iso[6] - '0');
  return fmt::format("{} {} {} {} +0000", iso.substr(8, 2), kMonths[(month - 1) % 12],
                     iso.substr(0, 4), iso.substr(11, 8));
}

struct Attached {
  std::string type, name, bytes;
};

// Writes the mail of a storage in the form that mails are sent in.
class MailForm {
 public:
  /// @param budget  bytes of the file: streams that lie over one another give no more than it has.
  MailForm(const CompoundFile& file, std::size_t budget) : file_(file), budget_(budget) {}

  // NOLINTNEXTLINE(misc-no-recursion): kMaxMailsInside bounds it
  Result<std::string> write(std::uint32_t storage, int depth) {
    OVILLO_TRY(const Mail sent, headers_as_sent(storage));
    OVILLO_TRY(std::string out, header(storage, sent));
    OVILLO_TRY(const auto plain, text(storage, kBody));
    OVILLO_TRY(const auto html, html_of(storage));
    std::vector<Attached> parts;
    if (!plain.empty()) parts.push_back({"text/plain; charset=utf-8", {}, plain});
    if (!html.bytes.empty()) parts.push_back(html);
    if (parts.empty()) {
      OVILLO_TRY(const auto rtf, binary(storage, kCompressedRtf));
      if (!rtf.empty()) parts.push_back({"application/rtf", "body.rtf", rtf});
    }
    OVILLO_CHECK(add_attachments(storage, depth, parts));
    const std::string boundary = "ovillo-" + sha256_hex(out).substr(0, 32);
    out +=
        fmt::format("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary={}\n\n", boundary);
    for (const Attached& part : parts) {
      out += fmt::format("--{}\nContent-Type: {}\nContent-Transfer-Encoding: base64\n", boundary,
                         part.type);
      if (!part.name.empty())
        out += fmt::format("Content-Disposition: attachment; filename={}\n", quoted(part.name));
      out += '\n' + base64_lines(part.bytes);
    }
    return out + fmt::format("--{}--\n", boundary);
  }

 private:
  Result<std::string> bytes_of(std::uint32_t storage, std::uint16_t tag, std::uint16_t type) {
    const std::uint32_t stream =
        file_.child(storage, fmt::format("__substg1.0_{:04X}{:04X}", tag, type));
    if (stream == 0 || file_.entries()[stream].is_storage) return std::string();
    const std::uint64_t size = file_.entries()[stream].bytes;
    if (size > budget_) return Error(ErrorCode::intake_bad_archive, "streams lie over one another");
    budget_ -= size;
    return file_.read(stream);
  }

  Result<std::string> binary(std::uint32_t storage, std::uint16_t tag) {
    return bytes_of(storage, tag, 0x0102);
  }

  /// UTF-8. Bytes in a code page are taken as mail takes them: UTF-8 where valid, else
  /// Windows-1252.
  Result<std::string> text(std::uint32_t storage, std::uint16_t tag) {
    OVILLO_TRY(const std::string wide, bytes_of(storage, tag, 0x001f));
    if (!wide.empty()) {
      Utf16Decoder decoder(false);
      std::string out;
      decoder.decode(wide, out);
      decoder.finish(out);
      return out;
    }
    OVILLO_TRY(const std::string narrow, bytes_of(storage, tag, 0x001e));
    bool known = false;
    return text_in_charset(narrow, {}, known);
  }

  // A property of fixed length, out of the table of its storage.
  Result<std::optional<std::uint64_t>> number(std::uint32_t storage, std::uint16_t tag) {
    const std::uint32_t stream = file_.child(storage, kProperties);
    if (stream == 0 || file_.entries()[stream].bytes > kMostTable)
      return std::optional<std::uint64_t>();
    OVILLO_TRY(const std::string table, file_.read(stream));
    // Its header is longer in a message; an entry never is.
    for (std::size_t at = table.size() % kPropertyBytes; at + kPropertyBytes <= table.size();
         at += kPropertyBytes) {
      const auto byte = [&](std::size_t i) {
        return static_cast<std::uint64_t>(static_cast<unsigned char>(table[at + i]));
      };
      if ((byte(2) | byte(3) << 8) != tag) continue;
      std::uint64_t value = 0;
      for (std::size_t i = 0; i < 8; ++i) value |= byte(8 + i) << (8 * i);
      return std::optional(value);
    }
    return std::optional<std::uint64_t>();
  }

  // What a mail that came over the net still has of its header.
  Result<Mail> headers_as_sent(std::uint32_t storage) {
    OVILLO_TRY(const std::string headers, text(storage, kHeaders));
    return read_mail_bytes(headers + "\n\n");
  }

  Result<std::string> header(std::uint32_t storage, const Mail& sent) {
    std::string out;
    const auto put = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) out += fmt::format("{}: {}\n", name, on_one_line(value));
    };
    OVILLO_TRY(const std::string from, sender(storage));
    put("From", from.empty() ? std::string(sent.value("from")) : from);
    OVILLO_CHECK(add_recipients(storage, put));
    OVILLO_TRY(const std::string subject, text(storage, kSubject));
    put("Subject", subject);
    OVILLO_TRY(const std::string date, date_of(storage));
    put("Date", date.empty() ? std::string(sent.value("date")) : date);
    const auto either = [&](std::string_view name, std::uint16_t tag) -> Result<void> {
      OVILLO_TRY(const std::string said, text(storage, tag));
      put(name, said.empty() ? std::string(sent.value(name)) : said);
      return {};
    };
    OVILLO_CHECK(either("message-id", kMessageId));
    OVILLO_CHECK(either("in-reply-to", kInReplyTo));
    OVILLO_CHECK(either("references", kReferences));
    return out;
  }

  Result<std::string> sender(std::uint32_t storage) {
    OVILLO_TRY(std::string address, text(storage, kSenderSmtpAddress));
    if (address.empty()) {
      OVILLO_TRY(address, text(storage, kSenderAddress));
    }
    OVILLO_TRY(const std::string name, text(storage, kSenderName));
    return address.empty() ? std::string() : fmt::format("{} <{}>", quoted(name), address);
  }

  Result<std::string> date_of(std::uint32_t storage) {
    for (const std::uint16_t tag : {kSubmitted, kDelivered}) {
      OVILLO_TRY(const auto ticks, number(storage, tag));
      // Of 100 ns; none before 1970 or after 9999 is a mail's.
      if (!ticks || *ticks >> 62 != 0) continue;
      const auto utc_s = static_cast<std::int64_t>(*ticks / 10'000'000) - kSecondsTo1970;
      if (utc_s > 0 && utc_s < 253'402'300'800) return mail_time(utc_s);
    }
    return std::string();
  }

  template <class Put>
  Result<void> add_recipients(std::uint32_t storage, const Put& put) {
    std::array<std::string, 3> lists;
    std::size_t n = 0;
    for (const std::uint32_t one : file_.entries()[storage].children) {
      const CompoundFile::Entry& entry = file_.entries()[one];
      if (!entry.is_storage || !entry.name.starts_with("__recip_version1.0_")) continue;
      if (++n > kMostParts) break;
      OVILLO_TRY(std::string address, text(one, kSmtpAddress));
      if (address.empty()) {
        OVILLO_TRY(address, text(one, kAddress));
      }
      OVILLO_TRY(const std::string name, text(one, kDisplayName));
      OVILLO_TRY(const auto type, number(one, kRecipientType));
      std::string& list = lists[type && *type % 4 > 0 ? *type % 4 - 1 : 0];
      if (!address.empty())
        list += fmt::format("{}{} <{}>", list.empty() ? "" : ", ", quoted(name), address);
    }
    put("To", lists[0]);
    put("Cc", lists[1]);
    put("Bcc", lists[2]);
    return {};
  }

  Result<Attached> html_of(std::uint32_t storage) {
    OVILLO_TRY(std::string html, binary(storage, kHtml));
    OVILLO_TRY(const auto page, number(storage, kInternetCodePage));
    const bool is_utf8 = !page || (*page & 0xffffffff) == 65001;
    if (!html.empty())
      return Attached{is_utf8 ? "text/html; charset=utf-8" : "text/html; charset=windows-1252",
                      {},
                      std::move(html)};
    OVILLO_TRY(html, text(storage, kHtml));
    return Attached{"text/html; charset=utf-8", {}, std::move(html)};
  }

  // NOLINTNEXTLINE(misc-no-recursion): kMaxMailsInside bounds it
  Result<void> add_attachments(std::uint32_t storage, int depth, std::vector<Attached>& parts) {
    for (const std::uint32_t one : file_.entries()[storage].children) {
      const CompoundFile::Entry& entry = file_.entries()[one];
      if (!entry.is_storage || !entry.name.starts_with("__attach_version1.0_")) continue;
      Attached part;
      OVILLO_TRY(part.name, text(one, kFileName));
      if (part.name.empty()) {
        OVILLO_TRY(part.name, text(one, kShortFileName));
      }
      if (part.name.empty()) part.name = fmt::format("part {}", parts.size() + 1);
      const std::uint32_t inside = file_.child(one, "__substg1.0_3701000D");
      if (inside != 0 && file_.child(inside, kProperties) != 0 && depth < kMaxMailsInside) {
        part.type = "message/rfc822";
        OVILLO_TRY(part.bytes, write(inside, depth + 1));
      } else {
        OVILLO_TRY(part.type, text(one, kMediaType));
        part.type = on_one_line(part.type);
        if (part.type.empty()) part.type = "application/octet-stream";
        OVILLO_TRY(part.bytes, binary(one, kData));
      }
      parts.push_back(std::move(part));
    }
    return {};
  }

  const CompoundFile& file_;
  std::size_t budget_;
};

}  // namespace

Result<void> read_outlook_mail(ByteStream& stream, BatchBuilder& builder) {
  const std::uint64_t limit = 4 * builder.options().max_row_bytes;
  std::string bytes;
  while (true) {
    OVILLO_TRY(const std::string_view block, stream.next());
    if (block.empty()) break;
    if (bytes.size() + block.size() > limit)
      return Error(ErrorCode::intake_unknown_format,
                   fmt::format("an old Office document or mail of more than {} bytes", limit));
    bytes += block;
  }
  const auto file = CompoundFile::open(bytes);
  if (file && file->child(0, kProperties) == 0)
    return Error(ErrorCode::intake_unknown_format,
                 "an old Office document; save it as .xlsx or CSV");
  builder.say_form("mail (Outlook, .msg)");
  if (!file) return builder.reject_row(ErrorCode::intake_bad_mail, 0, file.error().detail());
  const auto mail = MailForm(*file, bytes.size()).write(0, 0);
  if (!mail) return builder.reject_row(ErrorCode::intake_bad_mail, 0, mail.error().detail());
  OVILLO_CHECK(write_mail(*mail, bytes, builder));
  return builder.flush();
}

}  // namespace ovillo::intake
