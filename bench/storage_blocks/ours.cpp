// How fast a workspace takes in and gives back a million records: about 4,000 record blocks of
// 150 kB with their originals, and a million record ids, in one import.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <sys/resource.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/storage/codec.hpp"
#include "ovillo/storage/workspace.hpp"

namespace {

using namespace ovillo;
namespace fs = std::filesystem;

constexpr std::size_t kRecordsPerBlock = 250;
constexpr std::size_t kBytesPerRecord = 600;

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double cpu_s() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Advert-like text: words of a vocabulary of 4,000 with a few numbers, so that it compresses about
/// as real adverts do.
RecordBatch batch_of(std::uint64_t part, SourceId source) {
  Rng rng(part);
  RecordBatch batch;
  batch.source = source;
  batch.compartment = 1;
  batch.file_name = "adverts.csv";
  batch.columns = {{"text", Field::text}, {"phone", Field::phone}};
  for (std::size_t i = 0; i < kRecordsPerBlock; ++i) {
    batch.id.push_back({rng.next(), rng.next()});
    batch.kind.push_back(RecordKind::advert);
    batch.time.push_back(Time{1'700'000'000 + static_cast<std::int64_t>(rng.below(20'000'000)),
                              1'700'000'001, 3600, TimePrecision::second, ZoneBasis::assumed});
    batch.row.push_back(part * kRecordsPerBlock + i);
    batch.byte.push_back((part * kRecordsPerBlock + i) * kBytesPerRecord);
    batch.length.push_back(kBytesPerRecord);
    std::string text;
    while (text.size() < kBytesPerRecord - 20) {
      std::uint64_t word = mix64(rng.below(1 + rng.below(4000)));
      for (std::size_t n = 2 + word % 7; n > 0; --n, word >>= 5)
        text.push_back(static_cast<char>('a' + word % 26));
      text.push_back(' ');
    }
    batch.cell_column.push_back(0);
    batch.cell_value.push_back(text);
    batch.cell_column.push_back(1);
    batch.cell_value.push_back(fmt::format("+447700900{:03}", rng.below(1000)));
    batch.fields.close_row(batch.cell_column.size());
  }
  return batch;
}

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::cerr << result.error().message() << "\n";
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct Clock {
  double wall = now_s(), cpu = cpu_s();
  void say(const char* what, double megabytes) const {
    const double wall_s = now_s() - wall;
    fmt::print("{:<34} {:7.2f} s wall {:7.2f} s CPU {:8.1f} MB/s\n", what, wall_s, cpu_s() - cpu,
               megabytes / wall_s);
  }
};

}  // namespace

int main(int argc, char** argv) {
  const std::size_t n_blocks = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 4000;
  const fs::path folder = argc > 2 ? argv[2] : "bench_workspace";
  fs::remove_all(folder);
  std::vector<std::string> distinct;  // made before the clock starts
  constexpr std::size_t kDistinct = 400;
  double megabytes = 0;
  std::vector<RecordBatch> batches;
  for (std::size_t i = 0; i < kDistinct; ++i) batches.push_back(batch_of(i, 1));
  {
    const Clock clock;
    for (const RecordBatch& batch : batches) distinct.push_back(storage::encode(batch));
    for (const std::string& bytes : distinct) megabytes += static_cast<double>(bytes.size()) / 1e6;
    clock.say("encode 400 record blocks", megabytes);
    const Clock back;
    for (const std::string& bytes : distinct) (void)must(storage::decode_records(bytes));
    back.say("decode 400 record blocks", megabytes);
  }
  megabytes *= static_cast<double>(n_blocks) / kDistinct;
  auto workspace = must(storage::Workspace::create(folder));
  Source source;
  source.name = "platform X";
  source.compartment = 1;
  source.authorisation = must(workspace.add_authorisation({}));
  source.review_at_utc_s = 1'800'000'000;
  source.id = must(workspace.add_source(source));
  {
    const Clock clock;
    auto transaction = must(workspace.begin());
    const auto group = must(transaction.new_group());
    for (std::uint32_t part = 0; part < n_blocks; ++part) {
      const std::string& bytes = distinct[part % kDistinct];
      must(transaction.put_block({storage::BlockKind::original, 1, source.id, group, part, 0, 0},
                                 bytes));
      must(transaction.put_block(
          {storage::BlockKind::record, 1, source.id, group, part, kRecordsPerBlock, 0}, bytes));
      std::vector<RecordId> ids;
      for (std::size_t i = 0; i < kRecordsPerBlock; ++i) ids.push_back({part, i});
      must(transaction.put_record_ids(1, group, ids));
    }
    storage::ImportRow row;
    row.group = group;
    row.source = source.id;
    row.compartment = 1;
    must(transaction.put_import(row));
    must(transaction.commit());
    clock.say(fmt::format("write {} + {} blocks", n_blocks, n_blocks).c_str(), 2 * megabytes);
  }
  View view;
  view.compartments = {1};
  {
    const Clock clock;
    std::size_t n_bytes = 0;
    must(workspace.read_blocks(view, storage::BlockKind::record,
                               [&](const auto&, std::string_view bytes) {
                                 n_bytes += bytes.size();
                                 return Result<void>();
                               }));
    clock.say(fmt::format("read {} record blocks", n_blocks).c_str(),
              static_cast<double>(n_bytes) / 1e6);
  }
  {
    const Clock clock;
    const auto ids = must(workspace.record_ids(1));
    clock.say(fmt::format("read {} record ids", ids.size()).c_str(),
              static_cast<double>(ids.size()) * 16 / 1e6);
  }
  {
    const Clock clock;
    for (int i = 0; i < 100; ++i)
      (void)must(workspace.audit().append("an entry of some 200 bytes"));
    clock.say("100 durable audit entries", 0);
  }
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "block bytes {:.0f} MB twice, ovillo.db {:.1f} MB, peak memory {:.0f} MB (of it fixture "
      "{:.0f})\n",
      megabytes, static_cast<double>(fs::file_size(folder / "ovillo.db")) / 1e6,
      static_cast<double>(usage.ru_maxrss) / 1e3,
      2.1 * megabytes * kDistinct / static_cast<double>(n_blocks));
  return 0;
}
