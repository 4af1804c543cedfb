// Bytes of blocks: whatever they are, decoding gives an error or a batch that survives a round
// trip.
#include <cstdlib>
#include <string_view>

#include "ovillo/storage/codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto records = ovillo::storage::decode_records(bytes)) {
    const auto again = ovillo::storage::decode_records(ovillo::storage::encode(*records));
    if (!again || *again != *records) std::abort();
  }
  if (const auto finds = ovillo::storage::decode_finds(bytes)) {
    const auto again = ovillo::storage::decode_finds(ovillo::storage::encode(*finds));
    if (!again || *again != *finds) std::abort();
  }
  if (const auto photos = ovillo::storage::decode_photos(bytes)) {
    const auto again = ovillo::storage::decode_photos(ovillo::storage::encode(*photos));
    if (!again || *again != *photos) std::abort();
  }
  return 0;
}
