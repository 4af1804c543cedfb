// Sealing: compress, encrypt, and bind to a place.
//
// Sealed bytes are nonce (24) || XChaCha20-Poly1305 of framed bytes, with the place as associated
// data: a block moved to another place does not open. Frame: format 1, codec (0 stored, 1 zstd),
// length (8, little-endian), bytes. Format: docs/formats/block.md.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "ovillo/base/result.hpp"
#include "ovillo/storage/merkle.hpp"

namespace ovillo::storage {

/// 32 secret bytes, wiped when they go out of use.
class Key {
 public:
  static Key random();
  static Result<Key> from_bytes(std::string_view bytes);
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();
  [[nodiscard]] const unsigned char* data() const { return bytes_.data(); }
  [[nodiscard]] std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

 private:
  Key() = default;
  std::array<unsigned char, 32> bytes_{};
};

/// @param place  associated data. Thread-safe. @cost zstd level 1, then about 1 GB/s.
std::string seal(const Key& key, std::string_view place, std::string_view bytes);

/// @error storage.damaged_block when the seal does not hold or the frame is not sound.
Result<std::string> open_sealed(const Key& key, std::string_view place, std::string_view sealed);

/// Leaf of a block of an original: SHA-256 over salt and bytes, the salt derived from key and
/// place, so that the leaf of a shredded block cannot be guessed from likely contents.
Digest salted_leaf(const Key& key, std::string_view place, std::string_view bytes);

Digest sha256(std::string_view bytes);

}  // namespace ovillo::storage
