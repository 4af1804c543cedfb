#include "ovillo/base/file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "ovillo/base/source_folder.hpp"

namespace ovillo {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

Error failed(ErrorCode code, const std::filesystem::path& path) {
  return Error(code, std::strerror(errno),
               Locus{.file = path.string(), .member = {}, .row = {}, .column = {}, .byte = {}});
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return failed(ErrorCode::base_cannot_read, path);
  std::string out;
  char buffer[1 << 16];
  while (true) {
    const ssize_t n = ::read(file.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(ErrorCode::base_cannot_read, path);
    if (n == 0) return out;
    out.append(buffer, static_cast<std::size_t>(n));
  }
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::path beside = path;
  beside += ".new";
  {
    const Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.get() < 0) return failed(ErrorCode::base_cannot_write, path);
    while (!bytes.empty()) {
      const ssize_t n = ::write(file.get(), bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return failed(ErrorCode::base_cannot_write, path);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::fsync(file.get()) != 0) return failed(ErrorCode::base_cannot_write, path);
  }
  if (::rename(beside.c_str(), path.c_str()) != 0)
    return failed(ErrorCode::base_cannot_write, path);
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const Descriptor parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent.get() >= 0) ::fsync(parent.get());
  return {};
}

std::filesystem::path data_folder() {
  if (const char* named = std::getenv("OVILLO_DATA"); named != nullptr && *named != '\0')
    return named;
  std::error_code ignored;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", ignored);
  auto installed = self.parent_path().parent_path() / "share" / "ovillo" / "data";
  if (std::filesystem::is_directory(installed, ignored)) return installed;
  return std::filesystem::path(OVILLO_SOURCE_DIR) / "data";
}

std::filesystem::path reference_data_folder() {
  if (const char* named = std::getenv("OVILLO_REFERENCE_DATA"); named != nullptr && *named != '\0')
    return named;
  return std::filesystem::path(OVILLO_SOURCE_DIR).parent_path() / "shared" / "data";
}

}  // namespace ovillo
