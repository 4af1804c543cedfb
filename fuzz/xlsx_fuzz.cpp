// Workbooks and archives: the input is the markup of a sheet (packed here, so that mutation gets
// past the zip), or, when it begins with a container's own bytes, the container itself.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ovillo/intake/internal/archive.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ovillo;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  std::string packed;
  if (intake::container_of(input) == intake::Container::none) {
    intake::MadeWorkbook book;
    book.sheets = {{"S", std::string(input)}};
    book.strings = {"<t>id</t>", "<r><t>a</t></r><r><t>b</t></r>"};
    packed = intake::made_workbook(book);
  } else {
    packed = input;
  }
  intake::ReadOptions options;
  options.max_row_bytes = 4096;
  options.max_member_bytes = 4u << 20;
  options.max_members = 100;
  std::uint64_t records = 0;
  std::uint64_t rejects = 0;
  intake::ReadSink sink;
  sink.batch = [&](RecordBatch&& batch, const StringColumn&) -> Result<void> {
    records += batch.size();
    return {};
  };
  sink.reject = [&](Reject&&) -> Result<void> {
    ++rejects;
    return {};
  };
  const auto count =
      intake::read_bytes(packed, "fuzz", intake::Profile(), Zone::utc(), options, sink);
  if (count &&
      (count->records != records || count->rejects != rejects || count->rows != records + rejects))
    std::abort();
  return 0;
}
