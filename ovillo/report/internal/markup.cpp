#include "ovillo/report/internal/markup.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/base/utf8.hpp"

namespace ovillo::report {

namespace {

bool is_invisible(char32_t c) {
  constexpr char32_t kJoiner = 0x200D;
  return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x180E ||
         (c >= 0x200B && c <= 0x200F && c != kJoiner) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE007F) || (c >= 0x115F && c <= 0x1160) || c == 0x3164 ||
         c == 0xFFA0;
}

void append_escaped(std::string& out, char32_t c) {
  constexpr char32_t kPictures = 0x2400;
  switch (c) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    case '\t':
    case '\n':
      out += static_cast<char>(c);
      return;
    default:
      break;
  }
  if (c < 0x20) return append_utf8(out, kPictures + c);
  if (c == 0x7F) return append_utf8(out, 0x2421);
  // C1 controls and noncharacters are no text in HTML.
  if ((c >= 0x80 && c < 0xA0) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF))
    return append_utf8(out, 0xFFFD);
  append_utf8(out, c);
}

bool on_boundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    append_escaped(out, c.value);
    at += c.length;
  }
  return out;
}

std::string raw_words(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (is_invisible(c.value))
      out += fmt::format("<span class=\"hidden-character\">U+{:04X}</span>",
                         static_cast<std::uint32_t>(c.value));
    else
      append_escaped(out, c.value);
    at += c.length;
  }
  return out;
}

std::string marked_words(std::string_view value, const std::vector<ReportMark>& marks) {
  std::vector<const ReportMark*> order;
  for (const ReportMark& mark : marks)
    // A language is found in the whole text: marking it would mark everything.
    if (mark.kind != FindKind::language && mark.span.begin < mark.span.end &&
        mark.span.end <= value.size() && on_boundary(value, mark.span.begin) &&
        on_boundary(value, mark.span.end))
      order.push_back(&mark);
  std::stable_sort(order.begin(), order.end(), [](const ReportMark* x, const ReportMark* y) {
    return x->span.begin != y->span.begin ? x->span.begin < y->span.begin
                                          : x->span.end > y->span.end;
  });
  std::string out;
  std::size_t done = 0;
  for (const ReportMark* mark : order) {
    if (mark->span.begin < done) continue;
    out += raw_words(value.substr(done, mark->span.begin - done));
    out += "<mark>";
    out += raw_words(value.substr(mark->span.begin, mark->span.end - mark->span.begin));
    out += "</mark>";
    done = mark->span.end;
  }
  out += raw_words(value.substr(done));
  return out;
}

std::string readable_utc(std::int64_t utc_s) {
  if (utc_s == 0) return {};
  std::string text = format_utc(utc_s);  // 2026-03-03T13:05:00Z
  constexpr std::size_t kMinutes = 16;
  if (text.size() < kMinutes) return text;
  text.resize(kMinutes);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text + " UTC";
}

std::string grouped(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string counted(std::uint64_t n, std::string_view one, std::string_view many) {
  return grouped(n) + ' ' + std::string(n == 1 ? one : many);
}

std::string record_links(const std::vector<std::size_t>& positions) {
  if (positions.empty()) return "none";
  const auto link = [](std::size_t position) {
    return fmt::format("<a href=\"#R{0}\">R{0}</a>", position + 1);
  };
  std::string out;
  for (std::size_t i = 0; i < positions.size();) {
    std::size_t last = i;
    while (last + 1 < positions.size() && positions[last + 1] == positions[last] + 1) ++last;
    if (!out.empty()) out += ", ";
    out += link(positions[i]);
    if (last == i + 1) out += ", " + link(positions[last]);
    if (last > i + 1) out += "–" + link(positions[last]);
    i = last + 1;
  }
  return out;
}

std::string bits(std::int32_t quarter_bits) {
  const std::uint32_t size = quarter_bits < 0 ? 0U - static_cast<std::uint32_t>(quarter_bits)
                                              : static_cast<std::uint32_t>(quarter_bits);
  static constexpr std::string_view kParts[] = {"", ".25", ".5", ".75"};
  return (quarter_bits < 0 ? "−" : "") + std::to_string(size / 4) + std::string(kParts[size % 4]);
}

std::string policy_hash(std::string_view text) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string hex = sha256_hex(text);
  const auto nibble = [](char c) {
    return static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
  };
  std::string out;
  for (std::size_t at = 0; at < hex.size(); at += 6) {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 6; ++i)
      word = word << 4 | (at + i < hex.size() ? nibble(hex[at + i]) : 0);
    for (int shift = 18; shift >= 0; shift -= 6) out += kDigits[word >> shift & 63];
  }
  out.back() = '=';  // 32 bytes are ten groups of three and two bytes
  return out;
}

}  // namespace ovillo::report
