#include "ovillo/intake/internal/mime.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "ovillo/base/time.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/text/windows_1252.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMaxParts = 1000;
constexpr int kMaxDepth = 20;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// @param word  in a header: "_" is a blank.
std::string from_quoted_printable(std::string_view text, bool word, bool& broken) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '_' && word) {
      out.push_back(' ');
    } else if (c != '=') {
      out.push_back(c);
    } else if (at + 1 < text.size() && (text[at + 1] == '\n' || text[at + 1] == '\r')) {
      at += text[at + 1] == '\r' && at + 2 < text.size() && text[at + 2] == '\n' ? 2 : 1;
    } else if (at + 2 < text.size() && hex_value(text[at + 1]) >= 0 &&
               hex_value(text[at + 2]) >= 0) {
      out.push_back(static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2])));
      at += 2;
    } else {
      broken = true;
      out.push_back(c);
    }
  }
  return out;
}

// "=?utf-8?Q?caf=C3=A9?=" and plain text between such words.
std::string decoded_words(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  bool after_word = false;
  while (at < text.size()) {
    const std::size_t begin = text.find("=?", at);
    const std::size_t charset = begin == kNone ? kNone : text.find('?', begin + 2);
    const std::size_t encoding = charset == kNone ? kNone : text.find('?', charset + 1);
    const std::size_t end = encoding == kNone ? kNone : text.find("?=", encoding + 1);
    if (end == kNone || encoding != charset + 2) break;
    const std::string_view between = text.substr(at, begin - at);
    if (!after_word || !trimmed(between).empty()) out += replace_invalid_utf8(between);
    const std::string_view body = text.substr(encoding + 1, end - encoding - 1);
    bool broken = false;
    bool known = false;
    const char how = text[charset + 1];
    const std::string bytes = how == 'B' || how == 'b' ? from_base64(body, broken)
                                                       : from_quoted_printable(body, true, broken);
    out += text_in_charset(bytes, lower(text.substr(begin + 2, charset - begin - 2)), known);
    after_word = true;
    at = end + 2;
  }
  bool known = false;
  return out + text_in_charset(text.substr(at), "", known);
}

// A parameter of "text/plain; charset=utf-8; name=\"a.txt\"".
std::string parameter(std::string_view value, std::string_view name) {
  for (std::size_t at = value.find(';'); at != kNone;) {
    const std::size_t equals = value.find('=', at);
    if (equals == kNone) return {};
    const std::string key = lower(trimmed(value.substr(at + 1, equals - at - 1)));
    std::size_t begin = equals + 1;
    while (begin < value.size() && is_blank(value[begin])) ++begin;
    std::size_t end = 0;
    std::string_view text;
    if (begin < value.size() && value[begin] == '"') {
      end = std::min(value.find('"', begin + 1), value.size());
      text = value.substr(begin + 1, end - begin - 1);
    } else {
      end = std::min(value.find(';', begin), value.size());
      text = trimmed(value.substr(begin, end - begin));
    }
    if (key == name) return decoded_words(text);
    if (key == std::string(name) + "*" && text.find("''") != kNone) {
      std::string escaped(text.substr(text.find("''") + 2));
      std::replace(escaped.begin(), escaped.end(), '%', '=');
      bool broken = false;
      bool known = false;
      return text_in_charset(from_quoted_printable(escaped, false, broken),
                             lower(text.substr(0, text.find('\''))), known);
    }
    at = value.find(';', end);
  }
  return {};
}

using Header = std::vector<std::pair<std::string, std::string>>;

std::string_view header_value(const Header& header, std::string_view name) {
  for (const auto& [key, value] : header)
    if (key == name) return value;
  return {};
}

// Reads "Name: value" lines up to an empty one. @return  where the body begins.
std::size_t read_header(std::string_view bytes, Header& header) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view first = bytes.substr(at, end - at);
    if (trimmed(first).empty()) return std::min(end + 1, bytes.size());
    while (end + 1 < bytes.size() && (bytes[end + 1] == ' ' || bytes[end + 1] == '\t'))
      end = std::min(bytes.find('\n', end + 1), bytes.size());
    const std::string_view field = bytes.substr(at, end - at);
    at = std::min(end + 1, bytes.size());
    const std::size_t colon = field.find(':');
    if (colon == kNone || colon == 0) continue;
    std::string value;
    for (const char c : trimmed(field.substr(colon + 1)))
      if (c != '\r' && c != '\n') value.push_back(c == '\t' ? ' ' : c);
    if (header.size() < 2000)
      header.emplace_back(lower(trimmed(field.substr(0, colon))), std::move(value));
  }
  return at;
}

// Takes the parts of a body, depth first.
class PartReader {
 public:
  explicit PartReader(Mail& mail) : mail_(mail) {}

  // NOLINTNEXTLINE(misc-no-recursion): kMaxDepth bounds it
  void read(const Header& header, std::string_view body, int depth) {
    const std::string_view content = header_value(header, "content-type");
    std::string type = lower(trimmed(content.substr(0, content.find(';'))));
    if (type.empty()) type = "text/plain";
    const std::string boundary = parameter(content, "boundary");
    if (type.starts_with("multipart/") && !boundary.empty())
      return read_parts("--" + boundary, body, depth + 1);
    if (mail_.parts.size() >= kMaxParts) {
      mail_.too_many_parts = true;
      return;
    }
    MailPart part;
    part.type = std::move(type);
    part.charset = lower(parameter(content, "charset"));
    const std::string_view disposition = header_value(header, "content-disposition");
    part.name = parameter(disposition, "filename");
    if (part.name.empty()) part.name = parameter(content, "name");
    part.attached = lower(trimmed(disposition)).starts_with("attachment") || !part.name.empty() ||
                    !part.type.starts_with("text/");
    const std::string encoding = lower(trimmed(header_value(header, "content-transfer-encoding")));
    if (encoding == "base64") {
      part.bytes = from_base64(body, part.broken);
    } else if (encoding == "quoted-printable") {
      part.bytes = from_quoted_printable(body, false, part.broken);
    } else {
      part.bytes = body;
    }
    mail_.parts.push_back(std::move(part));
  }

 private:
  // NOLINTNEXTLINE(misc-no-recursion): kMaxDepth bounds it
  void read_parts(const std::string& mark, std::string_view body, int depth) {
    if (depth > kMaxDepth) {
      mail_.too_many_parts = true;
      return;
    }
    std::size_t begin = kNone;  // of the part that is open
    for (std::size_t at = 0; at < body.size();) {
      const std::size_t end = std::min(body.find('\n', at), body.size());
      const std::string_view line = body.substr(at, end - at);
      if (line.starts_with(mark)) {
        if (begin != kNone) read_part(body.substr(begin, at - begin), depth);
        const bool last = line.substr(mark.size()).starts_with("--");
        begin = last ? kNone : std::min(end + 1, body.size());
        if (last) return;
      }
      at = end + 1;
    }
    if (begin != kNone) read_part(body.substr(begin), depth);
  }

  // NOLINTNEXTLINE(misc-no-recursion): kMaxDepth bounds it
  void read_part(std::string_view bytes, int depth) {
    // The line end before the next mark belongs to the mark.
    if (bytes.ends_with('\n')) bytes.remove_suffix(1);
    if (bytes.ends_with('\r')) bytes.remove_suffix(1);
    Header header;
    const std::size_t body = read_header(bytes, header);
    read(header, bytes.substr(body), depth);
  }

  Mail& mail_;
};

struct Entity {
  std::string_view name;
  std::string_view text;
};

constexpr std::array<Entity, 7> kEntities = {{{"amp", "&"},
                                              {"lt", "<"},
                                              {"gt", ">"},
                                              {"quot", "\""},
                                              {"apos", "'"},
                                              {"nbsp", " "},
                                              {"euro", "\xe2\x82\xac"}}};

// Appends what "&name;" stands for, or itself. @return  characters taken.
std::size_t append_entity(std::string& out, std::string_view text) {
  const std::size_t end = text.substr(0, 12).find(';');
  const std::string_view name = end == kNone ? std::string_view() : text.substr(1, end - 1);
  if (name.starts_with('#')) {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(hex ? 2 : 1);
    std::uint32_t value = 0;
    const auto read =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
    if (read.ec == std::errc() && read.ptr == digits.data() + digits.size() && value > 0) {
      append_utf8(out, static_cast<char32_t>(value));
      return end + 1;
    }
  }
  for (const Entity& entity : kEntities)
    if (entity.name == name) {
      out += entity.text;
      return end + 1;
    }
  out.push_back('&');
  return 1;
}

}  // namespace

std::string from_base64(std::string_view text, bool& broken) {
  std::string out;
  unsigned bits = 0;
  int n = 0;
  for (const char c : text) {
    if (is_blank(c)) continue;
    if (c == '=') break;
    const int value = base64_value(c);
    if (value < 0) {
      broken = true;
      continue;
    }
    bits = bits << 6 | static_cast<unsigned>(value);
    n += 6;
    if (n < 8) continue;
    n -= 8;
    out.push_back(static_cast<char>(bits >> n & 0xFF));
  }
  return out;
}

std::string_view Mail::value(std::string_view name) const { return header_value(header, name); }

std::string Mail::text() const {
  for (const std::string_view wanted : {"text/plain", "text/html"}) {
    std::string out;
    for (const MailPart& part : parts) {
      if (part.attached || part.type != wanted) continue;
      bool known = false;
      const std::string text = text_in_charset(part.bytes, part.charset, known);
      if (!out.empty()) out += '\n';
      out += wanted == "text/html" ? text_of_html(text) : text;
    }
    if (!trimmed(out).empty()) return std::string(trimmed(out));
  }
  return {};
}

Mail read_mail_bytes(std::string_view bytes) {
  Mail mail;
  const std::size_t body = read_header(bytes, mail.header);
  PartReader(mail).read(mail.header, bytes.substr(body), 0);
  for (auto& [name, value] : mail.header) value = decoded_words(value);
  return mail;
}

std::vector<std::pair<std::string, std::string>> mail_addresses(std::string_view header) {
  std::vector<std::pair<std::string, std::string>> out;
  for (std::size_t begin = 0; begin < header.size() && out.size() < 1000;) {
    // A comma inside quotation marks or brackets parts nothing.
    std::size_t end = begin;
    bool quoted = false;
    for (; end < header.size() && (quoted || (header[end] != ',' && header[end] != ';')); ++end)
      if (header[end] == '"') quoted = !quoted;
    std::string_view one = trimmed(header.substr(begin, end - begin));
    begin = end + 1;
    const std::size_t open = one.rfind('<');
    const std::size_t close = open == kNone ? kNone : one.find('>', open);
    std::string_view name;
    if (close != kNone) {
      name = trimmed(one.substr(0, open));
      one = trimmed(one.substr(open + 1, close - open - 1));
    }
    if (name.size() > 1 && name.starts_with('"') && name.ends_with('"'))
      name = name.substr(1, name.size() - 2);
    if (one.find('@') == kNone) continue;
    out.emplace_back(one, name);
  }
  return out;
}

std::optional<std::string> mail_date(std::string_view header) {
  static constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (const std::size_t comma = header.find(','); comma != kNone) header.remove_prefix(comma + 1);
  std::array<std::string_view, 5> words;
  std::size_t n = 0;
  for (std::size_t at = 0; at < header.size() && n < words.size();) {
    while (at < header.size() && is_blank(header[at])) ++at;
    const std::size_t begin = at;
    while (at < header.size() && !is_blank(header[at])) ++at;
    if (at > begin) words[n++] = header.substr(begin, at - begin);
  }
  if (n < 4 || words[1].size() != 3) return std::nullopt;
  const std::size_t month = kMonths.find(lower(words[1]));
  unsigned day = 0;
  unsigned year = 0;
  const auto number = [](std::string_view text, unsigned& out) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc() && read.ptr == text.data() + text.size();
  };
  if (month == kNone || month % 3 != 0 || !number(words[0], day) || !number(words[2], year))
    return std::nullopt;
  if (year < 100) year += year < 70 ? 2000 : 1900;
  std::string zone;
  if (n > 4 && words[4].size() == 5 && (words[4][0] == '+' || words[4][0] == '-'))
    zone = fmt::format("{}:{}", words[4].substr(0, 3), words[4].substr(3));
  if (n > 4 && (words[4] == "GMT" || words[4] == "UT" || words[4] == "Z")) zone = "Z";
  const std::string clock(words[3].size() == 7 || words[3].size() == 4 ? "0" : "");
  std::string out =
      fmt::format("{:04}-{:02}-{:02}T{}{}{}", year, month / 3 + 1, day, clock, words[3], zone);
  if (!parse_time(out, Zone::utc(), DateOrder::day_first)) return std::nullopt;
  return out;
}

std::string text_in_charset(std::string_view bytes, std::string_view charset, bool& known) {
  const bool utf8 = charset.empty() || charset == "utf-8" || charset == "utf8" ||
                    charset == "us-ascii" || charset == "ascii";
  const bool latin = charset == "iso-8859-1" || charset == "windows-1252" || charset == "latin1" ||
                     charset == "iso-8859-15" || charset == "cp1252";
  known = utf8 || latin;
  std::string out;
  // Much mail states another set than it has: sound UTF-8 outside ASCII is never anything else.
  if (is_valid_utf8(bytes) && !latin) {
    out = bytes;
  } else {
    text::append_windows_1252(out, bytes);
  }
  std::replace(out.begin(), out.end(), '\0', ' ');
  return out;
}

std::string text_of_html(std::string_view html) {
  std::string out;
  for (std::size_t at = 0; at < html.size();) {
    const char c = html[at];
    if (c == '&') {
      at += append_entity(out, html.substr(at));
    } else if (c != '<') {
      out.push_back(c == '\r' || c == '\n' || c == '\t' ? ' ' : c);
      ++at;
    } else if (html.substr(at).starts_with("<!--")) {
      const std::size_t end = html.find("-->", at);
      at = end == kNone ? html.size() : end + 3;
    } else {
      const std::size_t end = html.find('>', at);
      if (end == kNone) break;
      const std::string tag = lower(html.substr(at + 1, std::min<std::size_t>(end - at - 1, 12)));
      const std::size_t name_end = std::min(tag.find_first_of(" \t\r\n/", 1), tag.size());
      const std::string name = tag.substr(0, name_end);
      at = end + 1;
      if (name == "script" || name == "style") {
        // Up to its end, whatever stands inside; it may be written in capitals.
        std::size_t close = at;
        const auto ends_here = [&] { return lower(html.substr(close + 2, name.size())) == name; };
        close = html.find("</", at);
        while (close != kNone && !ends_here()) close = html.find("</", close + 2);
        at = close == kNone ? html.size() : close;
      } else if (name == "br" || name == "p" || name == "/p" || name == "div" || name == "/div" ||
                 name == "tr" || name == "li") {
        out.push_back('\n');
      }
    }
  }
  return out;
}

}  // namespace ovillo::intake
