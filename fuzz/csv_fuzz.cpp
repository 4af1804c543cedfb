// CSV, TSV and Neo4j tables: whatever the bytes, counts add up and every row lies in the file.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ovillo/intake/internal/archive.hpp"
#include "ovillo/intake/reader.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ovillo;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (intake::container_of(bytes) != intake::Container::none) return 0;  // xlsx_fuzz does these
  intake::ReadOptions options;
  options.max_row_bytes = 4096;
  options.batch_rows = 16;
  std::uint64_t records = 0;
  std::uint64_t rejects = 0;
  intake::ReadSink sink;
  sink.batch = [&](RecordBatch&& batch, const StringColumn& raw) -> Result<void> {
    records += batch.size();
    require(raw.size() == batch.size() && batch.size() <= options.batch_rows);
    // The bytes of a row are those at its place.
    for (std::size_t i = 0; i < batch.size(); ++i)
      require(bytes.substr(batch.byte[i], batch.length[i]) == raw[i]);
    return {};
  };
  sink.reject = [&](Reject&&) -> Result<void> {
    ++rejects;
    return {};
  };
  const auto count =
      intake::read_bytes(bytes, "fuzz", intake::Profile(), Zone::utc(), options, sink);
  if (count) require(count->records == records && count->rejects == rejects);
  if (count) require(count->rows == records + rejects);
  return 0;
}
