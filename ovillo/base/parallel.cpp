#include "ovillo/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>

namespace ovillo {

namespace {
std::unique_ptr<tbb::global_control>& limit() {
  static std::unique_ptr<tbb::global_control> control;
  return control;
}
unsigned requested = 0;

// The thread sanitizer does not see into Debian's oneTBB and calls its hand-overs races. Under it
// the chunks go to plain threads, so that what it reports is ours.
#ifdef __SANITIZE_THREAD__
void hand_out(std::size_t chunks, const std::function<void(std::size_t)>& do_chunk) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr thrown;
  {
    std::vector<std::jthread> workers;
    for (unsigned t = 0; t < std::max(thread_count(), 2U); ++t)
      workers.emplace_back([&] {
        for (std::size_t c = next++; c < chunks; c = next++) {
          try {
            do_chunk(c);
          } catch (...) {  // passed on to the caller, as oneTBB does
            const std::lock_guard lock(mutex);
            if (!thrown) thrown = std::current_exception();
          }
        }
      });
  }
  if (thrown) std::rethrow_exception(thrown);
}
#else
void hand_out(std::size_t chunks, const std::function<void(std::size_t)>& do_chunk) {
  tbb::parallel_for(std::size_t{0}, chunks, do_chunk);
}
#endif
}  // namespace

void set_thread_count(unsigned n) {
  requested = n;
  limit().reset();
  if (n > 0) {
    limit() =
        std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism, n);
  }
}

unsigned thread_count() {
  return requested > 0 ? requested : static_cast<unsigned>(tbb::info::default_concurrency());
}

void parallel_for(std::size_t n, std::size_t grain,
                  const std::function<void(std::size_t, std::size_t)>& body) {
  if (n == 0) return;
  grain = std::max<std::size_t>(grain, 1);
  const std::size_t chunks = (n + grain - 1) / grain;
  if (chunks == 1 || thread_count() == 1) {
    for (std::size_t c = 0; c < chunks; ++c) body(c * grain, std::min(n, (c + 1) * grain));
    return;
  }
  hand_out(chunks, [&](std::size_t c) { body(c * grain, std::min(n, (c + 1) * grain)); });
}

}  // namespace ovillo
