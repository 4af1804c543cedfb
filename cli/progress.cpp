#include "cli/progress.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

namespace ovillo::cli {

void ProgressBar::show(std::string_view what, std::uint64_t done, std::uint64_t total,
                       std::string_view unit) {
  if (!shown_) return;
  using namespace std::chrono;
  const std::lock_guard lock(mutex_);
  const auto now = steady_clock::now();
  if (what != what_) {
    what_ = what;
    start_ = now;
    most_done_ = 0;
  }
  if (done < most_done_) return;  // a slower thread speaks late
  most_done_ = done;
  const double elapsed_s = duration<double>(now - start_).count();
  if (elapsed_s < 1 || now - last_ < milliseconds(200)) return;
  last_ = now;
  const double fraction = total == 0 ? 0 : static_cast<double>(done) / static_cast<double>(total);
  constexpr int kWidth = 24;
  const int filled = static_cast<int>(fraction * kWidth);
  const bool bytes = unit == "bytes";
  const double scale = bytes ? 1e-6 : 1;
  const double left_s = fraction > 0 ? elapsed_s * (1 - fraction) / fraction : 0;
  err_ << fmt::format("\r\x1b[K{:<9} [{:#<{}}{:.<{}}] {:3.0f} %  {:.0f} {}/s  {:.0f} s left", what,
                      "", filled, "", kWidth - filled, 100 * fraction,
                      static_cast<double>(done) * scale / elapsed_s, bytes ? "MB" : unit, left_s)
       << std::flush;
  drawn_ = true;
}

void ProgressBar::clear() {
  const std::lock_guard lock(mutex_);
  if (drawn_) err_ << "\r\x1b[K" << std::flush;
  drawn_ = false;
}

}  // namespace ovillo::cli
