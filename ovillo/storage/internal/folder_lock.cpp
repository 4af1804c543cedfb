#include <cerrno>
#include <charconv>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/storage/internal/workspace_impl.hpp"

namespace ovillo::storage {

namespace {

std::string owner_of(int fd) {
  char buffer[32] = {};
  const ssize_t n = ::pread(fd, buffer, sizeof buffer - 1, 0);
  int pid = 0;
  if (n <= 0 || std::from_chars(buffer, buffer + n, pid).ec != std::errc())
    return "the process is not known";
  auto name = read_file(fmt::format("/proc/{}/comm", pid));
  if (!name || name->empty()) return fmt::format("process {}", pid);
  name->pop_back();
  return fmt::format("process {}, {}", pid, *name);
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  const auto path = folder / "lock";
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return Error(ErrorCode::base_cannot_write, std::strerror(errno),
                 Locus{.file = path.string(), .member = {}, .row = {}, .column = {}, .byte = {}});
  FolderLock lock(fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) return Error(ErrorCode::storage_locked, owner_of(fd));
  const std::string pid = fmt::format("{}\n", ::getpid());
  if (::ftruncate(fd, 0) != 0 ||
      ::pwrite(fd, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size()))
    return Error(ErrorCode::base_cannot_write, std::strerror(errno),
                 Locus{.file = path.string(), .member = {}, .row = {}, .column = {}, .byte = {}});
  return lock;
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace ovillo::storage
