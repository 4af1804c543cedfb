#include "ovillo/intake/reader.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "ovillo/bank/reader.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/base/picture_form.hpp"
#include "ovillo/intake/internal/archive.hpp"
#include "ovillo/intake/internal/bank_file.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"
#include "ovillo/intake/internal/csv.hpp"
#include "ovillo/intake/internal/input.hpp"
#include "ovillo/intake/internal/json.hpp"
#include "ovillo/intake/internal/text_window.hpp"
#include "ovillo/intake/internal/workbook.hpp"

namespace ovillo::intake {

namespace {

// Bytes already taken from a stream, then the rest of it.
class Replayed final : public ByteStream {
 public:
  explicit Replayed(ByteStream& rest) : rest_(rest) {}

  /// Takes the first n bytes (fewer at the end) and keeps them.
  Result<std::string_view> head(std::size_t n) {
    while (held_.size() < n && !ended_) {
      OVILLO_TRY(const std::string_view block, rest_.next());
      ended_ = block.empty();
      held_.append(block);
    }
    return std::string_view(held_);
  }

  Result<std::string_view> next() override {
    if (!given_) {
      given_ = true;
      if (!held_.empty()) return std::string_view(held_);
    }
    if (ended_) return std::string_view();
    held_ = std::string();
    return rest_.next();
  }

 private:
  ByteStream& rest_;
  std::string held_;
  bool given_ = false;
  bool ended_ = false;
};

// Why a head that is neither text nor a container cannot be read; empty: it may be text.
std::optional<std::string> foreign_form(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("%PDF"sv)) return "a PDF document";
  if (picture_form(head) != PictureForm::none)
    return "a picture; hand it over in an archive beside the table that names it";
  if (head.starts_with("\xd0\xcf\x11\xe0"sv))
    return "an old Office document; save it as .xlsx or CSV";
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

class FileReader {
 public:
  FileReader(Input& input, const Profile& profile, const Zone& zone, const ReadOptions& options,
             const ReadSink& sink)
      : input_(input), sink_(sink), builder_(input.name(), profile, zone, options, sink) {
    input_.set_progress(sink.progress);
  }

  Result<ReadCount> read() {
    OVILLO_TRY(const std::string_view head, input_.head());
    switch (container_of(head)) {
      case Container::none:
        OVILLO_CHECK(read_plain(input_, {}));
        break;
      case Container::zip:
        OVILLO_CHECK(read_zip());
        break;
      case Container::compressed:
      case Container::tar:
        OVILLO_CHECK(read_archive(Container::tar));
        break;
      case Container::refused:
        return unknown("an archive of a kind that is not read; hand it over as zip or tar.gz");
    }
    OVILLO_CHECK(input_.drain());
    ReadCount count = builder_.count();
    count.file_sha256 = input_.sha256();
    count.file_bytes = input_.bytes_taken();
    return count;
  }

 private:
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
    if (bank::recognise(head)) return read_bank_file(replayed, builder_);
    if (const auto foreign = foreign_form(head)) return unknown(*foreign);
    OVILLO_TRY(const auto window, TextWindow::open(replayed));
    const JsonShape json = sniff_json(window->view(), window->at_end());
    return json == JsonShape::none ? read_csv(*window, builder_)
                                   : read_json(*window, json, builder_);
  }

  Result<void> read_zip() {
    OVILLO_CHECK(input_.make_seekable());
    OVILLO_TRY(const ZipContent content, content_of_zip(input_, builder_.options()));
    switch (content) {
      case ZipContent::workbook:
        return read_workbook(input_, {}, builder_);
      case ZipContent::other_document:
        return unknown("an Office document that is no .xlsx workbook");
      case ZipContent::archive:
        break;
    }
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
          OVILLO_CHECK(reject_member(archive->member(), ErrorCode::intake_encrypted_member));
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

  // A member that cannot be read is one reject; the others are read all the same.
  Result<void> read_member(Archive& archive) {
    const std::string member = archive.member();
    if (archive.is_nested()) return reject_member(member, ErrorCode::intake_nested_archive);
    Replayed replayed(archive);
    OVILLO_TRY(const std::string_view head, replayed.head(4096));
    const Container inner = container_of(head);
    if (inner == Container::zip) return read_inner_zip(replayed, member);
    if (inner != Container::none) return reject_member(member, ErrorCode::intake_nested_archive);
    if (sink_.picture && (picture_form(head) != PictureForm::none || has_picture_name(member)))
      return take_picture(replayed, member);
    return or_reject(read_plain(replayed, member));
  }

  Result<void> take_picture(ByteStream& stream, const std::string& member) {
    OVILLO_CHECK(builder_.flush());  // batches and pictures come in file order
    PictureFile picture;
    picture.member = member;
    std::string bytes;
    Sha256 hash;
    while (true) {
      OVILLO_TRY(const std::string_view block, stream.next());
      if (block.empty()) break;
      hash.update(block);
      picture.too_large =
          picture.too_large || bytes.size() + block.size() > builder_.options().max_picture_bytes;
      if (!picture.too_large) bytes.append(block);
    }
    if (!picture.too_large) picture.bytes = bytes;
    picture.sha256 = hash.hex();
    return sink_.picture(picture);
  }

  // A workbook inside an archive is a member like any other; a zip in a zip is not opened.
  Result<void> read_inner_zip(ByteStream& stream, const std::string& member) {
    OVILLO_TRY(Input spooled, Input::spool(stream, builder_.file_name()));
    const auto content = content_of_zip(spooled, builder_.options());
    if (!content || *content == ZipContent::archive)
      return reject_member(member, ErrorCode::intake_nested_archive);
    OVILLO_CHECK(builder_.begin_member(member));
    if (*content == ZipContent::other_document)
      return builder_.reject_row(ErrorCode::intake_unknown_format, 0,
                                 "an Office document that is no .xlsx workbook");
    const std::string prefix = member.empty() ? member : member + "/";
    const auto read = read_workbook(spooled, prefix, builder_);
    if (!read && read.error().code() == ErrorCode::intake_bad_archive)
      return builder_.reject_row(ErrorCode::intake_bad_archive, 0, read.error().detail());
    return or_reject(read);
  }

  Result<void> or_reject(const Result<void>& read) {
    if (read) return {};
    const Error& error = read.error();
    switch (error.code()) {
      case ErrorCode::intake_unknown_format:
      case ErrorCode::intake_bad_workbook:
      case ErrorCode::intake_too_many_columns:
        return builder_.reject_row(error.code(), error.locus().byte.value_or(0), error.detail());
      default:
        return error;
    }
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
