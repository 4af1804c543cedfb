// Pictures: from the hand-over to finds of the records that name them.
//
// A record's column of the field `photo` names files that lie in the same archive. At import each
// such file is hashed (PhotoIntake) and kept as a PhotoSight of the record, beside the record and
// not in it: the picture itself stays in the original alone, and a record that came before without
// its pictures gets them when they come. When a corpus is put together the sights become finds
// (add_photo_finds): `photo`, the SHA-256 of the file, and `photo_likeness`, of near-equal pictures
// the representative in this view.
//
// Why the file's SHA-256 and not that of its pixels: it is what others cite and compare, and does
// not depend on a decoder. Copies that differ in metadata only are found by their likeness.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ovillo/base/error.hpp"
#include "ovillo/flow/corpus.hpp"
#include "ovillo/intake/reader.hpp"
#include "ovillo/record/photo.hpp"

namespace ovillo::flow {

/// What became of the pictures of one file. in_file = read + held; a picture that no record names
/// is held and not decoded.
struct PhotoCount {
  std::uint64_t in_file = 0;
  std::uint64_t read = 0;
  std::uint64_t held = 0;     ///< held, not read
  std::uint64_t plain = 0;    ///< of those read: too flat or small for a likeness
  std::uint64_t named = 0;    ///< names in records that found their picture
  std::uint64_t missing = 0;  ///< names in records that no picture of the file has
};

/// A picture that is held and was not read, and why.
struct HeldPhoto {
  std::string member;
  Error reason;
};

/// Names of pictures in one cell, with their byte offsets: the cell as a whole, and its parts
/// between ";", "|" and "," where there are several. Blanks at the ends do not count.
std::vector<std::pair<std::uint32_t, std::string_view>> photo_names(std::string_view cell);

/// The pictures of one file and who names them, gathered while the file is read.
class PhotoIntake {
 public:
  /// @param wanted  whether any column names pictures; else they are counted, not decoded.
  explicit PhotoIntake(bool wanted) : wanted_(wanted) {}

  /// Takes a picture; decodes in parallel, some at a time. Holds at most about 64 MB of them.
  void take(const intake::PictureFile& picture);
  /// Notes what the rows of a batch name. @param in_scope  which rows a view may ever see.
  void note(const RecordBatch& batch, const std::vector<bool>& in_scope);
  /// What each record sees, ascending, once everything was taken. A name is the path in the
  /// archive, that path from the table's folder, or a file name that only one picture has (the last
  /// part of a link counts as one; letter case does not).
  std::vector<PhotoSight> finish();

  [[nodiscard]] const PhotoCount& count() const { return count_; }
  [[nodiscard]] const std::vector<HeldPhoto>& held() const { return held_; }

 private:
  struct Picture {
    std::string member;
    std::string sha256;
    std::string bytes;  // until decoded
    std::optional<Likeness> likeness;
    std::optional<Error> held;
  };
  struct Named {
    RecordId record;
    std::string folder;  // of the table
    std::string cell;
  };
  void decode_waiting();
  void index_names();
  const Picture* find_path(const std::string& folder, std::string_view name) const;
  const Picture* find(const std::string& folder, std::string_view name) const;

  bool wanted_;
  PhotoCount count_;
  std::vector<Picture> pictures_;
  std::size_t n_decoded_ = 0;
  std::size_t waiting_bytes_ = 0;
  std::vector<Named> named_;
  std::vector<HeldPhoto> held_;
  std::map<std::string, std::size_t> by_path_;
  std::map<std::string, std::optional<std::size_t>> by_name_;  // empty: several, and not the same
};

/// Gives each block the sights of its records. @param sights  in any order, repeats allowed.
void share_out(std::vector<PhotoSight> sights, std::vector<Block>& blocks);

/// Adds the photo finds of all blocks; each record's finds stay in order of column and place.
void add_photo_finds(std::vector<Block>& blocks);

}  // namespace ovillo::flow
