// For tests: archives and workbooks made in memory.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

namespace ovillo::intake {

using MadeMember = std::pair<std::string, std::string>;  // name, bytes

/// `zip`, else a tar; `filter` is "", "gzip", "bzip2", "xz" or "zstd".
inline std::string made_archive(const std::vector<MadeMember>& members, bool zip,
                                const char* filter = "") {
  std::string out;
  archive* handle = archive_write_new();
  if (zip) {
    archive_write_set_format_zip(handle);
  } else {
    archive_write_set_format_ustar(handle);
  }
  if (*filter != '\0') archive_write_add_filter_by_name(handle, filter);
  archive_write_set_bytes_in_last_block(handle, 1);
  archive_write_open2(
      handle, &out, nullptr,
      [](archive*, void* to, const void* bytes, size_t n) -> la_ssize_t {
        static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), n);
        return static_cast<la_ssize_t>(n);
      },
      nullptr, nullptr);
  for (const auto& [name, bytes] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    const bool link = bytes.starts_with("->");
    archive_entry_set_filetype(entry, name.ends_with('/') ? AE_IFDIR : link ? AE_IFLNK : AE_IFREG);
    if (link) archive_entry_set_symlink(entry, bytes.c_str() + 2);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, link ? 0 : static_cast<la_int64_t>(bytes.size()));
    archive_write_header(handle, entry);
    if (!link && !bytes.empty()) archive_write_data(handle, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(handle);
  archive_write_free(handle);
  return out;
}

/// One file compressed by "gzip", "bzip2", "xz" or "zstd".
inline std::string made_compressed(std::string_view bytes, const char* filter) {
  std::string out;
  archive* handle = archive_write_new();
  archive_write_set_format_raw(handle);
  archive_write_add_filter_by_name(handle, filter);
  archive_write_set_bytes_in_last_block(handle, 1);
  archive_write_open2(
      handle, &out, nullptr,
      [](archive*, void* to, const void* data, size_t n) -> la_ssize_t {
        static_cast<std::string*>(to)->append(static_cast<const char*>(data), n);
        return static_cast<la_ssize_t>(n);
      },
      nullptr, nullptr);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_pathname(entry, "data");
  archive_write_header(handle, entry);
  if (!bytes.empty()) archive_write_data(handle, bytes.data(), bytes.size());
  archive_entry_free(entry);
  archive_write_close(handle);
  archive_write_free(handle);
  return out;
}

struct MadeSheet {
  std::string name;
  std::string rows;  ///< markup inside <sheetData>
};

struct MadeWorkbook {
  std::vector<MadeSheet> sheets;
  std::vector<std::string> strings;  ///< content of each <si>
  bool days_1904 = false;
  bool strings_first = false;  ///< the shared strings come before the sheets in the zip
  std::string before_strings;  ///< put before <sst>: a document type, for instance
};

/// A workbook. Styles: 1 date (built-in 14), 2 "dd/mm/yyyy hh:mm", 3 "0.00", 4 "[h]:mm".
inline std::string made_workbook(const MadeWorkbook& book) {
  std::string names;
  std::string relations;
  std::vector<MadeMember> sheets;
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    names += fmt::format(R"(<sheet name="{}" sheetId="{}" r:id="rId{}"/>)", book.sheets[i].name,
                         i + 1, i + 1);
    relations += fmt::format(
        R"(<Relationship Id="rId{}" Type="http://x/relationships/worksheet" Target="worksheets/sheet{}.xml"/>)",
        i + 1, i + 1);
    sheets.emplace_back(
        fmt::format("xl/worksheets/sheet{}.xml", i + 1),
        fmt::format("<worksheet><sheetData>{}</sheetData></worksheet>", book.sheets[i].rows));
  }
  std::string strings = "<?xml version=\"1.0\"?>" + book.before_strings + "<sst>";
  for (const std::string& item : book.strings) strings += "<si>" + item + "</si>";
  strings += "</sst>";
  std::vector<MadeMember> members = {
      {"[Content_Types].xml", "<Types/>"},
      {"xl/workbook.xml",
       fmt::format(
           R"(<workbook xmlns:r="x"><workbookPr date1904="{}"/><sheets>{}</sheets></workbook>)",
           book.days_1904 ? 1 : 0, names)},
      {"xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>"},
      {"xl/styles.xml",
       R"(<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy\ hh:mm"/>)"
       R"(<numFmt numFmtId="171" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>)"
       R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="2"/><xf numFmtId="171"/></cellXfs></styleSheet>)"}};
  if (book.strings_first) members.emplace_back("xl/sharedStrings.xml", strings);
  members.insert(members.end(), sheets.begin(), sheets.end());
  if (!book.strings_first) members.emplace_back("xl/sharedStrings.xml", strings);
  return made_archive(members, true);
}

/// A DOCX or ODT around the markup of its main part; which one, the namespace in it says.
inline std::string made_text_document(std::string markup) {
  if (markup.find("urn:oasis") != std::string::npos)
    return made_archive({{"mimetype", "application/vnd.oasis.opendocument.text"},
                         {"content.xml", std::move(markup)},
                         {"META-INF/manifest.xml", "<manifest/>"}},
                        true);
  return made_archive(
      {{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", std::move(markup)}}, true);
}

}  // namespace ovillo::intake
