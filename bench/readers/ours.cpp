// How long one file takes to be read, and what was read of it.
//
//   bench_readers FILE   "kind records rejects held signs bytes seconds peak_mb", by tabs
//
// `signs` is the length of all texts, so that answers can be compared with those of others
// (rivals.py), and the work of programs that were started counts.
#include <chrono>
#include <cstdint>

#include <fmt/format.h>
#include <sys/resource.h>

#include "ovillo/intake/reader.hpp"

int main(int argc, char** argv) {
  using namespace ovillo;
  if (argc != 2) return 2;
  std::uint64_t n_signs = 0;
  std::string form;
  intake::ReadSink sink;
  sink.batch = [&](RecordBatch&& batch, const StringColumn&) -> Result<void> {
    for (std::size_t i = 0; i < batch.size(); ++i) n_signs += batch.value(i, Field::text).size();
    return {};
  };
  sink.reject = [](Reject&&) -> Result<void> { return {}; };
  sink.held = [](intake::HeldFile&&) -> Result<void> { return {}; };
  sink.picture = [](const intake::PictureFile&) -> Result<void> { return {}; };
  sink.form = [&](const std::string&, const std::string& said) { form = said; };
  const auto begin = std::chrono::steady_clock::now();
  const auto read = intake::read_file(argv[1], {}, Zone::utc(), {}, sink);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  if (!read) {
    fmt::print(stderr, "{}\n", read.error().message());
    return 3;
  }
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  fmt::print("{}\t{}\t{}\t{}\t{}\t{}\t{:.3f}\t{}\n", form, read->records, read->rejects, read->held,
             n_signs, read->file_bytes, took.count(), used.ru_maxrss / 1024);
  return 0;
}
