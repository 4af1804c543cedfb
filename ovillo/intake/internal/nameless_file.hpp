// A temporary file without a name: it goes with the process, whatever ends it.
#pragma once

#include <cstdint>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::intake {

class NamelessFile {
 public:
  /// In the folder for temporary files. @error base.cannot_write.
  static Result<NamelessFile> create();
  NamelessFile(NamelessFile&& other) noexcept;
  NamelessFile& operator=(NamelessFile&&) = delete;
  ~NamelessFile();

  /// Appends. @error base.cannot_write.
  Result<void> write(std::string_view bytes);
  /// Appends all that the stream has left. @error base.cannot_write, or of the stream.
  Result<void> take(ByteStream& stream);

  /// Open for reading and writing, closed in programs that are started.
  [[nodiscard]] int fd() const { return fd_; }
  /// Gives the descriptor away: the caller closes it.
  int release();
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  explicit NamelessFile(int fd) : fd_(fd) {}

  int fd_ = -1;
  std::uint64_t bytes_ = 0;
};

}  // namespace ovillo::intake
