#include "ovillo/intake/internal/nameless_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace ovillo::intake {

Result<NamelessFile> NamelessFile::create() {
  std::error_code ignored;
  std::filesystem::path folder = std::filesystem::temp_directory_path(ignored);
  if (ignored) folder = "/tmp";
  int fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0) return NamelessFile(fd);
  // Not every file system has files without a name: one loses it at once.
  std::string name = (folder / "ovillo-XXXXXX").string();
  fd = ::mkostemp(name.data(), O_CLOEXEC);
  if (fd < 0) return Error(ErrorCode::base_cannot_write, std::strerror(errno));
  ::unlink(name.c_str());
  return NamelessFile(fd);
}

NamelessFile::NamelessFile(NamelessFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), bytes_(other.bytes_) {}

NamelessFile::~NamelessFile() {
  if (fd_ >= 0) ::close(fd_);
}

Result<void> NamelessFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Error(ErrorCode::base_cannot_write, std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(n));
    bytes_ += static_cast<std::uint64_t>(n);
  }
  return {};
}

Result<void> NamelessFile::take(ByteStream& stream) {
  while (true) {
    OVILLO_TRY(const std::string_view block, stream.next());
    if (block.empty()) return {};
    OVILLO_CHECK(write(block));
  }
}

int NamelessFile::release() { return std::exchange(fd_, -1); }

}  // namespace ovillo::intake
