#include "ovillo/base/file_stream.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace ovillo {

namespace {

constexpr std::size_t kBlock = 256u << 10;

Error cannot_read(const std::string& path) {
  Locus locus;
  locus.file = path;
  return Error(ErrorCode::base_cannot_read, std::strerror(errno), std::move(locus));
}

}  // namespace

Result<FileStream> FileStream::open(const std::string& path) {
  FileStream out(path);
  if (path == "-") {
    out.fd_ = STDIN_FILENO;
    return out;
  }
  out.fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (out.fd_ < 0) return cannot_read(path);
  out.owned_ = true;
  return out;
}

FileStream::FileStream(FileStream&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      owned_(std::exchange(other.owned_, false)),
      block_(std::move(other.block_)) {}

FileStream::~FileStream() {
  if (owned_) ::close(fd_);
}

Result<std::string_view> FileStream::next() {
  block_.resize(kBlock);
  while (true) {
    const ssize_t n = ::read(fd_, block_.data(), kBlock);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return cannot_read(path_);
    return std::string_view(block_).substr(0, static_cast<std::size_t>(n));
  }
}

}  // namespace ovillo
