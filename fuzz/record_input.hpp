// For fuzz targets of intake: bytes read as a file would be, twice, and what must hold.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/intake/reader.hpp"

namespace ovillo::fuzz {

struct Seen {
  std::vector<std::string> values;
  std::uint64_t records = 0;
  std::uint64_t rejects = 0;
  std::uint64_t held = 0;
  bool failed = false;
  intake::ReadCount count;

  bool operator==(const Seen& other) const {
    return values == other.values && records == other.records && rejects == other.rejects &&
           held == other.held && failed == other.failed;
  }
};

inline Seen read(std::string_view bytes, std::size_t batch_rows) {
  Seen seen;
  intake::ReadOptions options;
  options.max_row_bytes = 4096;
  options.batch_rows = batch_rows;
  intake::ReadSink sink;
  sink.batch = [&](RecordBatch&& batch, const StringColumn&) -> Result<void> {
    seen.records += batch.size();
    for (std::size_t i = 0; i < batch.cell_value.size(); ++i)
      seen.values.emplace_back(batch.cell_value[i]);
    return {};
  };
  sink.reject = [&](Reject&&) -> Result<void> {
    ++seen.rejects;
    return {};
  };
  sink.held = [&](intake::HeldFile&&) -> Result<void> {
    ++seen.held;
    return {};
  };
  const auto count =
      intake::read_bytes(bytes, "fuzz", intake::Profile(), Zone::utc(), options, sink);
  seen.failed = !count;
  if (count) seen.count = *count;
  return seen;
}

/// Counts add up, and the size of a batch changes no value; aborts otherwise.
inline void expect_the_same_twice(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Seen seen = read(bytes, 64);
  if (seen.failed) return;
  if (seen.count.rows != seen.records + seen.rejects + seen.held) std::abort();
  if (!(read(bytes, 1) == seen)) std::abort();
}

}  // namespace ovillo::fuzz
