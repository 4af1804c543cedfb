// What the reader of pictures makes of each picture of a folder: its text and the numbers in it.
//
//   bench_ocr FOLDER   one line of JSON a picture, by name
//
// Pictures and the truth about them are invented by pictures.py; measure.py compares.
#include <algorithm>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "ovillo/base/file.hpp"
#include "ovillo/extract/extractor.hpp"
#include "ovillo/intake/reader.hpp"

namespace {

using namespace ovillo;

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// Of the programs that it started: the reading is theirs.
double helpers_cpu_s() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::string phones_of(const FindBatch& finds) {
  std::string out;
  for (std::size_t f = 0; f < finds.size(); ++f) {
    if (finds.kind[f] != FindKind::phone) continue;
    out += fmt::format("{}[{}, {}]", out.empty() ? "" : ", ", json_text(finds.canonical[f]),
                       finds.written_as[f] == WrittenAs::doubtful ? "true" : "false");
  }
  return out;
}

Result<void> read_one(const std::filesystem::path& path, const extract::Extractor& extractor) {
  const double begin_s = helpers_cpu_s();
  std::string text;
  std::string phones;
  intake::ReadSink sink;
  sink.batch = [&](RecordBatch&& batch, const StringColumn&) -> Result<void> {
    batch.region = "GB";
    text += batch.value(0, Field::text);
    phones += phones_of(extractor.find(batch));
    return {};
  };
  sink.reject = [](Reject&&) -> Result<void> { return {}; };
  sink.held = [](intake::HeldFile&&) -> Result<void> { return {}; };
  OVILLO_CHECK(intake::read_file(path.string(), {}, Zone::utc(), {}, sink));
  fmt::print("{{\"file\": {}, \"text\": {}, \"phones\": [{}], \"cpu_s\": {:.3f}}}\n",
             json_text(path.filename().string()), json_text(text), phones,
             helpers_cpu_s() - begin_s);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto extractor = extract::Extractor::open(data_folder());
  if (!extractor) return 3;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1]))
    if (entry.path().extension() != ".tsv") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths)
    if (const auto done = read_one(path, *extractor); !done) {
      fmt::print(stderr, "{}\n", done.error().message());
      return 3;
    }
  return 0;
}
