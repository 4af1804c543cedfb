#include "ovillo/storage/codec.hpp"
#include "ovillo/storage/internal/bytes.hpp"

namespace ovillo::storage {

namespace {
constexpr std::uint8_t kPhotoMark = 'P';
constexpr std::uint8_t kVersion = 1;
}  // namespace

std::string encode(const std::vector<PhotoSight>& photos) {
  Writer out;
  out.u8(kPhotoMark);
  out.u8(kVersion);
  out.varint(photos.size());
  for (const PhotoSight& photo : photos) {
    out.u64(photo.record.hi);
    out.u64(photo.record.lo);
    out.text(photo.name);
    out.text(photo.sha256);
    out.u8(photo.likeness ? 1 : 0);
    if (photo.likeness)
      for (const std::uint64_t word : photo.likeness->words) out.u64(word);
    out.text(photo.held);
  }
  return std::move(out).take();
}

Result<std::vector<PhotoSight>> decode_photos(std::string_view bytes) {
  constexpr std::size_t kLeastBytes = 20;
  const auto damaged = [](const char* what) {
    return Error(ErrorCode::storage_damaged_block, what);
  };
  Reader in(bytes);
  if (in.u8() != kPhotoMark) return damaged("not a block of pictures");
  if (in.u8() != kVersion) return damaged("unknown version of a block of pictures");
  std::vector<PhotoSight> photos(in.count(kLeastBytes));
  for (PhotoSight& photo : photos) {
    photo.record.hi = in.u64();
    photo.record.lo = in.u64();
    photo.name = in.text();
    photo.sha256 = in.text();
    const std::uint8_t has_likeness = in.u8();
    if (has_likeness > 1) in.fail();
    if (has_likeness == 1)
      for (std::uint64_t& word : photo.likeness.emplace().words) word = in.u64();
    photo.held = in.text();
  }
  if (!in.at_end()) return damaged("a block of pictures that ends too early or too late");
  return photos;
}

}  // namespace ovillo::storage
