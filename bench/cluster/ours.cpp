// bench/cluster: ours. Reads labelled sets and prints agreement, speed and memory.
//
//   bench_cluster SET.csv...   columns id, text, cluster (-1: alone), as the grey-zone generator
//   writes
//   --threads N   default 1, so that rates are per core
//   --whole       decide on the whole set as one component
//   --out FILE    row, found, truth of the last set
//
// Peak memory is the process's so far: give one set per run where it matters.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "bench/cluster/measures.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/cluster.hpp"

namespace {

using namespace ovillo;

struct Labelled {
  StringColumn text;
  std::vector<std::int32_t> cluster;
};

// RFC 4180, just enough for the labelled sets; first row is the header.
Labelled read_labelled(const std::string& bytes) {
  Labelled out;
  std::vector<std::string> cells(1);
  bool quoted = false;
  bool header = true;
  const auto end_row = [&] {
    if (!header && cells.size() >= 3) {
      out.text.push_back(cells[1]);
      out.cluster.push_back(std::atoi(cells[2].c_str()));
    }
    header = false;
    cells.assign(1, {});
  };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (quoted) {
      if (c != '"') {
        cells.back() += c;
      } else if (i + 1 < bytes.size() && bytes[i + 1] == '"') {
        cells.back() += bytes[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  if (cells.size() > 1) end_row();
  return out;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec) * 1e-6;
}

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::size_t largest(const std::vector<std::uint32_t>& label) {
  std::vector<std::size_t> size(label.size(), 0);
  std::size_t most = 0;
  for (const std::uint32_t l : label) most = std::max(most, ++size[l]);
  return most;
}

// Prints one row of the table. `csv` receives row,found,truth where it is not empty.
int run_set(const char* path, const cluster::Background& background, bool whole, const char* csv) {
  const auto bytes = read_file(path);
  if (!bytes) {
    fmt::print(stderr, "{}\n", bytes.error().message());
    return 3;
  }
  const Labelled set = read_labelled(*bytes);
  std::vector<std::string_view> rows;
  for (std::size_t r = 0; r < set.text.size(); ++r) rows.push_back(set.text[r]);
  const double before = cpu_seconds();
  const cluster::Decision found =
      whole ? cluster::decide(rows, background) : cluster::cluster(set.text, background);
  const double seconds = cpu_seconds() - before;
  const double peak = peak_mb();
  const auto a = bench::compare(found.cluster, set.cluster);
  const auto component = largest(candidate_components(cluster::sketch(set.text, background)));
  fmt::print(
      "{:<24} {:>7} {:>6.4f} {:>6.4f} {:>6.4f} {:>6.4f} {:>6.4f} {:>8} {:>7.2f} {:>9.0f} "
      "{:>8.0f} {:>9}\n",
      std::filesystem::path(path).stem().string(), set.text.size(), a.ari, a.pair_precision,
      a.pair_recall, a.precision, a.recall, found.templates.size(), seconds,
      static_cast<double>(set.text.size()) / seconds, peak, component);
  if (csv[0] == '\0') return 0;
  std::string out = "row,found,truth\n";
  for (std::size_t r = 0; r < set.text.size(); ++r)
    out += fmt::format("{},{},{}\n", r, found.cluster[r], set.cluster[r]);
  return write_file(csv, out) ? 0 : 6;
}

}  // namespace

int main(int argc, char** argv) {
  set_thread_count(1);
  const auto background = cluster::Background::open(data_folder());
  if (!background) {
    fmt::print(stderr, "{}\n", background.error().message());
    return 3;
  }
  fmt::print("{:<24} {:>7} {:>6} {:>6} {:>6} {:>6} {:>6} {:>8} {:>7} {:>9} {:>8} {:>9}\n", "set",
             "texts", "ARI", "pairP", "pairR", "P", "R", "clusters", "CPU s", "texts/s", "peak MB",
             "component");
  bool whole = false;
  const char* csv = "";
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--whole") {
      whole = true;
    } else if (argument == "--threads" && i + 1 < argc) {
      set_thread_count(static_cast<unsigned>(std::atoi(argv[++i])));
    } else if (argument == "--out" && i + 1 < argc) {
      csv = argv[++i];
    } else if (const int code = run_set(argv[i], *background, whole, csv); code != 0) {
      return code;
    }
  }
  return 0;
}
