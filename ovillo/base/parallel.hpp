// Threads: the same answer with any number of them.
//
// Work is cut into chunks by size, never by thread count; each chunk writes its own slot, and the
// slots are joined in order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

namespace ovillo {

/// Sets how many threads parallel_for may use; 0 means one per processor. Called once, by a door.
void set_thread_count(unsigned n);
unsigned thread_count();

/// Calls body(begin, end) over [0, n) in chunks of `grain`, in parallel. Chunk borders depend on
/// n and grain only. Exceptions pass to the caller.
void parallel_for(std::size_t n, std::size_t grain,
                  const std::function<void(std::size_t, std::size_t)>& body);

/// Sorts in parallel. @param less  an order in which equal items are the same item, so that the
/// result does not depend on how the work was cut.
template <class T, class Less>
void parallel_sort(std::vector<T>& items, const Less& less) {
  constexpr std::size_t kParts = 8;
  constexpr std::size_t kSmall = 1 << 15;
  if (items.size() < kSmall) {
    std::sort(items.begin(), items.end(), less);
    return;
  }
  const auto border = [&](std::size_t part) {
    return items.begin() + static_cast<std::ptrdiff_t>(items.size() * part / kParts);
  };
  parallel_for(kParts, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t p = begin; p < end; ++p) std::sort(border(p), border(p + 1), less);
  });
  for (std::size_t width = 1; width < kParts; width *= 2)
    parallel_for(kParts / (2 * width), 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t m = begin; m < end; ++m) {
        const std::size_t first = 2 * width * m;
        std::inplace_merge(border(first), border(first + width), border(first + 2 * width), less);
      }
    });
}

}  // namespace ovillo
