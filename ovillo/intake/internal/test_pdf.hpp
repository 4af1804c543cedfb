// For tests: a PDF made in memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace ovillo::intake {

struct MadeText {
  int x = 72, y = 720;  // points from the lower left corner of an A4 page
  std::string text;     // of letters that a string of PDF may hold as they are
};
using MadePage = std::vector<MadeText>;

/// The file of these objects, numbered from 1; the first is the catalogue.
inline std::string pdf_of(const std::vector<std::string>& objects, std::string_view trailer) {
  std::string out = "%PDF-1.4\n";
  std::string table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t table_at = out.size();
  out += fmt::format("xref\n0 {}\n0000000000 65535 f \n{}trailer << /Size {} /Root 1 0 R {} >>\n",
                     objects.size() + 1, table, objects.size() + 1, trailer);
  return out + fmt::format("startxref\n{}\n%%EOF\n", table_at);
}

/// Each page with its texts in Helvetica of 12 points.
/// @param trailer  more entries of the trailer: "/Encrypt << ... >>".
inline std::string made_pdf(const std::vector<MadePage>& pages, std::string_view trailer = {}) {
  std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>"};
  std::string kids;
  for (std::size_t i = 0; i < pages.size(); ++i) kids += fmt::format("{} 0 R ", 4 + 2 * i);
  objects.push_back(fmt::format("<< /Type /Pages /Kids [ {}] /Count {} >>", kids, pages.size()));
  objects.push_back("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (const MadePage& page : pages) {
    std::string content = "BT /F1 12 Tf";
    for (const MadeText& line : page)
      content += fmt::format(" 1 0 0 1 {} {} Tm ({}) Tj", line.x, line.y, line.text);
    content += " ET";
    objects.push_back(
        fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R "
                    "/Resources << /Font << /F1 3 0 R >> >> >>",
                    objects.size() + 2));
    objects.push_back(
        fmt::format("<< /Length {} >>\nstream\n{}\nendstream", content.size(), content));
  }
  return pdf_of(objects, trailer);
}

/// One A4 page that shows a JPEG of so many pixels, and no text.
inline std::string made_picture_pdf(const std::string& jpeg, int width, int height) {
  const std::string content = "q 595 0 0 842 0 0 cm /Im1 Do Q";
  return pdf_of(
      {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
       "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
       "/Resources << /XObject << /Im1 5 0 R >> >> >>",
       fmt::format("<< /Length {} >>\nstream\n{}\nendstream", content.size(), content),
       fmt::format("<< /Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceRGB "
                   "/BitsPerComponent 8 /Filter /DCTDecode /Length {} >>\nstream\n{}\nendstream",
                   width, height, jpeg.size(), jpeg)},
      {});
}

}  // namespace ovillo::intake
