// JSON lines, arrays and FollowTheMoney entities: reading twice gives the same, counts add up.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/intake/reader.hpp"

namespace {

struct Seen {
  std::vector<std::string> values;
  std::uint64_t records = 0;
  std::uint64_t rejects = 0;
  bool failed = false;
  ovillo::intake::ReadCount count;

  bool operator==(const Seen& other) const {
    return values == other.values && records == other.records && rejects == other.rejects &&
           failed == other.failed;
  }
};

Seen read(std::string_view bytes, std::size_t batch_rows) {
  using namespace ovillo;
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
  const auto count =
      intake::read_bytes(bytes, "fuzz", intake::Profile(), Zone::utc(), options, sink);
  seen.failed = !count;
  if (count) seen.count = *count;
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Seen seen = read(bytes, 64);
  if (!seen.failed && seen.count.rows != seen.records + seen.rejects) std::abort();
  // The size of a batch changes no value.
  if (!seen.failed && !(read(bytes, 1) == seen)) std::abort();
  return 0;
}
