// bench_flows: are the searches over transfers as fast as plain code, and what do they find?
#include <algorithm>
#include <set>
#include <string>

#include <sys/resource.h>

#include "flows.hpp"

namespace ovillo::bench {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

std::pair<double, double> timed_in_turn(const std::function<void()>& ours,
                                        const std::function<void()>& rival) {
  std::pair<double, double> least{1e9, 1e9};
  for (int round = 0; round < 3; ++round) {
    const double begin = cpu_seconds();
    ours();
    const double middle = cpu_seconds();
    rival();
    least.first = std::min(least.first, middle - begin);
    least.second = std::min(least.second, cpu_seconds() - middle);
  }
  return least;
}

}  // namespace ovillo::bench

// bench_flows [cycles|shapes ...]: all questions, or those named.
int main(int argc, char** argv) {
  const std::set<std::string> asked(argv + 1, argv + argc);
  const auto is_asked = [&](const char* name) { return asked.empty() || asked.contains(name); };
  bool same = true;
  if (is_asked("cycles")) same = ovillo::bench::bench_cycles() && same;
  if (is_asked("shapes")) ovillo::bench::bench_shapes();
  return same ? 0 : 1;
}
