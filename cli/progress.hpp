// A progress bar with rate and time left, for what takes over a second on a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <mutex>
#include <string>
#include <string_view>

namespace ovillo::cli {

class ProgressBar {
 public:
  /// @param shown  false: nothing is ever drawn (not a terminal).
  ProgressBar(std::ostream& err, bool shown) : err_(err), shown_(shown) {}
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar() { clear(); }

  /// Safe from several threads. @param unit  "rows", "bytes" (shown as MB) ...
  void show(std::string_view what, std::uint64_t done, std::uint64_t total, std::string_view unit);
  void clear();

 private:
  std::ostream& err_;
  bool shown_;
  std::mutex mutex_;
  std::string what_;
  std::uint64_t most_done_ = 0;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_;
};

}  // namespace ovillo::cli
