// What a started program may not do. Runs between fork and exec: nothing here allocates or locks.
#pragma once

#include <cstdint>

namespace ovillo::intake {

struct SandboxLimits {
  std::uint64_t memory_bytes = 0;
  std::uint64_t cpu_s = 0;
};

/// Shuts the calling process in, for good: address space and CPU seconds limited, no file can grow,
/// no core dump, no new privileges. A seccomp filter refuses (EPERM) new sockets, new processes,
/// a process group or session of its own, signals to others, tracing, mounting and io_uring; a
/// thread may be started. Where the kernel lets it, it also gets a network of its own without any
/// interface; the filter alone is enough to have none, so that this may fail.
/// @return  false where a limit or the filter cannot be set: the program must then not be started.
/// @misses  files that anybody may read can be read; what is read can leave by the output only.
bool shut_in(const SandboxLimits& limits);

}  // namespace ovillo::intake
