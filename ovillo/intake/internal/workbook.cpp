#include "ovillo/intake/internal/workbook.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "ovillo/base/utf8.hpp"
#include "ovillo/intake/internal/archive.hpp"
#include "ovillo/intake/internal/cell_number.hpp"
#include "ovillo/intake/internal/csv_dialect.hpp"
#include "ovillo/intake/internal/shared_strings.hpp"
#include "ovillo/text/xml_reader.hpp"

namespace ovillo::intake {

using text::attribute;
using text::XmlAttributes;
using text::XmlReader;

namespace {

constexpr std::size_t kMaxSheets = 1000;
constexpr std::size_t kMaxColumn = 16'384;  // XFD

struct Sheet {
  std::string name;
  std::string relation;
  std::string path;
};

struct WorkbookParts {
  std::vector<Sheet> sheets;
  bool days_1904 = false;
  std::vector<NumberFormat> styles;  // by index of cellXfs
  SharedStrings strings;
};

template <class Number>
std::optional<Number> parse_unsigned(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

// "_x000D_" stands for a character XML cannot hold (ECMA-376, ST_Xstring).
void undo_escapes(std::string& text) {
  std::size_t at = text.find("_x");
  if (at == std::string::npos) return;
  std::string out = text.substr(0, at);
  while (at < text.size()) {
    const std::string_view rest = std::string_view(text).substr(at);
    unsigned code = 0;
    const bool escape =
        rest.size() >= 7 && rest.starts_with("_x") && rest[6] == '_' &&
        std::from_chars(rest.data() + 2, rest.data() + 6, code, 16).ptr == rest.data() + 6;
    if (escape && code != 0) {
      append_utf8(out, code);
      at += 7;
    } else {
      out.push_back(text[at++]);
    }
  }
  text = std::move(out);
}

class WorkbookReader {
 public:
  WorkbookReader(Input& input, std::string prefix, BatchBuilder& builder)
      : input_(input), prefix_(std::move(prefix)), builder_(builder) {}

  Result<void> read() {
    OVILLO_CHECK(read_sheet_names());
    OVILLO_CHECK(read_relations());
    OVILLO_CHECK(read_styles());
    OVILLO_CHECK(read_strings());
    for (const Sheet& sheet : parts_.sheets)
      if (!sheet.path.empty()) OVILLO_CHECK(read_sheet(sheet));
    return builder_.flush();
  }

 private:
  // Reads one part of the zip; a part that may be absent is then empty.
  Result<void> read_part(const std::string& path, bool must_exist, XmlReader& xml) {
    OVILLO_TRY(const auto part, open_zip_member(input_, path, builder_.options()));
    if (!part) {
      if (must_exist) return bad(path, "it is missing", {});
      return {};
    }
    auto read = xml.read(*part);
    if (!read && read.error().code() == ErrorCode::intake_bad_workbook)
      return bad(path, read.error().detail(), read.error().locus().byte);
    return read;
  }

  Error bad(const std::string& path, std::string detail, std::optional<std::uint64_t> byte) const {
    Locus locus;
    locus.file = builder_.file_name();
    locus.member = prefix_ + path;
    locus.byte = byte;
    return Error(ErrorCode::intake_bad_workbook, std::move(detail), std::move(locus));
  }

  [[nodiscard]] std::uint64_t max_token() const { return builder_.options().max_row_bytes; }

  Result<void> read_sheet_names() {
    XmlReader::Events events;
    events.start = [this](std::string_view name, XmlAttributes attributes) {
      if (name == "sheet" && parts_.sheets.size() < kMaxSheets)
        parts_.sheets.push_back({std::string(attribute(attributes, "name")),
                                 std::string(attribute(attributes, "id")),
                                 {}});
      if (name == "workbookPr") {
        const std::string_view flag = attribute(attributes, "date1904");
        parts_.days_1904 = flag == "1" || flag == "true";
      }
    };
    events.end = [](std::string_view) {};
    XmlReader xml(std::move(events), max_token(), ErrorCode::intake_bad_workbook);
    return read_part("xl/workbook.xml", true, xml);
  }

  Result<void> read_relations() {
    XmlReader::Events events;
    events.start = [this](std::string_view name, XmlAttributes attributes) {
      if (name != "Relationship" || !attribute(attributes, "Type").ends_with("/worksheet")) return;
      const std::string_view id = attribute(attributes, "Id");
      const std::string_view target = attribute(attributes, "Target");
      for (Sheet& sheet : parts_.sheets)
        if (sheet.relation == id)
          sheet.path = target.starts_with('/') ? std::string(target.substr(1))
                                               : fmt::format("xl/{}", target);
    };
    events.end = [](std::string_view) {};
    XmlReader xml(std::move(events), max_token(), ErrorCode::intake_bad_workbook);
    return read_part("xl/_rels/workbook.xml.rels", true, xml);
  }

  Result<void> read_styles() {
    std::map<std::uint32_t, std::string> codes;
    bool in_cell_formats = false;
    XmlReader::Events events;
    events.start = [&](std::string_view name, XmlAttributes attributes) {
      const auto id = parse_unsigned<std::uint32_t>(attribute(attributes, "numFmtId"));
      if (name == "numFmt" && id) codes[*id] = attribute(attributes, "formatCode");
      if (name == "cellXfs") in_cell_formats = true;
      if (name == "xf" && in_cell_formats) {
        const auto code = codes.find(id.value_or(0));
        parts_.styles.push_back(
            number_format(id.value_or(0), code == codes.end() ? std::string_view() : code->second));
      }
    };
    events.end = [&](std::string_view name) {
      if (name == "cellXfs") in_cell_formats = false;
    };
    XmlReader xml(std::move(events), max_token(), ErrorCode::intake_bad_workbook);
    return read_part("xl/styles.xml", false, xml);
  }

  Result<void> read_strings() {
    std::string text;
    bool in_text = false;
    bool in_phonetic = false;
    bool too_long = false;
    XmlReader* reader = nullptr;
    XmlReader::Events events;
    events.start = [&](std::string_view name, XmlAttributes) {
      if (name == "si") {
        text.clear();
        too_long = false;
      }
      if (name == "rPh") in_phonetic = true;
      if (name == "t") in_text = !in_phonetic;
    };
    events.end = [&](std::string_view name) {
      if (name == "t") in_text = false;
      if (name == "rPh") in_phonetic = false;
      if (name != "si") return;
      undo_escapes(text);
      if (too_long) {
        parts_.strings.push_too_long();
      } else if (!parts_.strings.push_back(text)) {
        reader->stop(Error(ErrorCode::intake_archive_bomb, "more than 1 GiB of shared strings"));
      }
    };
    events.text = [&](std::string_view piece) {
      if (!in_text || too_long) return;
      text.append(piece);
      too_long = text.size() > builder_.options().max_row_bytes;
    };
    XmlReader xml(std::move(events), max_token(), ErrorCode::intake_bad_workbook);
    reader = &xml;
    return read_part("xl/sharedStrings.xml", false, xml);
  }

  // One sheet: the rows of its XML, as they end.
  class SheetRows {
   public:
    SheetRows(const WorkbookParts& parts, BatchBuilder& builder)
        : parts_(parts),
          builder_(builder),
          xml_(events(), builder.options().max_row_bytes, ErrorCode::intake_bad_workbook) {}

    XmlReader& xml() { return xml_; }

   private:
    struct Cell {
      std::size_t column = 0;
      std::string text;
      bool shared = false;
    };

    XmlReader::Events events() {
      XmlReader::Events events;
      events.start = [this](std::string_view name, XmlAttributes attributes) {
        start(name, attributes);
      };
      events.end = [this](std::string_view name) { end(name); };
      events.text = [this](std::string_view piece) {
        if (!in_text_ || too_long_) return;
        text_.append(piece);
        too_long_ = text_.size() > builder_.options().max_row_bytes;
      };
      events.fed = [this](std::string_view bytes) { hold(bytes); };
      return events;
    }

    // Keeps the markup from the start of the open row, or of the open tag.
    void hold(std::string_view bytes) {
      if (in_row_ && held_.size() > builder_.options().max_row_bytes) too_long_ = true;
      const bool keeps_row = in_row_ && !too_long_;
      const std::uint64_t from = keeps_row ? row_begin_ : xml_.event_begin();
      const std::size_t gone =
          from > held_from_ ? std::min<std::size_t>(from - held_from_, held_.size()) : 0;
      held_.erase(0, gone);
      held_from_ += gone;
      held_.append(bytes);
    }

    void start(std::string_view name, XmlAttributes attributes) {
      if (name == "row") {
        in_row_ = true;
        too_long_ = false;
        bad_cell_ = false;
        row_begin_ = xml_.event_begin();
        cells_.clear();
        next_column_ = 0;
      } else if (name == "c") {
        open_cell(attributes);
      } else if (name == "v" || (name == "t" && !in_phonetic_)) {
        in_text_ = in_cell_;
      } else if (name == "rPh") {
        in_phonetic_ = true;
      }
    }

    void open_cell(XmlAttributes attributes) {
      in_cell_ = in_row_;
      text_.clear();
      type_ = attribute(attributes, "t");
      style_ = parse_unsigned<std::size_t>(attribute(attributes, "s")).value_or(0);
      const std::string_view place = attribute(attributes, "r");
      std::size_t column = 0;
      for (const char c : place) {
        if (c < 'A' || c > 'Z' || column > kMaxColumn) break;
        column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
      }
      column_ = column == 0 ? next_column_ : column - 1;
      next_column_ = column_ + 1;
    }

    void end(std::string_view name) {
      if (name == "v" || name == "t") in_text_ = false;
      if (name == "rPh") in_phonetic_ = false;
      if (name == "c" && in_cell_) close_cell();
      if (name == "row" && in_row_) {
        in_row_ = false;
        if (auto ended = end_row(); !ended) xml_.stop(ended.error());
      }
    }

    void close_cell() {
      in_cell_ = false;
      if (text_.empty() || too_long_) return;
      if (column_ >= kMaxColumn) {
        bad_cell_ = true;
        return;
      }
      Cell cell{column_, {}, type_ == "s"};
      if (cell.shared) {
        const auto index = parse_unsigned<std::size_t>(text_);
        const auto text = index ? parts_.strings.get(*index) : std::nullopt;
        if (!text) {
          bad_cell_ = true;
          return;
        }
        cell.text = *text;
      } else {
        cell.text = value();
      }
      if (!cell.text.empty()) cells_.push_back(std::move(cell));
    }

    std::string value() {
      if (type_ == "b") return text_ == "0" ? "false" : "true";
      if (type_ == "inlineStr" || type_ == "str") {
        undo_escapes(text_);
        return text_;
      }
      if (!type_.empty() && type_ != "n") return text_;
      const NumberFormat format =
          style_ < parts_.styles.size() ? parts_.styles[style_] : NumberFormat::number;
      if (format != NumberFormat::number)
        if (auto date = format_serial(text_, format, parts_.days_1904)) return *date;
      return plain_number(text_);
    }

    Result<void> end_row() {
      const std::uint64_t row_end = std::max(row_begin_, xml_.event_end());
      const RowPlace place{row_begin_, row_end - row_begin_};
      if (too_long_ || place.length > builder_.options().max_row_bytes)
        return builder_.reject_row(
            ErrorCode::intake_row_too_long, place.byte,
            fmt::format("more than {} bytes", builder_.options().max_row_bytes));
      if (bad_cell_) return builder_.reject_row(ErrorCode::intake_bad_cell, place.byte);
      if (cells_.empty()) return {};
      if (names_.empty()) {
        take_header();
        return {};
      }
      OVILLO_CHECK(builder_.begin_row());
      for (const Cell& cell : cells_)
        builder_.add(builder_.column(name_of_column(cell.column)), cell.text);
      return builder_.finish_row(place, raw(place));
    }

    void take_header() {
      std::size_t width = 0;
      for (const Cell& cell : cells_) width = std::max(width, cell.column + 1);
      std::vector<std::string> header(width);
      for (const Cell& cell : cells_) header[cell.column] = cell.text;
      names_ = column_names(header);
    }

    std::string name_of_column(std::size_t column) const {
      return column < names_.size() ? names_[column] : fmt::format("column {}", column + 1);
    }

    std::string_view raw(RowPlace place) {
      raw_.clear();
      if (place.byte >= held_from_)
        raw_.append(held_, static_cast<std::size_t>(place.byte - held_from_),
                    static_cast<std::size_t>(place.length));
      for (const Cell& cell : cells_)
        if (cell.shared) raw_.append("\n").append(cell.text);
      return raw_;
    }

    const WorkbookParts& parts_;
    BatchBuilder& builder_;
    XmlReader xml_;
    std::vector<std::string> names_;
    std::vector<Cell> cells_;
    std::string text_;
    std::string type_;
    std::size_t style_ = 0;
    std::size_t column_ = 0;
    std::size_t next_column_ = 0;
    bool in_row_ = false;
    bool in_cell_ = false;
    bool in_text_ = false;
    bool in_phonetic_ = false;
    bool too_long_ = false;
    bool bad_cell_ = false;
    std::uint64_t row_begin_ = 0;
    std::string held_;
    std::uint64_t held_from_ = 0;
    std::string raw_;
  };

  Result<void> read_sheet(const Sheet& sheet) {
    OVILLO_CHECK(builder_.begin_member(prefix_ + sheet.name));
    builder_.say_form("XLSX sheet");
    SheetRows rows(parts_, builder_);
    return read_part(sheet.path, true, rows.xml());
  }

  Input& input_;
  std::string prefix_;
  BatchBuilder& builder_;
  WorkbookParts parts_;
};

}  // namespace

Result<ZipContent> content_of_zip(Input& input, const ReadOptions& options) {
  OVILLO_TRY(const auto archive, Archive::open(input, Container::zip, options));
  bool content_types = false;
  bool word = false;
  while (true) {
    OVILLO_TRY(const bool more, archive->next_member());
    if (!more) break;
    if (archive->member() == "xl/workbook.xml") return ZipContent::workbook;
    if (archive->member() == "mimetype") {
      OVILLO_TRY(const std::string_view type, archive->next());
      return type.starts_with("application/vnd.oasis.opendocument.text")
                 ? ZipContent::odt
                 : ZipContent::other_document;
    }
    content_types = content_types || archive->member() == "[Content_Types].xml";
    word = word || archive->member().starts_with("word/document");
  }
  if (!content_types) return ZipContent::archive;
  return word ? ZipContent::docx : ZipContent::other_document;
}

Result<void> read_workbook(Input& input, const std::string& prefix, BatchBuilder& builder) {
  return WorkbookReader(input, prefix, builder).read();
}

}  // namespace ovillo::intake
