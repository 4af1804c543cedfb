#include "ovillo/intake/reader.hpp"

#include <fmt/format.h>

#include "ovillo/bank/reader.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/base/picture_form.hpp"
#include "ovillo/intake/internal/archive.hpp"
#include "ovillo/intake/internal/bank_file.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"
#include "ovillo/intake/internal/call_record.hpp"
#include "ovillo/intake/internal/chart.hpp"
#include "ovillo/intake/internal/compound_file.hpp"
#include "ovillo/intake/internal/csv.hpp"
#include "ovillo/intake/internal/foreign_form.hpp"
#include "ovillo/intake/internal/har.hpp"
#include "ovillo/intake/internal/html_page.hpp"
#include "ovillo/intake/internal/input.hpp"
#include "ovillo/intake/internal/json.hpp"
#include "ovillo/intake/internal/json_form.hpp"
#include "ovillo/intake/internal/mail.hpp"
#include "ovillo/intake/internal/ocr.hpp"
#include "ovillo/intake/internal/outlook_mail.hpp"
#include "ovillo/intake/internal/pdf.hpp"
#include "ovillo/intake/internal/phone_report.hpp"
#include "ovillo/intake/internal/picture_member.hpp"
#include "ovillo/intake/internal/picture_text.hpp"
#include "ovillo/intake/internal/streams.hpp"
#include "ovillo/intake/internal/text_document.hpp"
#include "ovillo/intake/internal/text_window.hpp"
#include "ovillo/intake/internal/wacz.hpp"
#include "ovillo/intake/internal/warc.hpp"
#include "ovillo/intake/internal/web_page.hpp"
#include "ovillo/intake/internal/whatsapp.hpp"
#include "ovillo/intake/internal/workbook.hpp"

namespace ovillo::intake {

namespace {

constexpr std::string_view kOtherDocument = "an Office document that is no .xlsx, .docx or .odt";

class FileReader {
 public:
  FileReader(Input& input, const Profile& profile, const Zone& zone, const ReadOptions& options,
             const ReadSink& sink)
      : input_(input), sink_(sink), builder_(input.name(), profile, zone, options, sink) {
    input_.set_progress(sink.progress);
  }

  Result<ReadCount> read() {
    const auto read = read_whole();
    // Where nothing of it was read and nothing can be, it is an exhibit all the same.
    const bool is_held = !read && read.error().code() == ErrorCode::intake_unknown_format &&
                         sink_.held && builder_.count().rows == 0;
    if (!read && !is_held) return read.error();
    OVILLO_CHECK(input_.drain());
    if (is_held) {
      OVILLO_CHECK(builder_.hold(ErrorCode::intake_no_reader, read.error().detail(),
                                 input_.sha256(), input_.bytes_taken()));
    }
    ReadCount count = builder_.count();
    count.file_sha256 = input_.sha256();
    count.file_bytes = input_.bytes_taken();
    return count;
  }

 private:
  Result<void> read_whole() {
    OVILLO_TRY(const std::string_view head, input_.head());
    switch (container_of(head)) {
      case Container::none:
        return read_plain(input_, {});
      case Container::zip:
        return read_zip();
      case Container::compressed:
      case Container::tar:
        return read_archive(Container::tar);
      case Container::refused:
        break;
    }
    return unknown("an archive of a kind that is not read; hand it over as zip or tar.gz");
  }

  Error unknown(std::string detail) const {
    Locus locus;
    locus.file = builder_.file_name();
    locus.member = builder_.member();
    return Error(ErrorCode::intake_unknown_format, std::move(detail), std::move(locus));
  }

  Result<void> read_plain(ByteStream& stream, const std::string& member) {
    OVILLO_CHECK(builder_.begin_member(member));
    Replayed replayed(stream);
    OVILLO_TRY(const std::string_view head, replayed.head(4096));
    if (is_read_alone(head, member)) return read_picture_file(replayed, PictureUse::text, builder_);
    if (is_pdf(head)) return read_pdf(replayed, {}, builder_);
    if (bank::recognise(head)) return read_bank_file(replayed, builder_);
    if (is_phone_report(head)) return read_phone_report(replayed, builder_);
    if (const ChartForm chart = chart_form(head); chart != ChartForm::none)
      return read_chart(replayed, chart, builder_);
    if (is_call_record(head)) return read_call_record(replayed, builder_);
    if (is_har(head)) return read_har(replayed, builder_);
    if (is_warc(head)) return read_warc(replayed, builder_);
    if (is_html(head)) return read_saved_page(replayed, builder_);
    if (is_mhtml(head)) return read_mhtml(replayed, builder_);
    if (is_mail(head)) return read_mail(replayed, builder_);
    if (is_compound_file(head)) return read_outlook_mail(replayed, builder_);
    if (const auto foreign = foreign_form(head)) return unknown(*foreign);
    OVILLO_TRY(const auto window, TextWindow::open(replayed));
    if (is_whatsapp(window->view())) return read_whatsapp(*window, builder_);
    const JsonShape json = sniff_json(window->view(), window->at_end());
    if (json == JsonShape::none) return read_csv(*window, builder_);
    OVILLO_TRY(const auto forms, json_forms());
    // Objects one a line are rows as they are, whatever program wrote them.
    const auto form = json == JsonShape::array ? std::nullopt : json_form_of(forms, window->view());
    return form ? read_json_form(*window, *form, builder_) : read_json(*window, json, builder_);
  }

  // One in an archive is a photo beside a table, unless all are asked for.
  [[nodiscard]] bool is_read_alone(std::string_view head, const std::string& member) const {
    const PictureReading wanted = builder_.options().read_pictures;
    return is_readable_picture(head) &&
           (wanted == PictureReading::all || (wanted == PictureReading::alone && member.empty()));
  }

  Result<void> read_zip() {
    OVILLO_CHECK(input_.make_seekable());
    OVILLO_TRY(const ZipContent content, content_of_zip(input_, builder_.options()));
    switch (content) {
      case ZipContent::workbook:
        return read_workbook(input_, {}, builder_);
      case ZipContent::docx:
        return read_text_document(input_, TextDocument::docx, {}, builder_);
      case ZipContent::odt:
        return read_text_document(input_, TextDocument::odt, {}, builder_);
      case ZipContent::other_document:
        return unknown(std::string(kOtherDocument));
      case ZipContent::archive:
        break;
    }
    OVILLO_TRY(const auto package, wacz_package(input_, builder_.options()));
    if (package) return read_wacz(input_, *package, builder_);
    return read_archive(Container::zip);
  }

  Result<void> read_archive(Container form) {
    OVILLO_TRY(const auto archive, Archive::open(input_, form, builder_.options()));
    while (true) {
      OVILLO_TRY(const bool more, archive->next_member());
      if (!more) return {};
      switch (archive->kind()) {
        case MemberKind::folder:
          break;
        case MemberKind::link:
          OVILLO_CHECK(reject_member(archive->member(), ErrorCode::intake_not_a_file));
          break;
        case MemberKind::encrypted:
          OVILLO_CHECK(hold_member(archive->member(), ErrorCode::intake_encrypted_member));
          break;
        case MemberKind::file:
          OVILLO_CHECK(read_member(*archive));
          break;
      }
    }
  }

  Result<void> reject_member(const std::string& member, ErrorCode code,
                             std::string_view detail = {}) {
    OVILLO_CHECK(builder_.begin_member(member));
    return builder_.reject_row(code, 0, detail);
  }

  // Held without its bytes: they cannot be had or are not wanted.
  Result<void> hold_member(const std::string& member, ErrorCode code) {
    OVILLO_CHECK(builder_.begin_member(member));
    return builder_.hold(code, {}, {}, 0);
  }

  // What cannot be read is held, one that breaks off is one reject; the others are read all the
  // same.
  Result<void> read_member(Archive& archive) {
    const std::string member = archive.member();
    Hashed hashed(archive);
    if (leads_out(member)) return hold_rest(hashed, member, ErrorCode::intake_unsafe_path);
    if (archive.is_nested()) return hold_rest(hashed, member, ErrorCode::intake_nested_archive);
    Replayed replayed(hashed);
    OVILLO_TRY(const std::string_view head, replayed.head(4096));
    const Container inner = container_of(head);
    if (inner == Container::zip) return read_inner_zip(replayed, hashed, member);
    if (inner != Container::none)
      return hold_rest(hashed, member, ErrorCode::intake_nested_archive);
    if (sink_.picture && (picture_form(head) != PictureForm::none || has_picture_name(member)))
      return take_picture(replayed, member);
    return or_held(read_plain(replayed, member), hashed);
  }

  // A photo, and where all pictures are read, a page of text as well.
  Result<void> take_picture(Replayed& stream, const std::string& member) {
    OVILLO_TRY(const std::string_view head, stream.head(4096));
    if (builder_.options().read_pictures != PictureReading::all || !is_readable_picture(head))
      return hand_over_picture(stream, member, builder_);
    OVILLO_TRY(Input photo, Input::spool(stream, member));
    OVILLO_CHECK(photo.rewind());
    OVILLO_CHECK(hand_over_picture(photo, member, builder_));
    OVILLO_CHECK(photo.rewind());
    OVILLO_CHECK(builder_.begin_member(member));
    return read_picture_file(photo, PictureUse::photo, builder_);
  }

  Result<void> hold_rest(Hashed& stream, const std::string& member, ErrorCode code,
                         std::string_view detail = {}) {
    OVILLO_CHECK(builder_.begin_member(member));
    if (builder_.sink().held) OVILLO_CHECK(stream.drain());
    return builder_.hold(code, detail, stream.sha256(), stream.bytes());
  }

  Result<void> read_inner_document(Input& input, ZipContent content, const std::string& prefix) {
    if (content == ZipContent::workbook) return read_workbook(input, prefix, builder_);
    const auto form = content == ZipContent::docx ? TextDocument::docx : TextDocument::odt;
    return read_text_document(input, form, prefix, builder_);
  }

  // A document inside an archive is a member like any other; a zip in a zip is not opened.
  Result<void> read_inner_zip(ByteStream& stream, Hashed& hashed, const std::string& member) {
    OVILLO_TRY(Input spooled, Input::spool(stream, builder_.file_name()));
    const auto content = content_of_zip(spooled, builder_.options());
    if (!content || *content == ZipContent::archive)
      return hold_rest(hashed, member, ErrorCode::intake_nested_archive);
    OVILLO_CHECK(builder_.begin_member(member));
    if (*content == ZipContent::other_document) return hold_or_reject(kOtherDocument, hashed, 0);
    const std::string prefix = member.empty() ? member : member + "/";
    const auto read = read_inner_document(spooled, *content, prefix);
    if (!read && read.error().code() == ErrorCode::intake_bad_archive)
      return builder_.reject_row(ErrorCode::intake_bad_archive, 0, read.error().detail());
    return or_held(read, hashed);
  }

  Result<void> or_held(const Result<void>& read, Hashed& stream) {
    if (read) return {};
    const Error& error = read.error();
    const std::uint64_t byte = error.locus().byte.value_or(0);
    switch (error.code()) {
      case ErrorCode::intake_unknown_format:
        return hold_or_reject(error.detail(), stream, byte);
      case ErrorCode::intake_bad_markup:
      case ErrorCode::intake_bad_workbook:
      case ErrorCode::intake_too_many_columns:
        return builder_.reject_row(error.code(), byte, error.detail());
      default:
        return error;
    }
  }

  Result<void> hold_or_reject(std::string_view detail, Hashed& stream, std::uint64_t byte) {
    if (!sink_.held) return builder_.reject_row(ErrorCode::intake_unknown_format, byte, detail);
    OVILLO_CHECK(stream.drain());
    return builder_.hold(ErrorCode::intake_no_reader, detail, stream.sha256(), stream.bytes());
  }

  Input& input_;
  const ReadSink& sink_;
  BatchBuilder builder_;
};

Result<ReadCount> read_input(Input& input, const Profile& profile, const Zone& zone,
                             const ReadOptions& options, const ReadSink& sink) {
  return FileReader(input, profile, zone, options, sink).read();
}

}  // namespace

Result<ReadCount> read_file(const std::string& path, const Profile& profile, const Zone& zone,
                            const ReadOptions& options, const ReadSink& sink) {
  OVILLO_TRY(Input input, Input::open(path));
  return read_input(input, profile, zone, options, sink);
}

Result<ReadCount> read_bytes(std::string_view bytes, const std::string& file_name,
                             const Profile& profile, const Zone& zone, const ReadOptions& options,
                             const ReadSink& sink) {
  Input input = Input::over(bytes, file_name);
  return read_input(input, profile, zone, options, sink);
}

}  // namespace ovillo::intake
