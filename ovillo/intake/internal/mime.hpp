// One mail taken apart: its header, its text, its attachments.
//
// Strict in what it gives (valid UTF-8, bounded in depth and number of parts) and forgiving in what
// it takes, as mail is. @source RFC 5322, 2045 to 2047, 2183, 2231 (without continuations).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ovillo::intake {

struct MailPart {
  std::string type;       ///< "text/plain", lower case
  std::string charset;    ///< as stated, lower case; may be empty
  std::string name;       ///< of the file; may be empty
  bool attached = false;  ///< a file, by its disposition or name; else part of the text
  bool broken = false;    ///< its encoding broke off; what could be read is there
  std::string bytes;      ///< decoded
};

struct Mail {
  std::vector<std::pair<std::string, std::string>> header;  ///< names lower case, values UTF-8
  std::vector<MailPart> parts;  ///< leaves in order; a mail inside a mail is one leaf
  bool too_many_parts = false;  ///< beyond 1,000, or nested above 20: the rest was not read

  /// First value of that name; empty: not stated.
  [[nodiscard]] std::string_view value(std::string_view name) const;
  /// Its text: the plain parts, or else those in HTML without their markup.
  [[nodiscard]] std::string text() const;
};

/// @param bytes  one mail, header first.
Mail read_mail_bytes(std::string_view bytes);

/// Addresses of a header ("Eva <eva@example.org>, lea@example.org"): address and name.
std::vector<std::pair<std::string, std::string>> mail_addresses(std::string_view header);

/// A date as mails write it ("Sat, 24 Jan 2026 15:05:33 +0100 (CET)") as ISO 8601 with its zone.
/// Empty: it is none.
std::optional<std::string> mail_date(std::string_view header);

/// UTF-8 of text in a character set; `known` is false where it is not one that is read and the
/// bytes were taken for Windows-1252.
std::string text_in_charset(std::string_view bytes, std::string_view charset, bool& known);

/// Bytes of Base64; what is no sign of it is passed over. `broken`: it broke off or held others.
std::string from_base64(std::string_view text, bool& broken);

/// What a reader of the page would see as text: without markup, scripts and styles.
std::string text_of_html(std::string_view html);

}  // namespace ovillo::intake
