#include "ovillo/intake/internal/mail.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/picture_form.hpp"
#include "ovillo/intake/internal/input.hpp"
#include "ovillo/intake/internal/mime.hpp"
#include "ovillo/intake/internal/pdf.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr int kMaxMailsInside = 5;

// "Name: ..." with a name of letters and dashes.
bool is_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != kNone && colon > 1 &&
         std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                  (c >= '0' && c <= '9');
         });
}

std::string_view line_at(std::string_view text, std::size_t at) {
  std::string_view line = text.substr(at, text.find('\n', at) - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_mailbox(std::string_view head) {
  const std::size_t next = head.find('\n');
  return head.starts_with("From ") && next != kNone && is_field(line_at(head, next + 1));
}

class MailReader {
 public:
  MailReader(ByteStream& stream, BatchBuilder& builder)
      : stream_(stream), builder_(builder), limit_(4 * builder.options().max_row_bytes) {}

  Result<void> read() {
    OVILLO_CHECK(more());
    const bool mailbox = is_mailbox(held_);
    builder_.say_form(mailbox ? "mailbox (mbox)" : "mail (RFC 5322)");
    while (!held_.empty() || !at_end_) {
      std::size_t end = mailbox ? next_begin() : kNone;
      const bool whole = end != kNone || at_end_;
      if (end == kNone) end = held_.size();
      if (!whole && held_.size() <= limit_) {
        OVILLO_CHECK(more());
        continue;
      }
      if (whole && !too_long_ && end <= limit_) {
        OVILLO_CHECK(take(std::string_view(held_).substr(0, end), mailbox));
      } else if (!too_long_) {
        OVILLO_CHECK(builder_.reject_row(ErrorCode::intake_row_too_long, offset_,
                                         fmt::format("a mail of more than {} bytes", limit_)));
      }
      too_long_ = !whole;
      // The line that the bytes break off in may be the beginning of the next mail.
      if (!whole) end = std::max<std::size_t>(held_.rfind('\n', held_.size() - 1), 1);
      held_.erase(0, end);
      offset_ += end;
      searched_ = 0;
      if (!whole) OVILLO_CHECK(more());
    }
    return builder_.flush();
  }

  Result<void> write_one(std::string_view mail, std::string_view raw) {
    return write(mail, raw, {}, 0);
  }

 private:
  Result<void> more() {
    const std::size_t wanted = std::max<std::size_t>(2 * held_.size(), 64u << 10);
    while (!at_end_ && held_.size() < wanted) {
      OVILLO_TRY(const std::string_view block, stream_.next());
      at_end_ = block.empty();
      held_.append(block);
    }
    return {};
  }

  // Where the next mail of the box begins: an empty line, "From ", a field. npos: not in sight.
  std::size_t next_begin() {
    const std::string_view text = held_;
    std::size_t at = searched_;
    while ((at = text.find("\nFrom ", at)) != kNone) {
      const std::size_t line = text.find('\n', at + 1);
      const std::size_t line_end = line == kNone ? kNone : text.find('\n', line + 1);
      if (line_end == kNone && !at_end_) break;
      const bool after_blank =
          (at > 0 && text[at - 1] == '\n') || (at > 1 && text.substr(at - 2, 2) == "\n\r");
      if (after_blank && line != kNone && is_field(line_at(text, line + 1))) return at + 1;
      ++at;
    }
    searched_ = at == kNone ? (text.size() > 6 ? text.size() - 6 : 0) : at;
    return kNone;
  }

  Result<void> take(std::string_view bytes, bool mailbox) {
    std::string_view mail = bytes;
    if (mailbox && mail.starts_with("From "))
      mail.remove_prefix(std::min(mail.find('\n') + 1, mail.size()));
    if (mail.find_first_not_of("\r\n") == kNone) return {};
    std::string unescaped;
    if (mailbox) {
      unescaped = without_escapes(mail);
      mail = unescaped;
    }
    return write(mail, bytes, {}, 0);
  }

  // ">From " at the beginning of a line was "From ".
  static std::string without_escapes(std::string_view mail) {
    std::string out;
    out.reserve(mail.size());
    for (std::size_t at = 0; at < mail.size();) {
      const std::size_t end = std::min(mail.find('\n', at), mail.size() - 1);
      std::string_view line = mail.substr(at, end + 1 - at);
      const std::size_t text = line.find_first_not_of('>');
      if (text != kNone && text > 0 && line.substr(text).starts_with("From "))
        line.remove_prefix(1);
      out += line;
      at = end + 1;
    }
    return out;
  }

  void add(std::string_view column, Field field, std::string_view value) {
    builder_.add(builder_.column(column, field), value);
  }

  // @param inside  Message-ID of the mail that this one is attached to.
  // NOLINTNEXTLINE(misc-no-recursion): kMaxMailsInside bounds it
  Result<void> write(std::string_view mail_bytes, std::string_view raw, std::string_view inside,
                     int depth) {
    const Mail mail = read_mail_bytes(mail_bytes);
    const std::string id(mail.value("message-id"));
    if (mail.value("from").empty() && mail.value("date").empty() && id.empty())
      return builder_.reject_row(ErrorCode::intake_bad_mail, offset_,
                                 "neither From, Date nor Message-ID in its header");
    OVILLO_CHECK(builder_.begin_row());
    add_header(mail, inside);
    add("text", Field::text, mail.text());
    for (const MailPart& part : mail.parts) {
      if (!part.attached) continue;
      const bool picture = picture_form(part.bytes) != PictureForm::none;
      add("attached", picture ? Field::photo : Field::other, part.name);
    }
    if (mail.too_many_parts) add("parts", Field::other, "more than are read");
    OVILLO_CHECK(builder_.finish_row(RecordKind::message, {offset_, raw.size()}, raw));
    const std::string folder = fmt::format("mail {}", ++n_mails_);
    std::size_t n = 0;
    for (const MailPart& part : mail.parts)
      if (part.attached) OVILLO_CHECK(take_attachment(part, id, folder, ++n, depth));
    return {};
  }

  void add_header(const Mail& mail, std::string_view inside) {
    if (const auto time = mail_date(mail.value("date"))) add("time", Field::time, *time);
    add("date", Field::other, mail.value("date"));
    add("app", Field::channel, "e-mail");
    for (const auto& [address, name] : mail_addresses(mail.value("from"))) {
      add("from", Field::author, address);
      add("from_name", Field::from_name, name);
    }
    static constexpr std::array<std::string_view, 4> kTo = {"to", "cc", "bcc", "reply-to"};
    for (const std::string_view header : kTo) {
      for (const auto& [address, name] : mail_addresses(mail.value(header))) {
        add(header, Field::email, address);
        add(fmt::format("{}_name", header), header == "reply-to" ? Field::other : Field::to_name,
            name);
      }
    }
    add("subject", Field::title, mail.value("subject"));
    // What makes a thread of mails.
    for (const std::string_view header : {"message-id", "in-reply-to", "references"})
      add(header, Field::other, mail.value(header));
    add("attached_to", Field::other, inside);
  }

  // NOLINTNEXTLINE(misc-no-recursion): kMaxMailsInside bounds it
  Result<void> take_attachment(const MailPart& part, const std::string& id,
                               const std::string& folder, std::size_t n, int depth) {
    if (part.type == "message/rfc822" && depth < kMaxMailsInside)
      return write(part.bytes, part.bytes, id, depth + 1);
    const std::string name = part.name.empty() ? fmt::format("part {}", n) : part.name;
    const std::string path = folder + "/" + name;
    if (builder_.sink().picture && picture_form(part.bytes) != PictureForm::none)
      return hand_over_picture(part, path);
    if (is_pdf(part.bytes)) {
      Input bytes = Input::over(part.bytes, path);
      return read_pdf(bytes, {path, id}, builder_);
    }
    const std::string sha256 = sha256_hex(part.bytes);
    if (part.type != "text/plain" && part.type != "text/html")
      return builder_.hold(ErrorCode::intake_no_reader, part.type, sha256, part.bytes.size(), path);
    bool known = false;
    const std::string text = text_in_charset(part.bytes, part.charset, known);
    OVILLO_CHECK(builder_.begin_row());
    add("name", Field::other, name);
    add("type", Field::other, part.type);
    add("sha256", Field::other, sha256);
    add("attached_to", Field::other, id);
    add("text", Field::text, part.type == "text/html" ? text_of_html(text) : text);
    return builder_.finish_row(RecordKind::document, {offset_, part.bytes.size()}, part.bytes);
  }

  Result<void> hand_over_picture(const MailPart& part, const std::string& path) {
    OVILLO_CHECK(builder_.flush());
    PictureFile picture;
    picture.member = builder_.member().empty() ? path : builder_.member() + "/" + path;
    picture.sha256 = sha256_hex(part.bytes);
    picture.too_large = part.bytes.size() > builder_.options().max_picture_bytes;
    if (!picture.too_large) picture.bytes = part.bytes;
    return builder_.sink().picture(picture);
  }

  ByteStream& stream_;
  BatchBuilder& builder_;
  std::uint64_t limit_;
  std::string held_;
  std::uint64_t offset_ = 0;  // of held_ in the member
  std::size_t searched_ = 0;  // of held_
  std::uint64_t n_mails_ = 0;
  bool at_end_ = false;
  bool too_long_ = false;
};

}  // namespace

bool is_mail(std::string_view head) {
  if (is_mailbox(head)) return true;
  static constexpr std::array<std::string_view, 9> kFields = {
      "from:",     "to:",           "date:",        "subject:",     "message-id:",
      "received:", "mime-version:", "return-path:", "delivered-to:"};
  int n = 0;
  for (std::size_t at = 0; at < head.size();) {
    const std::string_view line = line_at(head, at);
    const bool goes_on = line.starts_with(' ') || line.starts_with('\t');
    if (line.empty() || (!goes_on && !is_field(line)) || (goes_on && at == 0)) break;
    std::string name(line.substr(0, line.find(':') + 1));
    for (char& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    n += std::find(kFields.begin(), kFields.end(), name) != kFields.end() ? 1 : 0;
    const std::size_t end = head.find('\n', at);
    if (end == kNone) break;
    at = end + 1;
  }
  return n >= 3;
}

Result<void> read_mail(ByteStream& stream, BatchBuilder& builder) {
  return MailReader(stream, builder).read();
}

Result<void> write_mail(std::string_view mail, std::string_view raw, BatchBuilder& builder) {
  Input nothing = Input::over({}, builder.file_name());
  return MailReader(nothing, builder).write_one(mail, raw);
}

}  // namespace ovillo::intake
