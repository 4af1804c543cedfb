// Another day for a program under test: loaded before libc (LD_PRELOAD) it moves the clock of the
// wall by $OVILLO_MOVED_CLOCK_S seconds. Clocks that only count on stay as they are.
#include <cstdlib>
#include <ctime>

#include <sys/syscall.h>
#include <unistd.h>

extern "C" int clock_gettime(clockid_t clock, struct timespec* now) noexcept {
  const long done = ::syscall(SYS_clock_gettime, clock, now);
  const char* moved_s = std::getenv("OVILLO_MOVED_CLOCK_S");
  if (done == 0 && clock == CLOCK_REALTIME && moved_s != nullptr)
    now->tv_sec += std::strtoll(moved_s, nullptr, 10);
  return static_cast<int>(done);
}
