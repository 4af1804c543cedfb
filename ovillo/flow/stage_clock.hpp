// StageClock: measures one stage of a run for its report; what it measures never reaches an answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>
#include <utility>

#include "ovillo/flow/run_report.hpp"

namespace ovillo::flow {

class StageClock {
 public:
  StageClock(RunReport& report, std::string stage) : report_(report) {
    cost_.stage = std::move(stage);
  }
  StageClock(const StageClock&) = delete;
  StageClock& operator=(const StageClock&) = delete;
  ~StageClock() {
    cost_.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    cost_.cpu_s = process_cpu_s() - cpu_start_;
    report_.stages.push_back(cost_);
  }
  void count(std::uint64_t n) { cost_.n = n; }

 private:
  static double process_cpu_s() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
  }
  RunReport& report_;
  StageCost cost_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double cpu_start_ = process_cpu_s();
};

}  // namespace ovillo::flow
