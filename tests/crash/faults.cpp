#include "faults.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ovillo::faults {

namespace {

std::atomic<Kind> order{Kind::none};
std::atomic<std::uint64_t> order_at{0};
std::atomic<std::uint64_t> counted{0};

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  while (true) ::pause();
}

int refuse(int why) {
  errno = why;
  return -1;
}

/// Counts a call; ends the program when it is its turn. @return errno it is to fail with, or 0.
int met(bool writes_bytes) {
  const std::uint64_t at = counted++;
  const Kind kind = order;
  if (kind == Kind::none || at < order_at) return 0;
  if (kind == Kind::killed || kind == Kind::torn) die();
  if (kind == Kind::read_only) return EROFS;
  return writes_bytes ? ENOSPC : 0;
}

/// A call that writes n bytes through `write(n)`.
template <class Write>
ssize_t writing(int fd, std::size_t n, const Write& write) {
  if (fd <= STDERR_FILENO) return write(n);
  if (order == Kind::torn && counted == order_at && n > 1) {
    (void)write(n / 2);
    die();
  }
  const int why = met(true);
  return why != 0 ? refuse(why) : write(n);
}

}  // namespace

void set(Kind kind, std::uint64_t at) {
  order = Kind::none;
  order_at = at;
  counted = 0;
  order = kind;
}

std::uint64_t count() { return counted; }

namespace {

int open_file(int folder, const char* path, int flags, mode_t mode) {
  constexpr int kChanges = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
  if (order == Kind::read_only && (flags & kChanges) != 0 && counted >= order_at)
    return refuse(EROFS);
  return static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode));
}

}  // namespace

}  // namespace ovillo::faults

using namespace ovillo::faults;

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name, cert-dcl50-cpp)
extern "C" {

ssize_t write(int fd, const void* bytes, size_t n) {
  return writing(fd, n, [&](size_t some) { return ::syscall(SYS_write, fd, bytes, some); });
}
ssize_t pwrite64(int fd, const void* bytes, size_t n, off64_t at) {
  return writing(fd, n, [&](size_t some) { return ::syscall(SYS_pwrite64, fd, bytes, some, at); });
}
ssize_t pwrite(int fd, const void* bytes, size_t n, off_t at) { return pwrite64(fd, bytes, n, at); }

int fsync(int fd) {
  const int why = met(false);
  return why != 0 ? refuse(why) : static_cast<int>(::syscall(SYS_fsync, fd));
}
int fdatasync(int fd) {
  const int why = met(false);
  return why != 0 ? refuse(why) : static_cast<int>(::syscall(SYS_fdatasync, fd));
}
int ftruncate64(int fd, off64_t length) noexcept {
  const int why = met(false);
  return why != 0 ? refuse(why) : static_cast<int>(::syscall(SYS_ftruncate, fd, length));
}
int ftruncate(int fd, off_t length) noexcept { return ftruncate64(fd, length); }

int rename(const char* from, const char* to) noexcept {
  const int why = met(false);
  return why != 0 ? refuse(why) : static_cast<int>(::syscall(SYS_rename, from, to));
}
int unlink(const char* path) noexcept {
  const int why = met(false);
  return why != 0 ? refuse(why) : static_cast<int>(::syscall(SYS_unlink, path));
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const auto mode = static_cast<mode_t>((flags & O_CREAT) != 0 ? va_arg(rest, int) : 0);
  va_end(rest);
  return open_file(AT_FDCWD, path, flags, mode);
}
int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const auto mode = static_cast<mode_t>((flags & O_CREAT) != 0 ? va_arg(rest, int) : 0);
  va_end(rest);
  return open_file(AT_FDCWD, path, flags, mode);
}
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name, cert-dcl50-cpp)
