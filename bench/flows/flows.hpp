// The questions of bench_flows. Each compares answers, prints times in CPU seconds and returns
// whether the answers were the same.
#pragma once

#include <functional>
#include <utility>

namespace ovillo::bench {

double cpu_seconds();

/// Runs both three times in turn; the least CPU seconds of each.
std::pair<double, double> timed_in_turn(const std::function<void()>& ours,
                                        const std::function<void()>& rival);

bool bench_cycles();
void bench_shapes();

}  // namespace ovillo::bench
