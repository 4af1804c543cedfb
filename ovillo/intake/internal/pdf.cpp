#include "ovillo/intake/internal/pdf.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "ovillo/intake/internal/helper_process.hpp"
#include "ovillo/intake/internal/nameless_file.hpp"
#include "ovillo/intake/internal/ocr.hpp"
#include "ovillo/intake/internal/picture_text.hpp"
#include "ovillo/intake/internal/printed_part.hpp"
#include "ovillo/intake/internal/statement_table.hpp"
#include "ovillo/intake/internal/streams.hpp"
#include "ovillo/text/xml_reader.hpp"

namespace ovillo::intake {

namespace {

constexpr std::uint64_t kMaxTag = 1u << 20;

// For 10,000 pages at 20 ms; a page is some KB of markup.
constexpr HelperLimits kLimits = {1ull << 30, 300, 900, 2ull << 30};

double number(text::XmlAttributes attributes, std::string_view name) {
  const std::string_view said = text::attribute(attributes, name);
  double value = 0;
  std::from_chars(said.data(), said.data() + said.size(), value);
  return value;
}

class PageRows {
 public:
  PageRows(const PdfPart& part, const NamelessFile& file, StatementWords words,
           BatchBuilder& builder)
      : part_(part),
        file_(file),
        builder_(builder),
        words_(std::move(words)),
        table_(words_, builder.profile().date_order, builder.profile().decimal),
        xml_(events(), kMaxTag, ErrorCode::intake_helper_failed) {}

  /// @error of the stream, or intake.helper_failed where what it gives is no sound markup.
  Result<void> read(ByteStream& stream) { return xml_.read(stream); }

  [[nodiscard]] std::uint64_t n_pages() const { return n_pages_; }
  /// The sink wants no more: no fault of the file.
  [[nodiscard]] const std::optional<Error>& sink_error() const { return sink_error_; }

 private:
  text::XmlReader::Events events() {
    text::XmlReader::Events out;
    out.start = [this](std::string_view name, text::XmlAttributes a) { start(name, a); };
    out.end = [this](std::string_view name) { end(name); };
    out.text = [this](std::string_view piece) {
      if (in_word_) put(piece);
    };
    return out;
  }

  void start(std::string_view name, text::XmlAttributes attributes) {
    if (name == "page") {
      ++n_pages_;
      width_pt_ = number(attributes, "width");
      page_box_ = fmt::format("0 0 {:.1f} {:.1f}", width_pt_, number(attributes, "height"));
      text_.clear();
      boxes_.clear();
      page_words_.clear();
      too_long_ = false;
    } else if (name == "block") {
      // A line between blocks, in both: line i of the text has line i of the boxes.
      if (!text_.empty()) {
        put("\n");
        boxes_ += '\n';
      }
    } else if (name == "line") {
      if (!text_.empty()) {
        put("\n");
        boxes_ += '\n';
      }
      boxes_ += fmt::format("{:.1f} {:.1f} {:.1f} {:.1f}", number(attributes, "xMin"),
                            number(attributes, "yMin"), number(attributes, "xMax"),
                            number(attributes, "yMax"));
      first_word_ = true;
    } else if (name == "word") {
      if (!first_word_) put(" ");
      first_word_ = false;
      in_word_ = true;
      page_words_.push_back({number(attributes, "xMin"),
                             number(attributes, "yMin"),
                             number(attributes, "xMax"),
                             number(attributes, "yMax"),
                             {}});
    }
  }

  void end(std::string_view name) {
    if (name == "word") in_word_ = false;
    if (name != "page") return;
    if (const auto done = write(); !done) {
      sink_error_ = done.error();
      xml_.stop(done.error());
    }
  }

  void put(std::string_view piece) {
    too_long_ = too_long_ || text_.size() + piece.size() > builder_.options().max_row_bytes;
    if (too_long_) return;
    text_ += piece;
    if (in_word_) page_words_.back().text += piece;
  }

  void add(std::string_view column, Field field, std::string_view value) {
    builder_.add(builder_.column(column, field), value);
  }

  Result<void> write() {
    if (too_long_)
      return builder_.reject_row(
          ErrorCode::intake_row_too_long, 0,
          fmt::format("page {}: more than {} bytes", n_pages_, builder_.options().max_row_bytes));
    if (text_.find_first_not_of(" \n\t") == std::string::npos) return write_scan();
    if (const auto statement = table_.read(page_words_)) return write_statement(*statement);
    return write_page();
  }

  Result<void> write_page() {
    OVILLO_CHECK(builder_.begin_row());
    add("name", Field::other, part_.name);
    add("attached_to", Field::other, part_.attached_to);
    add("page", Field::page, fmt::format("{}", n_pages_));
    add("page_box", Field::other, page_box_);
    add("line_boxes", Field::line_boxes, boxes_);
    add("text", Field::text, text_);
    // The lines and where they stand: what was taken out of the page, word by word, is the original
    // as far as a record goes; the file itself is known by its hash.
    return builder_.finish_row(RecordKind::document, {0, file_.bytes()},
                               fmt::format("{}\n{}\n{}", page_box_, boxes_, text_));
  }

  // Its movements, then what is printed around them as a page.
  Result<void> write_statement(const StatementPage& page) {
    if (!said_statement_) builder_.say_form("PDF, statement with a running balance");
    said_statement_ = true;
    note_account(page);
    for (const StatementLine& line : page.lines) OVILLO_CHECK(write_movement(line));
    text_.clear();
    boxes_.clear();
    for (const PageWord& line : page.rest) {
      if (!text_.empty()) {
        text_ += '\n';
        boxes_ += '\n';
      }
      text_ += line.text;
      boxes_ += box_of(line);
    }
    return text_.empty() ? Result<void>() : write_page();
  }

  static std::string box_of(const PageWord& word) {
    return fmt::format("{:.1f} {:.1f} {:.1f} {:.1f}", word.left, word.top, word.right, word.bottom);
  }

  // The account and currency that the lines around the movements name; they go on to later pages.
  void note_account(const StatementPage& page) {
    for (const PageWord& line : page.rest) {
      if (account_.empty()) account_ = iban_in(line.text);
      if (currency_.empty()) currency_ = currency_in(line.text);
    }
  }

  Result<void> write_movement(const StatementLine& line) {
    if (line.state == BalanceState::differs)
      return builder_.reject_row(
          ErrorCode::bank_bad_balance, 0,
          fmt::format("page {}, line {}: {}", n_pages_, line.number, line.sum));
    const bool out = line.amount.unscaled < 0;
    Decimal amount = line.amount;
    if (out) amount.unscaled = -amount.unscaled;
    OVILLO_CHECK(builder_.begin_row());
    add("name", Field::other, part_.name);
    add("attached_to", Field::other, part_.attached_to);
    add("booked", Field::time, line.date);
    add("amount", Field::amount, format_decimal(amount));
    add("currency", Field::currency, currency_);
    add("direction", Field::other, out ? "debit" : "credit");
    add(out ? "from_account" : "to_account", out ? Field::from_account : Field::to_account,
        account_);
    if (line.balance) add("balance", Field::other, format_decimal(*line.balance));
    add("balance_check", Field::other, name_of(line.state));
    add("page", Field::page, fmt::format("{}", n_pages_));
    add("line", Field::other, fmt::format("{}", line.number));
    std::string boxes = box_of(line.place);
    for (const char c : line.description)
      if (c == '\n') boxes += '\n' + box_of(line.place);
    add("line_boxes", Field::line_boxes, boxes);
    add("text", Field::text, line.description);
    return builder_.finish_row(
        RecordKind::transfer, {0, file_.bytes()},
        fmt::format("{}\n{}\n{}\n{}", n_pages_, boxes, line.place.text, line.description));
  }

  // A page without text is a picture of one, or empty.
  Result<void> write_scan() {
    PictureText scan;
    scan.part = fmt::format("{}page {}", part_.name.empty() ? "" : part_.name + "/", n_pages_);
    scan.name = part_.name;
    scan.attached_to = part_.attached_to;
    scan.page = n_pages_;
    scan.width_pt = width_pt_;
    scan.length = file_.bytes();
    const auto hold = [&](ErrorCode code, std::string_view why) {
      return builder_.hold(code, fmt::format("scanned: {}", why), {}, 0, scan.part);
    };
    if (builder_.options().read_pictures == PictureReading::none)
      return hold(ErrorCode::intake_no_reader, "the page holds no text to take out");
    if (++n_scans_ > builder_.options().max_scanned_pages)
      return hold(
          ErrorCode::intake_helper_limit,
          fmt::format("more than {} pages of one file", builder_.options().max_scanned_pages));
    const auto pages = read_scanned_page(file_.fd(), n_pages_, builder_.options());
    if (!pages) return hold(pages.error().code(), pages.error().detail());
    return write_picture_text(*pages, scan, builder_);
  }

  const PdfPart& part_;
  const NamelessFile& file_;
  BatchBuilder& builder_;
  StatementWords words_;
  StatementTable table_;
  bool said_statement_ = false;
  std::string account_, currency_;
  std::vector<PageWord> page_words_;
  text::XmlReader xml_;
  std::uint64_t n_pages_ = 0;
  std::uint64_t n_scans_ = 0;
  double width_pt_ = 0;
  std::string page_box_;
  std::string text_, boxes_;
  bool in_word_ = false;
  bool first_word_ = true;
  bool too_long_ = false;
  std::optional<Error> sink_error_;
};

// What the program says of a file that it opened all the same; warnings are none of ours.
bool tells_of_damage(std::string_view complaint) {
  return complaint.find("Syntax Error") != complaint.npos ||
         complaint.find("Internal Error") != complaint.npos;
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

}  // namespace

bool is_pdf(std::string_view head) {
  const std::size_t at = head.find_first_not_of(" \t\r\n\f");
  return at != head.npos && head.substr(at).starts_with("%PDF-");
}

Result<void> read_pdf(ByteStream& stream, const PdfPart& part, BatchBuilder& builder) {
  builder.say_form("PDF");
  Hashed hashed(stream);
  OVILLO_TRY(NamelessFile file, NamelessFile::create());
  OVILLO_CHECK(file.take(hashed));
  const auto hold = [&](ErrorCode code, std::string_view detail) -> Result<void> {
    OVILLO_CHECK(builder.flush());
    return builder.hold(code, detail, hashed.sha256(), hashed.bytes(), part.name);
  };
  auto process = HelperProcess::start({builder.options().programs + "/pdftotext",
                                       {"-enc", "UTF-8", "-bbox-layout", "/dev/stdin", "-"},
                                       {},
                                       kLimits},
                                      file.fd());
  if (!process) return hold(process.error().code(), process.error().detail());
  PrintedPart pages(*process, "<doc>", "</doc>");
  OVILLO_TRY(auto words, StatementWords::open());
  PageRows rows(part, file, std::move(words), builder);
  const auto read = rows.read(pages);
  if (rows.sink_error()) return *rows.sink_error();
  const std::string complaint = process->complaint();
  if (!read) {
    if (complaint.find("Incorrect password") != complaint.npos)
      return hold(ErrorCode::intake_encrypted_member, "a PDF with a password");
    return hold(read.error().code(),
                rows.n_pages() == 0
                    ? read.error().detail()
                    : fmt::format("{}; {} pages were read", read.error().detail(), rows.n_pages()));
  }
  if (rows.n_pages() == 0) return hold(ErrorCode::intake_helper_failed, "a PDF without any page");
  if (tells_of_damage(complaint))
    OVILLO_CHECK(hold(ErrorCode::intake_helper_failed,
                      fmt::format("damaged: {}; {} pages were read, others may be missing",
                                  first_line(complaint), rows.n_pages())));
  return builder.flush();
}

}  // namespace ovillo::intake
