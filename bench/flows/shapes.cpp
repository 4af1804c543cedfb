// Question 2: which planted shapes are found, and what is found that nobody planted? Per shape and
// transfer: precision, recall, F1, and false alarms per 100,000 transfers of the file.
#include "ovillo/money/shapes.hpp"

#include <array>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "flows.hpp"
#include "generate.hpp"
#include "ovillo/base/file.hpp"

namespace ovillo::bench {

namespace {

using Truth = std::map<std::string, std::string>;  // transfer -> pattern

void score(const char* name, const money::Transfers& transfers, const Truth& truth) {
  const double begin = cpu_seconds();
  const money::Shapes shapes = money::find_shapes(transfers, {});
  std::printf("shapes, %s: %zu transfers, %.2f s, %zu instances, %llu cut\n", name,
              transfers.size(), cpu_seconds() - begin, shapes.shape.size(),
              static_cast<unsigned long long>(shapes.n_cut));
  std::printf("  %-16s %7s %7s %7s %6s %6s %6s %18s %10s\n", "pattern", "planted", "told", "right",
              "P", "R", "F1", "alarms per 100,000", "no shape");
  for (const std::string_view pattern : money::names(money::Pattern{})) {
    std::set<std::string> planted;
    for (const auto& [id, of] : truth)
      if (of == pattern) planted.insert(id);
    std::set<std::string> told;
    for (const money::Shape& shape : shapes.shape)
      if (money::name_of(shape.pattern) == pattern)
        for (const std::uint32_t i : shape.transfer) told.insert(std::string(transfers.id[i]));
    std::size_t right = 0;
    std::size_t nothing = 0;  // told, and planted in no shape at all
    for (const std::string& id : told) {
      right += planted.count(id);
      nothing += truth.contains(id) ? 0 : 1;
    }
    const double p =
        told.empty() ? 0 : static_cast<double>(right) / static_cast<double>(told.size());
    const double r =
        planted.empty() ? 0 : static_cast<double>(right) / static_cast<double>(planted.size());
    std::printf(
        "  %-16s %7zu %7zu %7zu %6.3f %6.3f %6.3f %18.2f %10zu\n", std::string(pattern).c_str(),
        planted.size(), told.size(), right, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0,
        1e5 * static_cast<double>(told.size() - right) / static_cast<double>(transfers.size()),
        nothing);
  }
}

// Plain comma-separated lines without quotes, as the reference files are.
template <class Line>
bool read_lines(const std::string& command, const Line& line) {
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return false;
  std::array<char, 512> buffer{};
  bool header = true;
  while (fgets(buffer.data(), buffer.size(), pipe) != nullptr) {
    std::vector<std::string> cells(1);
    for (const char* c = buffer.data(); *c != '\0' && *c != '\n' && *c != '\r'; ++c) {
      if (*c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += *c;
      }
    }
    if (!header) line(cells);
    header = false;
  }
  return pclose(pipe) == 0;
}

void score_reference() {
  const std::string folder = (reference_data_folder() / "money").string();
  money::TransferTable table;
  std::uint64_t row = 0;
  const Zone zone = Zone::utc();
  const bool read = read_lines("gzip -dc '" + folder + "/dev_tx.csv.gz'", [&](const auto& cells) {
    const auto taken = table.add({.row = ++row,
                                  .id = cells[0],
                                  .from = cells[2],
                                  .to = cells[3],
                                  .time = parse_time(cells[1], zone, DateOrder::day_first),
                                  .amount = parse_decimal(cells[4]),
                                  .currency = cells[5],
                                  .channel = {},
                                  .text = {},
                                  .place = {}});
    if (!taken)
      std::printf("row %llu: %s\n", static_cast<unsigned long long>(row),
                  taken.error().message().c_str());
  });
  Truth truth;
  read_lines("cat '" + folder + "/dev_truth.csv'",
             [&](const auto& cells) { truth[cells[0]] = cells[1].substr(0, cells[1].rfind('-')); });
  const auto transfers = std::move(table).finish();
  if (read && transfers) {
    score("reference", *transfers, truth);
  } else {
    std::printf("shapes: nothing to read in %s: skipped\n", folder.c_str());
  }
}

}  // namespace

void bench_shapes() {
  score_reference();
  for (const Invention& invention : inventions()) {
    auto [transfers, truth] = generate(invention);
    if (transfers) score(invention.name, *transfers, truth);
  }
}

}  // namespace ovillo::bench
