#include "ovillo/base/parallel.hpp"

#include <algorithm>
#include <memory>

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
  tbb::parallel_for(std::size_t{0}, chunks,
                    [&](std::size_t c) { body(c * grain, std::min(n, (c + 1) * grain)); });
}

}  // namespace ovillo
