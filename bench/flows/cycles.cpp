// Question 1: cycles of at most 8 hops within a window, on money/cycles_301k.csv.gz.
#include "ovillo/money/cycles.hpp"

#include <cstdio>

#include "flows.hpp"
#include "ovillo/base/file.hpp"
#include "plain.hpp"

namespace ovillo::bench {

bool bench_cycles() {
  const auto path = reference_data_folder() / "money" / "cycles_301k.csv.gz";
  PlainTransfers rows;
  if (FILE* pipe = popen(("gzip -dc '" + path.string() + "'").c_str(), "r")) {
    unsigned from = 0;
    unsigned to = 0;
    long long time_s = 0;
    while (fscanf(pipe, "%u,%u,%lld", &from, &to, &time_s) == 3) {
      rows.from.push_back(from);
      rows.to.push_back(to);
      rows.time_s.push_back(time_s);
      rows.n_accounts = std::max<std::size_t>(rows.n_accounts, std::max(from, to) + 1);
    }
    pclose(pipe);
  }
  if (rows.from.empty()) {
    std::printf("cycles: no %s: skipped\n", path.c_str());
    return true;
  }
  std::printf("%-28s %10s %10s %8s %10s\n", "cycles, 301 k transfers", "ours s", "plain s", "ratio",
              "cycles");
  bool same = true;
  for (const int hours : {6, 12, 24, 48, 72}) {
    std::vector<std::uint64_t> plain;
    money::Cycles ours;
    // The lesser of three, taken in turn: a busy machine slows both.
    const auto [ours_s, plain_s] = timed_in_turn(
        [&] {
          ours = money::find_cycles({rows.from, rows.to, rows.time_s, rows.n_accounts},
                                    {.window_s = hours * 3'600});
        },
        [&] { plain = plain_cycles(rows, hours * 3'600, 8); });
    const bool equal = ours.n_by_hops == plain && ours.complete();
    same = same && equal;
    std::printf("  window %2d h                %10.3f %10.3f %8.2f %10llu%s\n", hours, ours_s,
                plain_s, ours_s / plain_s, static_cast<unsigned long long>(ours.n_found),
                equal ? "" : "  ANSWERS DIFFER");
  }
  return same;
}

}  // namespace ovillo::bench
