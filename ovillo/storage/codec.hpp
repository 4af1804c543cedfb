// Bytes of a RecordBatch, a FindBatch and a list of pictures as kept in blocks. Little-endian,
// versioned, checked on the way in: damaged bytes give storage.damaged_block, never a crash.
// Format: docs/formats/block.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/batch.hpp"
#include "ovillo/record/find.hpp"
#include "ovillo/record/photo.hpp"

namespace ovillo::storage {

std::string encode(const RecordBatch& batch);
std::string encode(const FindBatch& finds);
std::string encode(const std::vector<PhotoSight>& photos);
Result<RecordBatch> decode_records(std::string_view bytes);
Result<FindBatch> decode_finds(std::string_view bytes);
Result<std::vector<PhotoSight>> decode_photos(std::string_view bytes);

}  // namespace ovillo::storage
