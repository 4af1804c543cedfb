#include "ovillo/intake/internal/text_document.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "ovillo/base/picture_form.hpp"
#include "ovillo/intake/internal/archive.hpp"
#include "ovillo/intake/internal/picture_member.hpp"
#include "ovillo/intake/internal/row_bytes.hpp"
#include "ovillo/intake/internal/streams.hpp"
#include "ovillo/text/xml_reader.hpp"

namespace ovillo::intake {

namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t kMaxTag = 1u << 20;
constexpr std::uint64_t kMaxSpaces = 1000;

// What an element does to the text. Both forms have names of their own for it.
enum class Part : std::uint8_t {
  other,
  paragraph,
  table_row,
  table_cell,
  characters,  // DOCX: only what stands in these is text
  deleted,     // what a tracked change took away
  deleted_characters,
  tab,
  line_break,
  hyphen,
  spaces,
  skipped,  // with all inside: it is no text of the paragraph
};

Part part_of(TextDocument form, std::string_view name) {
  struct Named {
    std::string_view name;
    Part part;
  };
  // ECMA-376 part 1, section 17. A text box stands twice, the second time as a fallback.
  static constexpr Named kDocx[] = {
      {"p", Part::paragraph},
      {"tr", Part::table_row},
      {"tc", Part::table_cell},
      {"t", Part::characters},
      {"del", Part::deleted},
      {"moveFrom", Part::deleted},
      {"tab", Part::tab},
      {"delText", Part::deleted_characters},
      {"br", Part::line_break},
      {"cr", Part::line_break},
      {"noBreakHyphen", Part::hyphen},
      {"pPr", Part::skipped},
      {"rPr", Part::skipped},
      {"trPr", Part::skipped},
      {"Fallback", Part::skipped},
  };
  // OpenDocument 1.3 part 3, sections 5, 6 and 9.
  static constexpr Named kOdt[] = {
      {"p", Part::paragraph},           {"h", Part::paragraph},      {"table-row", Part::table_row},
      {"table-cell", Part::table_cell}, {"deletion", Part::deleted}, {"tab", Part::tab},
      {"line-break", Part::line_break}, {"s", Part::spaces},         {"change-info", Part::skipped},
      {"note-citation", Part::skipped},
  };
  const auto find = [&](const auto& names) {
    const auto at = std::find_if(std::begin(names), std::end(names),
                                 [&](const Named& named) { return named.name == name; });
    return at == std::end(names) ? Part::other : at->part;
  };
  return form == TextDocument::docx ? find(kDocx) : find(kOdt);
}

// The rows of one XML part, as they end.
class TextRows {
 public:
  TextRows(TextDocument form, BatchBuilder& builder)
      : form_(form), builder_(builder), xml_(events(), kMaxTag, ErrorCode::intake_bad_markup) {}

  Result<void> read(ByteStream& stream) {
    const auto done = xml_.read(stream);
    if (done || done.error().code() != ErrorCode::intake_bad_markup) return done;
    return builder_.reject_row(
        ErrorCode::intake_bad_markup, xml_.event_begin(),
        fmt::format("line {}: {}", xml_.event_line(), done.error().detail()));
  }

 private:
  text::XmlReader::Events events() {
    text::XmlReader::Events out;
    out.start = [this](std::string_view name, text::XmlAttributes a) { start(name, a); };
    out.end = [this](std::string_view name) { end(name); };
    out.text = [this](std::string_view piece) { characters(piece); };
    out.fed = [this](std::string_view bytes) {
      bytes_.take(bytes, depth_ > 0 ? row_begin_ : last_event_, 2 * limit() + kMaxTag);
    };
    return out;
  }

  [[nodiscard]] std::uint64_t limit() const { return builder_.options().max_row_bytes; }
  [[nodiscard]] bool in_row() const { return depth_ > 0 && skipped_ == 0; }

  void start(std::string_view name, text::XmlAttributes attributes) {
    last_event_ = xml_.event_begin();
    const Part part = part_of(form_, name);
    if (skipped_ > 0 || part == Part::skipped) {
      ++skipped_;
      return;
    }
    // An annotation says who wrote it and when before its text.
    if (in_annotation_ && (name == "creator" || name == "date" || name == "date-string")) {
      ++skipped_;
      return;
    }
    in_annotation_ = in_annotation_ || name == "annotation";
    switch (part) {
      case Part::paragraph:
      case Part::table_row:
        if (depth_++ == 0) open_row();
        new_line_ = true;
        n_paragraphs_ += part == Part::paragraph ? 1 : 0;
        break;
      case Part::characters:
      case Part::deleted_characters:
        in_characters_ = true;
        break;
      case Part::deleted:
        ++deleted_;
        break;
      case Part::tab:
        put("\t");
        break;
      case Part::line_break:
        put("\n");
        break;
      case Part::hyphen:
        put("-");
        break;
      case Part::spaces:
        put(std::string(n_spaces(attributes), ' '));
        break;
      case Part::other:
      case Part::table_cell:
      case Part::skipped:
        break;
    }
  }

  static std::size_t n_spaces(text::XmlAttributes attributes) {
    const std::string_view said = text::attribute(attributes, "c");
    std::uint64_t n = 1;
    const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), n);
    return error == std::errc() ? std::min(n, kMaxSpaces) : 1;
  }

  void end(std::string_view name) {
    last_event_ = xml_.event_end();
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    if (name == "annotation") in_annotation_ = false;
    switch (part_of(form_, name)) {
      case Part::paragraph:
        --n_paragraphs_;
        new_line_ = true;
        close_row();
        break;
      case Part::table_row:
        new_line_ = true;
        close_row();
        break;
      case Part::table_cell:
        new_line_ = false;
        ++tabs_;
        break;
      case Part::characters:
      case Part::deleted_characters:
        in_characters_ = false;
        break;
      case Part::deleted:
        --deleted_;
        break;
      default:
        break;
    }
  }

  void characters(std::string_view piece) {
    if (form_ == TextDocument::docx) {
      if (in_characters_) put(piece);
      return;
    }
    if (n_paragraphs_ == 0) return;
    // White space of the markup is one space; more are said with <text:s>.
    std::string said;
    for (const char c : piece) {
      const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!space || !after_space_) said += space ? ' ' : c;
      after_space_ = space;
    }
    const bool ends_in_space = after_space_;
    put(said);
    after_space_ = ends_in_space;
  }

  void put(std::string_view piece) {
    if (!in_row() || piece.empty()) return;
    after_space_ = false;
    std::string& to = deleted_ > 0 ? deleted_text_ : text_;
    if (deleted_ == 0) {
      if (new_line_ && tabs_ == 0 && !text_.empty()) text_ += '\n';
      // An empty cell keeps its place.
      text_.append(tabs_, '\t');
      new_line_ = false;
      tabs_ = 0;
    }
    too_long_ = too_long_ || to.size() + piece.size() > limit();
    if (!too_long_) to += piece;
  }

  void open_row() {
    row_begin_ = xml_.event_begin();
    text_.clear();
    deleted_text_.clear();
    tabs_ = 0;
    too_long_ = false;
    after_space_ = true;
  }

  void close_row() {
    if (depth_ == 0 || --depth_ > 0) return;
    if (const auto done = write(); !done) xml_.stop(done.error());
  }

  // A paragraph without text is layout, no row.
  Result<void> write() {
    const RowPlace place{row_begin_, std::max(row_begin_, xml_.event_end()) - row_begin_};
    if (too_long_ || place.length > limit())
      return builder_.reject_row(ErrorCode::intake_row_too_long, place.byte,
                                 fmt::format("more than {} bytes", limit()));
    constexpr auto kSpace = " \t\n"sv;
    const bool has_text = text_.find_first_not_of(kSpace) != std::string::npos;
    if (!has_text && deleted_text_.find_first_not_of(kSpace) == std::string::npos) return {};
    OVILLO_CHECK(builder_.begin_row());
    if (has_text) builder_.add(builder_.column("text", Field::text), text_);
    builder_.add(builder_.column("deleted", Field::other), deleted_text_);
    return builder_.finish_row(RecordKind::document, place, bytes_.of(place.byte, place.length));
  }

  TextDocument form_;
  BatchBuilder& builder_;
  text::XmlReader xml_;
  std::string text_, deleted_text_;
  int depth_ = 0;  // of paragraphs and table rows that are open
  int n_paragraphs_ = 0;
  int skipped_ = 0;
  int deleted_ = 0;
  std::size_t tabs_ = 0;
  bool new_line_ = false;
  bool in_characters_ = false;
  bool in_annotation_ = false;
  bool after_space_ = true;
  bool too_long_ = false;
  std::uint64_t row_begin_ = 0;
  std::uint64_t last_event_ = 0;
  RowBytes bytes_;
};

bool holds_text(TextDocument form, std::string_view name) {
  if (form == TextDocument::odt) return name == "content.xml" || name == "styles.xml";
  if (!name.starts_with("word/") || !name.ends_with(".xml")) return false;
  const std::string_view rest = name.substr(5);
  if (rest.find('/') != rest.npos) return false;
  static constexpr std::string_view kParts[] = {"document",  "header",   "footer",
                                                "footnotes", "endnotes", "comments."};
  return std::any_of(std::begin(kParts), std::end(kParts),
                     [&](std::string_view part) { return rest.starts_with(part); });
}

// What only says how the document looks and how its parts hang together.
bool is_packing(TextDocument form, std::string_view name) {
  if (name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".rdf")) return true;
  // A thumbnail shows the first page again, mostly white: as a picture it would link strangers.
  if (form == TextDocument::docx) return name.starts_with("docProps/thumbnail.");
  return name == "mimetype" || name == "layout-cache" || name.starts_with("Thumbnails/");
}

}  // namespace

Result<void> read_text_document(Input& input, TextDocument form, const std::string& prefix,
                                BatchBuilder& builder) {
  OVILLO_TRY(const auto archive, Archive::open(input, Container::zip, builder.options()));
  while (true) {
    OVILLO_TRY(const bool more, archive->next_member());
    if (!more) return builder.flush();
    const std::string& name = archive->member();
    const std::string path = prefix + name;
    if (archive->kind() == MemberKind::encrypted) {
      OVILLO_CHECK(builder.begin_member(path));
      OVILLO_CHECK(builder.hold(ErrorCode::intake_encrypted_member, {}, {}, 0));
      continue;
    }
    if (archive->kind() != MemberKind::file) continue;
    if (holds_text(form, name)) {
      OVILLO_CHECK(builder.begin_member(path));
      builder.say_form(form == TextDocument::docx ? "DOCX" : "ODT");
      OVILLO_CHECK(TextRows(form, builder).read(*archive));
      continue;
    }
    if (is_packing(form, name)) continue;
    Hashed hashed(*archive);
    Replayed replayed(hashed);
    OVILLO_TRY(const std::string_view head, replayed.head(4096));
    if (builder.sink().picture && picture_form(head) != PictureForm::none) {
      OVILLO_CHECK(hand_over_picture(replayed, path, builder));
      continue;
    }
    OVILLO_CHECK(hashed.drain());
    OVILLO_CHECK(builder.begin_member(path));
    OVILLO_CHECK(builder.hold(ErrorCode::intake_no_reader, "part of a document", hashed.sha256(),
                              hashed.bytes()));
  }
}

}  // namespace ovillo::intake
