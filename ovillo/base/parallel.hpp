// Threads: the same answer with any number of them.
//
// Work is cut into chunks by size, never by thread count; each chunk writes its own slot, and the
// slots are joined in order.
#pragma once

#include <cstddef>
#include <functional>

namespace ovillo {

/// Sets how many threads parallel_for may use; 0 means one per processor. Called once, by a door.
void set_thread_count(unsigned n);
unsigned thread_count();

/// Calls body(begin, end) over [0, n) in chunks of `grain`, in parallel. Chunk borders depend on
/// n and grain only. Exceptions pass to the caller.
void parallel_for(std::size_t n, std::size_t grain,
                  const std::function<void(std::size_t, std::size_t)>& body);

}  // namespace ovillo
