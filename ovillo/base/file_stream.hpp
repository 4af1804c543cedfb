// A file as a run of bytes.
#pragma once

#include <string>

#include "ovillo/base/byte_stream.hpp"

namespace ovillo {

class FileStream final : public ByteStream {
 public:
  /// @param path  a file, or "-" for standard input. @error base.cannot_read.
  static Result<FileStream> open(const std::string& path);
  FileStream(FileStream&& other) noexcept;
  FileStream& operator=(FileStream&&) = delete;
  ~FileStream() override;

  /// Up to 256 KiB. @error base.cannot_read.
  Result<std::string_view> next() override;

 private:
  explicit FileStream(std::string path) : path_(std::move(path)) {}

  std::string path_;
  int fd_ = -1;
  bool owned_ = false;
  std::string block_;
};

}  // namespace ovillo
