#include "ovillo/intake/internal/input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ovillo/intake/internal/nameless_file.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kBlock = 256u << 10;
constexpr std::size_t kHead = 64u << 10;

}  // namespace

Result<Input> Input::open(const std::string& path) {
  Input input;
  input.name_ = path;
  if (path == "-") {
    input.fd_ = STDIN_FILENO;
    return input;
  }
  input.fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (input.fd_ < 0) return input.failed(ErrorCode::base_cannot_read);
  input.owned_ = true;
  struct stat status{};
  if (::fstat(input.fd_, &status) != 0) return input.failed(ErrorCode::base_cannot_read);
  if (S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    return input.failed(ErrorCode::base_cannot_read);
  }
  if (S_ISREG(status.st_mode)) input.total_ = static_cast<std::uint64_t>(status.st_size);
  return input;
}

Input Input::over(std::string_view bytes, std::string name) {
  Input input;
  input.memory_ = true;
  input.bytes_ = bytes;
  input.name_ = std::move(name);
  input.total_ = bytes.size();
  return input;
}

Result<Input> Input::spool(ByteStream& stream, std::string name) {
  OVILLO_TRY(NamelessFile file, NamelessFile::create());
  OVILLO_CHECK(file.take(stream));
  Input input;
  input.total_ = input.taken_ = file.bytes();
  input.fd_ = file.release();
  input.owned_ = true;
  input.name_ = std::move(name);
  return input;
}

Input::Input(Input&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      owned_(std::exchange(other.owned_, false)),
      memory_(other.memory_),
      bytes_(other.bytes_),
      position_(other.position_),
      name_(std::move(other.name_)),
      total_(other.total_),
      taken_(other.taken_),
      block_(std::move(other.block_)),
      head_held_(other.head_held_),
      hash_(std::move(other.hash_)),
      progress_(std::move(other.progress_)) {}

Input::~Input() {
  if (owned_) ::close(fd_);
}

Error Input::failed(ErrorCode code) const {
  Locus locus;
  locus.file = name_;
  return Error(code, std::strerror(errno), std::move(locus));
}

Result<std::size_t> Input::read_some(char* to, std::size_t n) {
  if (memory_) {
    const std::size_t got =
        std::min<std::size_t>(n, bytes_.size() - static_cast<std::size_t>(position_));
    if (got > 0) std::memcpy(to, bytes_.data() + position_, got);
    position_ += got;
    return got;
  }
  while (true) {
    const ssize_t got = ::read(fd_, to, n);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(ErrorCode::base_cannot_read);
    return static_cast<std::size_t>(got);
  }
}

Result<std::string_view> Input::head() {
  if (head_held_) return std::string_view(block_);
  block_.resize(kHead);
  std::size_t held = 0;
  while (held < kHead) {
    OVILLO_TRY(const std::size_t got, read_some(block_.data() + held, kHead - held));
    if (got == 0) break;
    held += got;
  }
  block_.resize(held);
  head_held_ = true;
  return std::string_view(block_);
}

Result<std::string_view> Input::next() {
  if (head_held_) {
    head_held_ = false;
  } else {
    const std::size_t size = memory_ ? std::min(kBlock, bytes_.size() - position_) : kBlock;
    block_.resize(size);
    OVILLO_TRY(const std::size_t got, read_some(block_.data(), block_.size()));
    block_.resize(got);
  }
  hash_.update(block_);
  taken_ += block_.size();
  if (progress_) progress_(taken_, total_);
  return std::string_view(block_);
}

Result<void> Input::rewind() {
  head_held_ = false;
  position_ = 0;
  if (!memory_ && ::lseek(fd_, 0, SEEK_SET) < 0) return failed(ErrorCode::base_cannot_read);
  return {};
}

Result<void> Input::drain() {
  while (true) {
    OVILLO_TRY(const std::string_view block, next());
    if (block.empty()) return {};
  }
}

Result<void> Input::make_seekable() {
  const bool regular = memory_ || total_ > 0;
  const Progress progress = std::exchange(progress_, nullptr);
  if (regular) {
    OVILLO_CHECK(drain());
  } else {
    OVILLO_TRY(Input spooled, spool(*this, name_));
    if (owned_) ::close(fd_);
    fd_ = std::exchange(spooled.fd_, -1);
    owned_ = std::exchange(spooled.owned_, false);
  }
  total_ = taken_;
  progress_ = progress;
  return {};
}

Result<std::size_t> Input::read_at(std::uint64_t offset, char* to, std::size_t n) {
  if (progress_) progress_(std::min(offset, total_), total_);
  if (memory_) {
    if (offset >= bytes_.size()) return std::size_t{0};
    const std::size_t got = std::min<std::size_t>(n, bytes_.size() - offset);
    std::memcpy(to, bytes_.data() + offset, got);
    return got;
  }
  std::size_t held = 0;
  while (held < n) {
    const ssize_t got = ::pread(fd_, to + held, n - held, static_cast<off_t>(offset + held));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(ErrorCode::base_cannot_read);
    if (got == 0) break;
    held += static_cast<std::size_t>(got);
  }
  return held;
}

}  // namespace ovillo::intake
