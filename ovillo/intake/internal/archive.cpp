#include "ovillo/intake/internal/archive.hpp"

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdio>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include "ovillo/base/utf8.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kBlock = 256u << 10;
constexpr std::uint64_t kRatioFrom = 64u << 20;  // below this no ratio is a danger

bool is_tar(std::string_view head) { return head.size() >= 512 && head.substr(257, 5) == "ustar"; }

// The library takes names through the locale of the thread; for the time of a call that is UTF-8,
// whatever the machine has set, so that the same archive gives the same names everywhere.
class Utf8Names {
 public:
  Utf8Names() : ours_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (ours_ != nullptr) before_ = uselocale(ours_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;
  ~Utf8Names() {
    if (ours_ == nullptr) return;
    uselocale(before_);
    freelocale(ours_);
  }

 private:
  locale_t ours_;
  locale_t before_ = nullptr;
};

}  // namespace

Container container_of(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv) ||
      head.starts_with("PK\x07\x08"sv))
    return Container::zip;
  if (head.starts_with("\x1f\x8b"sv) || head.starts_with("BZh"sv) ||
      head.starts_with("\xfd"
                       "7zXZ\0"sv) ||
      head.starts_with("\x28\xb5\x2f\xfd"sv) || head.starts_with("\x04\x22\x4d\x18"sv))
    return Container::compressed;
  if (is_tar(head)) return Container::tar;
  if (head.starts_with("7z\xbc\xaf\x27\x1c"sv) || head.starts_with("Rar!\x1a\x07"sv) ||
      head.starts_with("MSCF\0\0\0\0"sv) || head.starts_with("xar!"sv))
    return Container::refused;
  return Container::none;
}

Archive::Archive(Input& input, Container form, const ReadOptions& options)
    : input_(input), form_(form), options_(options) {}

Archive::~Archive() {
  if (handle_ != nullptr) archive_read_free(handle_);
}

Error Archive::failed(ErrorCode code, std::string detail) const {
  Locus locus;
  locus.file = input_.name();
  locus.member = member_;
  locus.byte = member_bytes_;
  return Error(code, std::move(detail), std::move(locus));
}

Error Archive::from_library() const {
  if (input_error_) return *input_error_;
  const char* said = archive_error_string(handle_);
  Locus locus;
  locus.file = input_.name();
  locus.member = member_;
  // What the filter took before it failed is lost with the block it was unpacking, so the place is
  // one of the file as handed over: there a person can compare it with the file's size.
  const std::int64_t taken = form_ == Container::zip ? -1 : archive_filter_bytes(handle_, -1);
  locus.byte = input_ended_ ? input_.bytes_taken()
               : taken >= 0 ? static_cast<std::uint64_t>(taken)
                            : member_bytes_;
  return Error(ErrorCode::intake_bad_archive,
               replace_invalid_utf8(said != nullptr ? said : "no reason given"), std::move(locus));
}

ssize_t Archive::read_callback(archive* handle, void* self, const void** to) {
  auto& me = *static_cast<Archive*>(self);
  const auto fail = [&](const Error& error) -> ssize_t {
    me.input_error_ = std::make_unique<Error>(error);
    archive_set_error(handle, EIO, "read failed");
    return ARCHIVE_FATAL;
  };
  if (me.form_ == Container::zip) {
    me.in_block_.resize(kBlock);
    const auto got = me.input_.read_at(me.position_, me.in_block_.data(), kBlock);
    if (!got) return fail(got.error());
    me.position_ += *got;
    *to = me.in_block_.data();
    return static_cast<ssize_t>(*got);
  }
  const auto block = me.input_.next();
  if (!block) return fail(block.error());
  me.input_ended_ = block->empty();
  *to = block->data();
  return static_cast<ssize_t>(block->size());
}

std::int64_t Archive::seek_callback(archive*, void* self, std::int64_t offset, int whence) {
  auto& me = *static_cast<Archive*>(self);
  const auto size = static_cast<std::int64_t>(me.input_.bytes_taken());
  std::int64_t base = 0;
  if (whence == SEEK_CUR) base = static_cast<std::int64_t>(me.position_);
  if (whence == SEEK_END) base = size;
  if (offset > size - base || offset < -base) return ARCHIVE_FATAL;
  me.position_ = static_cast<std::uint64_t>(base + offset);
  return base + offset;
}

std::int64_t Archive::skip_callback(archive*, void* self, std::int64_t n) {
  auto& me = *static_cast<Archive*>(self);
  const auto left = static_cast<std::int64_t>(me.input_.bytes_taken() - me.position_);
  const std::int64_t skipped = std::clamp<std::int64_t>(n, 0, left);
  me.position_ += static_cast<std::uint64_t>(skipped);
  return skipped;
}

Result<std::unique_ptr<Archive>> Archive::open(Input& input, Container form,
                                               const ReadOptions& options) {
  std::unique_ptr<Archive> out(new Archive(input, form, options));
  archive* handle = out->handle_ = archive_read_new();
  archive_read_set_callback_data(handle, out.get());
  archive_read_set_read_callback(handle, &Archive::read_callback);
  if (form == Container::zip) {
    archive_read_support_format_zip_seekable(handle);
    archive_read_set_seek_callback(handle, &Archive::seek_callback);
    archive_read_set_skip_callback(handle, &Archive::skip_callback);
  } else {
    // Named one by one: "all" would also start programs of the machine (lrzip, grzip).
    archive_read_support_filter_gzip(handle);
    archive_read_support_filter_bzip2(handle);
    archive_read_support_filter_xz(handle);
    archive_read_support_filter_zstd(handle);
    archive_read_support_filter_lz4(handle);
    archive_read_support_format_tar(handle);
    archive_read_support_format_raw(handle);
    archive_read_support_format_empty(handle);
  }
  const Utf8Names names;
  if (archive_read_open1(handle) != ARCHIVE_OK) return out->from_library();
  return out;
}

bool Archive::is_nested() const { return archive_filter_count(handle_) > 2; }

Result<bool> Archive::next_member() {
  const Utf8Names names;
  const int status = archive_read_next_header(handle_, &entry_);
  if (status == ARCHIVE_EOF) return false;
  if (status == ARCHIVE_RETRY || status == ARCHIVE_FATAL) return from_library();
  if (++n_members_ > options_.max_members)
    return failed(ErrorCode::intake_archive_bomb,
                  fmt::format("more than {} members", options_.max_members));
  member_bytes_ = 0;
  const char* name = archive_entry_pathname_utf8(entry_);
  if (name == nullptr) name = archive_entry_pathname(entry_);
  const bool raw = archive_format(handle_) == ARCHIVE_FORMAT_RAW;
  member_ = raw               ? std::string()
            : name == nullptr ? fmt::format("member {}", n_members_)
                              : replace_invalid_utf8(name);
  const auto type = archive_entry_filetype(entry_);
  const bool own_bytes = archive_entry_hardlink(entry_) == nullptr;
  if (archive_entry_is_encrypted(entry_) != 0) {
    kind_ = MemberKind::encrypted;
  } else if (own_bytes && type == AE_IFDIR) {
    kind_ = MemberKind::folder;
  } else if (own_bytes && (type == AE_IFREG || raw)) {
    kind_ = MemberKind::file;
  } else {
    kind_ = MemberKind::link;
  }
  return true;
}

Result<std::string_view> Archive::next() {
  block_.resize(kBlock);
  // Rows are few bytes; a block that unpacks to nothing is not the end.
  const la_ssize_t got = archive_read_data(handle_, block_.data(), block_.size());
  if (got < 0) return from_library();
  const auto n = static_cast<std::size_t>(got);
  member_bytes_ += n;
  total_bytes_ += n;
  if (member_bytes_ > options_.max_member_bytes)
    return failed(ErrorCode::intake_archive_bomb,
                  fmt::format("a member of more than {} bytes", options_.max_member_bytes));
  if (total_bytes_ > kRatioFrom &&
      total_bytes_ / std::max<std::uint64_t>(input_.bytes_taken(), 1) > options_.max_ratio)
    return failed(ErrorCode::intake_archive_bomb,
                  fmt::format("more than {} times its size", options_.max_ratio));
  return std::string_view(block_.data(), n);
}

Result<std::unique_ptr<Archive>> open_zip_member(Input& input, std::string_view name,
                                                 const ReadOptions& options) {
  OVILLO_TRY(auto archive, Archive::open(input, Container::zip, options));
  while (true) {
    OVILLO_TRY(const bool more, archive->next_member());
    if (!more) return std::unique_ptr<Archive>();
    if (archive->kind() == MemberKind::file && archive->member() == name) return archive;
  }
}

}  // namespace ovillo::intake
