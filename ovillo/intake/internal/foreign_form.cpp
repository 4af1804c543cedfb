#include "ovillo/intake/internal/foreign_form.hpp"

#include <algorithm>

#include "ovillo/base/picture_form.hpp"
#include "ovillo/intake/internal/encoding.hpp"

namespace ovillo::intake {

namespace {

using namespace std::string_view_literals;

// Sound and film, by the mark that their containers bear.
bool is_media(std::string_view head) {
  return head.starts_with("OggS"sv) || head.starts_with("ID3"sv) || head.starts_with("fLaC"sv) ||
         head.starts_with("#!AMR"sv) || head.starts_with("\x1a\x45\xdf\xa3"sv) ||
         (head.size() > 8 && head.substr(4, 4) == "ftyp"sv) ||
         (head.starts_with("RIFF"sv) && head.size() > 12 &&
          (head.substr(8, 4) == "WAVE"sv || head.substr(8, 4) == "AVI "sv));
}

}  // namespace

std::optional<std::string> foreign_form(std::string_view head) {
  if (picture_form(head) != PictureForm::none)
    return "a picture; hand it over in an archive beside the table that names it";
  if (head.starts_with("\xd0\xcf\x11\xe0"sv))
    return "an old Office document; save it as .xlsx or CSV";
  if (head.starts_with("!BDN"sv)) return "a mailbox of Outlook; export it as .mbox or .eml";
  if (head.starts_with("SQLite format 3\0"sv)) return "a database of an application";
  if (is_media(head)) return "sound or film";
  const SniffedEncoding encoding = sniff_encoding(head);
  if (encoding.encoding == Encoding::utf32) return "text in UTF-32";
  const bool wide =
      encoding.encoding == Encoding::utf16_le || encoding.encoding == Encoding::utf16_be;
  if (wide) return std::nullopt;
  // Text has no control bytes but line ends and tabs; a few broken rows are for the rejects.
  const std::string_view sample = head.substr(0, 4096);
  const auto control = std::count_if(sample.begin(), sample.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  if (static_cast<std::size_t>(control) * 10 > sample.size()) return "binary data";
  std::string_view text = head.substr(encoding.bom_bytes);
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\r'))
    text.remove_prefix(1);
  if (text.starts_with("<?xml"sv) || text.starts_with("<!DOCTYPE"sv) || text.starts_with("<html"sv))
    return "XML or HTML";
  return std::nullopt;
}

bool leads_out(std::string_view member) {
  if (member.starts_with('/') || member.starts_with('\\')) return true;
  if (member.size() > 1 && member[1] == ':') return true;
  for (std::size_t begin = 0; begin <= member.size();) {
    const std::size_t end = std::min(member.find_first_of("/\\", begin), member.size());
    if (member.substr(begin, end - begin) == "..") return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace ovillo::intake
