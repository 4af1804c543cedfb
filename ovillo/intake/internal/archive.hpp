// Archives and compressed files, read as a stream with libarchive.
//
// Forms: gzip, bzip2, xz, zstd and lz4 around one file; tar, plain or in one of these; zip by
// place. What unpacks to far more than it should ends with intake.archive_bomb before it fills
// anything.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/input.hpp"
#include "ovillo/intake/reader.hpp"

struct archive;
struct archive_entry;

namespace ovillo::intake {

enum class Container : std::uint8_t { none, compressed, tar, zip, refused };

/// Which container the first bytes of a file (or member) announce. `refused`: an archive of a form
/// that is not read (7z, rar, cab, xar).
Container container_of(std::string_view head);

enum class MemberKind : std::uint8_t { file, folder, link, encrypted };

class Archive final : public ByteStream {
 public:
  /// @param input  outlives the archive; for Container::zip it has been made seekable.
  /// @error intake.bad_archive.
  static Result<std::unique_ptr<Archive>> open(Input& input, Container form,
                                               const ReadOptions& options);
  ~Archive() override;

  /// Goes to the next member; false at the end. @error intake.bad_archive, intake.archive_bomb.
  Result<bool> next_member();
  /// Path in the archive, UTF-8; empty for a compressed single file.
  [[nodiscard]] const std::string& member() const { return member_; }
  [[nodiscard]] MemberKind kind() const { return kind_; }
  /// More than one layer of compression.
  [[nodiscard]] bool is_nested() const;

  /// Bytes of the current member. @error intake.archive_bomb; intake.bad_archive, with the byte
  /// where reading ended: of the file as handed over, in a zip of the member unpacked.
  Result<std::string_view> next() override;

 private:
  Archive(Input& input, Container form, const ReadOptions& options);
  [[nodiscard]] Error failed(ErrorCode code, std::string detail) const;
  [[nodiscard]] Error from_library() const;
  static ssize_t read_callback(archive*, void* self, const void** to);
  static std::int64_t seek_callback(archive*, void* self, std::int64_t offset, int whence);
  static std::int64_t skip_callback(archive*, void* self, std::int64_t n);

  Input& input_;
  Container form_;
  ReadOptions options_;
  archive* handle_ = nullptr;
  archive_entry* entry_ = nullptr;
  std::string member_;
  MemberKind kind_ = MemberKind::file;
  std::uint32_t n_members_ = 0;
  std::uint64_t member_bytes_ = 0;
  std::uint64_t total_bytes_ = 0;
  std::uint64_t position_ = 0;  // zip: where the library reads next
  bool input_ended_ = false;    // otherwise: the library asked for more than there is
  std::string in_block_;
  std::string block_;
  std::unique_ptr<Error> input_error_;
};

/// One member of a zip by name. @return  empty pointer: there is none.
Result<std::unique_ptr<Archive>> open_zip_member(Input& input, std::string_view name,
                                                 const ReadOptions& options);

}  // namespace ovillo::intake
